"""What is checked: every text a reader of the item will see, and the facts it is judged by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.content.editorial.link_reading.dead_link import DeadLink
from services.content.lexicons.matching import Lexicons

NO_LEXICONS = Lexicons()
NAMES = {"title": "标题", "body": "正文", "summary": "摘要", "local_note": "本地按语"}
LISTED = {"images": "图片", "links": "链接", "attachments": "附件", "recordings": "音视频"}


@dataclass(frozen=True)
class Image:
    """A picture in the text; an empty `alt` says it is decoration, none that it was forgotten."""

    alt: str | None
    width: int
    has_narrow_rendition: bool = False


@dataclass(frozen=True)
class Attachment:
    """A file that goes out with the text; `text` is what could be read in it, if anything.

    `complete` says that this is all there is to read.
    """

    title: str
    text: str | None
    complete: bool = True


@dataclass(frozen=True)
class Recording:
    """Sound or film that goes out with the text, and what is said in it."""

    title: str
    transcript: str | None


@dataclass(frozen=True)
class Link:
    """A link of the item's own list."""

    text: str
    href: str


@dataclass(frozen=True)
class Subject:
    """An item's text with everything that goes out with it, as it would stand on `today`."""

    title: str
    body: str
    today: date
    summary: str | None = None
    written_on: date | None = None
    in_force_on: date | None = None
    expires_on: date | None = None
    missing_metadata: Sequence[str] = ()
    belongs: bool = True
    images: Sequence[Image] = ()
    links: Sequence[Link] = ()
    attachments: Sequence[Attachment] = ()
    recordings: Sequence[Recording] = ()
    lexicons: Lexicons = NO_LEXICONS
    own_domains: frozenset[str] = frozenset()
    dead_links: Mapping[str, DeadLink] = field(default_factory=dict)
    local_note: str | None = None

    def written(self) -> Iterator[tuple[str, str]]:
        """Yield the texts somebody typed for this item, by field."""
        yield "title", self.title
        yield "body", self.body
        yield "summary", self.summary or ""
        for place, image in enumerate(self.images):
            yield f"images/{place}", image.alt or ""
        for place, link in enumerate(self.links):
            yield f"links/{place}", link.text
        for place, attachment in enumerate(self.attachments):
            yield f"attachments/{place}/title", attachment.title
        for place, recording in enumerate(self.recordings):
            yield f"recordings/{place}/title", recording.title
            yield f"recordings/{place}", recording.transcript or ""
        if self.local_note is not None:
            yield "local_note", self.local_note

    def attached(self) -> Iterator[tuple[str, str]]:
        """Yield the texts read in the attachments, by field."""
        for place, attachment in enumerate(self.attachments):
            yield f"attachments/{place}", attachment.text or ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield all texts, by field."""
        yield from self.written()
        yield from self.attached()


def label(field: str) -> str:
    """Return what people call a field."""
    kind, _, place = field.partition("/")
    if kind not in LISTED:
        return NAMES.get(kind, "文字")
    number, _, part = place.partition("/")
    return f"{LISTED[kind]} {int(number) + 1} {'标题' if part else ''}".strip()
