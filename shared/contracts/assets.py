"""Files: images, attachments, sound and film, from upload to what the public may be shown."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.events import Event


class Family(StrEnum):
    """What a file is to a page that shows it."""

    IMAGE = "image"
    DOCUMENT = "document"
    AUDIO = "audio"
    VIDEO = "video"


class AssetKind(StrEnum):
    """The accepted kinds of file, told by their bytes."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    PDF = "pdf"
    OFD = "ofd"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    CSV = "csv"
    TXT = "txt"
    ZIP = "zip"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    MP4 = "mp4"
    MOV = "mov"
    WEBM = "webm"


class AssetState(StrEnum):
    """How far a file is on its way; only a ready one may be shown to anybody outside."""

    RECEIVED = "received"
    SCANNING = "scanning"
    CONVERTING = "converting"
    READY = "ready"
    REFUSED = "refused"


class RefusalReason(StrEnum):
    """Why a file was refused after it was looked into."""

    VIRUS = "virus"
    MACROS = "macros"
    SCRIPT = "script"
    LAUNCH = "launch"
    EMBEDDED_FILE = "embedded_file"
    REMOTE_TEMPLATE = "remote_template"
    ENCRYPTED = "encrypted"
    NESTED_ARCHIVE = "nested_archive"
    BOMB = "bomb"
    POLYGLOT = "polyglot"
    UNACCEPTED_KIND = "unaccepted_kind"
    OTHER_EXTENSION = "other_extension"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_FRAMES = "too_many_frames"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"


class Use(StrEnum):
    """What a rendition is for: the whole file, a page's image, or something to play."""

    FILE = "file"
    PAGE = "page"
    POSTER = "poster"
    STREAM = "stream"
    PART = "part"


class Refusal(BaseModel):
    """One reason why a file was refused."""

    reason: RefusalReason
    detail: str = Field(description="For the person, in Chinese.")


class Rendition(BaseModel):
    """A form in which a file may be shown to the public once an item with it is live."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(description="Its last part of an address.", examples=["page.webp"])
    use: Use
    mime: str
    size: int = Field(description="In bytes.")
    sha256: str
    width: int | None = None
    height: int | None = None


class Asset(BaseModel):
    """A file as those who work with it see it."""

    id: UUID
    site_code: str
    name: str = Field(description="As the file was called by whoever uploaded it.")
    size: int = Field(description="In bytes.")
    sha256: str
    kind: AssetKind | None = Field(
        default=None, description="Told by the bytes; some kinds only once the file is scanned."
    )
    family: Family | None = None
    state: AssetState
    waiting_for: str | None = Field(
        default=None, description="What keeps the work on the file waiting, in Chinese."
    )
    refusals: list[Refusal] = []
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    seconds: float | None = None
    text_complete: bool | None = Field(
        default=None,
        description="Whether the checks can read all of a document's text; false for scans.",
    )
    scanned_by: str | None = None
    scanned_at: datetime | None = None
    renditions: list[Rendition] = []
    uploader: str
    received_at: datetime
    kept: bool = Field(description="Whether a text names the file, so that it must stay.")
    version: int


class Upload(BaseModel):
    """A file on its way in, piece by piece."""

    id: UUID
    site_code: str
    name: str
    size: int
    offset: int = Field(description="How many bytes have arrived; where the next piece begins.")
    expires_at: datetime
    asset_id: UUID | None = Field(default=None, description="The file, once all of it is here.")


class AssetReceived(Event, type="content.asset.received", subject="asset_id"):
    """A file arrived whole; nobody but its office may see it yet."""

    asset_id: UUID
    site_code: str
    kind: AssetKind | None
    sha256: str


class AssetReady(Event, type="content.asset.ready", subject="asset_id"):
    """A file was scanned, cleaned and brought into the forms in which it can be shown."""

    asset_id: UUID
    site_code: str
    kind: AssetKind
    sha256: str


class AssetRefused(Event, type="content.asset.refused", subject="asset_id"):
    """A file was looked into and refused."""

    asset_id: UUID
    site_code: str
    kind: AssetKind | None
    sha256: str
    reasons: tuple[RefusalReason, ...]


class AssetRemoved(Event, type="content.asset.removed", subject="asset_id"):
    """A file that no text names was deleted, by a person or because nobody ever used it."""

    asset_id: UUID
    site_code: str
    kind: AssetKind | None
    sha256: str
