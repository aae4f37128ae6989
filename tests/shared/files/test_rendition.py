from io import BytesIO

import pytest
from PIL import Image, ImageSequence

from shared.contracts.assets import AssetKind
from shared.files.limits import limits
from shared.files.rendition import Rendered, UnreadableImage, render
from tests.support import papers

FIGURES = limits().image


def rendered(kind: str, data: bytes) -> dict[str, Rendered]:
    made = render(AssetKind(kind), BytesIO(data), FIGURES)
    return {form.name: form for form in made}


def opened(form: Rendered) -> Image.Image:
    picture = Image.open(BytesIO(form.data))
    assert (picture.size, picture.get_format_mimetype()) == ((form.width, form.height), form.mime)
    return picture


def test_a_photograph_comes_upright_narrow_and_as_webp_too() -> None:
    made = rendered("jpeg", papers.photograph((1200, 900)))
    assert list(made) == ["full.jpg", "page.jpg", "page.webp"]
    assert opened(made["full.jpg"]).size == (900, 1200)
    page = opened(made["page.jpg"])
    assert page.size == opened(made["page.webp"]).size == (800, 1067)
    top, bottom = page.getpixel((400, 100)), page.getpixel((400, 900))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > bottom[0]  # the red half was left, and is now on top


@pytest.mark.parametrize(
    ("kind", "data"), [("jpeg", papers.photograph()), ("png", papers.noted_png())]
)
def test_nothing_but_pixels_is_left(kind: str, data: bytes) -> None:
    assert papers.SECRET_PLACE in data
    for form in rendered(kind, data).values():
        assert papers.SECRET_PLACE not in form.data
        picture = opened(form)
        assert not dict(picture.getexif())
        assert not {"exif", "xmp", "comment", "icc_profile", "Location"} & picture.info.keys()


def test_an_image_that_is_narrow_enough_keeps_its_size() -> None:
    made = rendered("png", papers.image("PNG", (640, 2000)))
    assert {(form.width, form.height) for form in made.values()} == {(640, 2000)}


def test_a_webp_is_not_made_twice() -> None:
    assert list(rendered("webp", papers.image("WEBP"))) == ["full.webp", "page.webp"]


def test_what_is_transparent_stays_so() -> None:
    stream = BytesIO()
    Image.new("RGBA", (900, 10), (0, 0, 0, 0)).save(stream, "PNG")
    for form in rendered("png", stream.getvalue()).values():
        assert opened(form).convert("RGBA").getextrema()[3] == (0, 0)


def test_a_moving_image_still_moves_as_long_and_as_often() -> None:
    made = rendered("gif", papers.moving_gif(3))
    assert list(made) == ["full.gif", "page.gif", "page.webp"]
    for form in made.values():
        picture = opened(form)
        frames = (frame.convert("RGB") and frame for frame in ImageSequence.Iterator(picture))
        assert [frame.info["duration"] for frame in frames] == [120] * 3
        assert picture.info["loop"] == 0
        assert "comment" not in picture.info
    assert (made["page.gif"].width, made["page.gif"].height) == (800, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_mode_of_colour_becomes_one_that_screens_show(mode: str) -> None:
    form = "TIFF" if mode == "CMYK" else "PNG"
    stream = BytesIO()
    Image.new(mode, (900, 4)).save(stream, "JPEG" if form == "TIFF" else "PNG")
    made = rendered("jpeg" if form == "TIFF" else "png", stream.getvalue())
    assert {opened(each).mode for each in made.values()} <= {"RGB", "RGBA"}


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp"])
def test_a_damaged_image_is_refused(kind: str) -> None:
    data = papers.image(kind.upper())
    with pytest.raises(UnreadableImage):
        rendered(kind, data[: len(data) // 2])


def test_a_file_is_only_opened_as_the_kind_it_is() -> None:
    with pytest.raises(UnreadableImage):
        rendered("png", papers.image("BMP"))
