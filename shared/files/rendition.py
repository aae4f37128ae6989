"""Images as a page shows them: upright, no wider than allowed, and nothing in them but pixels."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from shared.contracts.assets import AssetKind, RefusalReason, Use
from shared.files.limits import ImageLimits

FORMATS = {
    AssetKind.JPEG: ("JPEG", "MPO"),
    AssetKind.PNG: ("PNG",),
    AssetKind.GIF: ("GIF",),
    AssetKind.WEBP: ("WEBP",),
}
MOVING = {AssetKind.GIF, AssetKind.WEBP}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
ORIENTATION, ON_ITS_SIDE = 0x0112, 5
STANDS_MS = 100
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError)


class UnreadableImage(ValueError):
    """The bytes are not the image they claim to be."""


class TooMuch(ValueError):
    """The image is larger than an image may be; `reason` says in which way."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Rendered(NamedTuple):
    """A form of an image, made of its pixels alone."""

    name: str
    use: Use
    mime: str
    width: int
    height: int
    data: bytes


class Picture(NamedTuple):
    """The pixels of an image, frame by frame, and how long each stands."""

    frames: list[Image.Image]
    stands: list[int]
    loop: int | None

    def narrowed(self, widest: int) -> "Picture":
        """Return the picture no wider than that; a narrower one stays as it is."""
        width, height = self.frames[0].size
        if width <= widest:
            return self
        size = (widest, max(1, round(height * widest / width)))
        smaller = [frame.resize(size, Image.Resampling.LANCZOS) for frame in self.frames]
        return self._replace(frames=smaller)

    def written(self, form: str, quality: int) -> bytes:
        """Return the picture's bytes in a form."""
        options: dict[str, Any] = {}
        if form in {"JPEG", "WEBP"}:
            options = {"quality": quality}
        if form in {"JPEG", "PNG"}:
            options["optimize"] = True
        if len(self.frames) > 1:
            options |= {"save_all": True, "append_images": self.frames[1:]}
            options |= {"duration": self.stands, "disposal": 2} if form == "GIF" else {}
            options |= {"duration": self.stands} if form == "WEBP" else {}
            options |= {"loop": self.loop} if self.loop is not None else {}
        first, stream = self.frames[0], BytesIO()
        (first.convert("RGB") if form == "JPEG" else first).save(stream, form, **options)
        return stream.getvalue()


def measure(kind: AssetKind, stream: BinaryIO, limits: ImageLimits) -> tuple[int, int]:
    """Return an upright image's width and height, without unpacking its pixels."""
    with _opened(kind, stream) as image:
        _bound(image, limits)
        try:
            turned = image.getexif().get(ORIENTATION, 1) >= ON_ITS_SIDE
        except (*BROKEN, TypeError) as fault:
            raise UnreadableImage from fault
        width, height = image.size
        return (height, width) if turned else (width, height)


def render(kind: AssetKind, stream: BinaryIO, limits: ImageLimits) -> Iterator[Rendered]:
    """Yield the whole image, and the one for pages in its own form and as WebP."""
    with _opened(kind, stream) as image:
        _bound(image, limits)
        try:
            whole = _picture(kind, image)
        except BROKEN as fault:
            raise UnreadableImage from fault
    own = FORMATS[kind][0]
    page = whole.narrowed(limits.page_width)
    yield _rendered("full", Use.FILE, whole, own, limits)
    for form in dict.fromkeys((own, "WEBP")):
        yield _rendered("page", Use.PAGE, page, form, limits)


def _opened(kind: AssetKind, stream: BinaryIO) -> Image.Image:
    stream.seek(0)
    try:
        return Image.open(stream, formats=FORMATS[kind])
    except Image.DecompressionBombError as fault:
        raise TooMuch(RefusalReason.TOO_MANY_PIXELS) from fault
    except BROKEN as fault:
        raise UnreadableImage from fault


def _bound(image: Image.Image, limits: ImageLimits) -> None:
    pixels = image.width * image.height
    if pixels > limits.most_pixels or max(image.size) > limits.longest_side:
        raise TooMuch(RefusalReason.TOO_MANY_PIXELS)
    try:
        frames = getattr(image, "n_frames", 1)
    except BROKEN as fault:
        raise UnreadableImage from fault
    if frames > 1 and (frames > limits.most_frames or frames * pixels > limits.most_frame_pixels):
        raise TooMuch(RefusalReason.TOO_MANY_FRAMES)


def _picture(kind: AssetKind, image: Image.Image) -> Picture:
    if kind not in MOVING or getattr(image, "n_frames", 1) == 1:
        return Picture([_pixels(image)], [], None)
    frames, stands = [], []
    for frame in ImageSequence.Iterator(image):
        frames.append(_pixels(frame))
        stands.append(int(frame.info.get("duration", 0)) or STANDS_MS)
    return Picture(frames, stands, image.info.get("loop"))


def _pixels(image: Image.Image) -> Image.Image:
    """Return the image upright in the colours of screens, without anything else it carried."""
    upright = ImageOps.exif_transpose(image)
    clear = upright.has_transparency_data
    profile = upright.info.get("icc_profile")
    plain = upright if upright.mode == "CMYK" else upright.convert("RGBA" if clear else "RGB")
    if profile and not clear:
        plain = _in_screen_colours(plain, profile)
    plain = plain.convert("RGBA" if clear else "RGB")
    plain.info.clear()
    plain.getexif().clear()
    return plain


def _in_screen_colours(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, screen, outputMode="RGB") or image
    except (ImageCms.PyCMSError, *BROKEN):
        return image  # a profile nobody can read changes nothing


def _rendered(name: str, use: Use, picture: Picture, form: str, limits: ImageLimits) -> Rendered:
    width, height = picture.frames[0].size
    data = picture.written(form, limits.quality)
    return Rendered(f"{name}.{EXTENSIONS[form]}", use, Image.MIME[form], width, height, data)
