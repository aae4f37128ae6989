"""One line of the file whole sites are moved in: what it may say, and how it is read."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError, from_json

from shared.contracts.applying import Days, Description, Keywords, Position
from shared.contracts.content import ItemKind
from shared.contracts.drafting import Draft
from shared.contracts.item_files import (
    Alternative,
    Attachment,
    Picture,
    Recording,
    RelatedLink,
)
from shared.contracts.item_text import DocumentNumber, Metadata, Summary, Waiver
from shared.contracts.registering import NewSite
from shared.contracts.registry import ColumnKind
from shared.contracts.standing import ValidityState
from shared.contracts.text import UNTYPEABLE, Line, Prose, Reason, Strict, typeable
from shared.faults import faults
from shared.problem import Fault, Invalid

LONGEST = 10_000_000
"""Bytes of the longest line: a text of 200,000 characters and ten transcripts as long."""

LegacyId = Annotated[
    str, Field(pattern=r"^[^\s\x00-\x1f\x7f-\x9f]{1,200}$"), AfterValidator(typeable)
]
"""What something was called where it comes from."""


def _below(path: str) -> str:
    """Return the path unless it may lead out of the folder it starts from."""
    if "\\" in path or {"", ".", ".."} & set(path.split("/")):
        raise PydanticCustomError("outside_folder", "A path leads down from the lines' folder.")
    return typeable(path)


PathBelow = Annotated[
    str,
    Field(min_length=1, max_length=1_000, examples=["files/2015/a.pdf"]),
    AfterValidator(_below),
]
"""A path from the folder of the lines downward, its parts set apart by slashes."""


class SiteLine(NewSite):
    """A site; one of this code that is there already is taken to be it."""

    type: Literal["site"]
    id: LegacyId


class ColumnLine(Strict):
    """A column; one of this name that stands in the same place is taken to be it."""

    type: Literal["column"]
    id: LegacyId
    site: LegacyId
    parent: LegacyId | None = None
    name: Line
    kind: ColumnKind
    target_days: Days | None = None
    position: Position = 0
    description: Description | None = None
    keywords: Keywords = []
    hidden: bool = False


class FileLine(Strict):
    """A file of a site, beside the lines; `name` is what it is called if `path` does not say."""

    type: Literal["file"]
    id: LegacyId
    site: LegacyId
    path: PathBelow
    name: Line | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None

    @property
    def called(self) -> str:
        """What it is called."""
        return self.name or self.path.rpartition("/")[2]


class FormerPicture(Strict):
    """An image of the text; `file` is the id of a file above."""

    file: LegacyId
    alt: Alternative | None = None


class FormerAttachment(Strict):
    """A document that goes out with the text."""

    file: LegacyId
    title: Line


class FormerRecording(Strict):
    """Sound or film that goes out with the text."""

    file: LegacyId
    title: Line
    transcript: Prose | None = None


class FormerCorrection(Strict):
    """What was put right in an item before it came, and when."""

    at: AwareDatetime
    note: Reason


class FormerValidity(Strict):
    """What had become of a policy before it came; `successor` is the id of an item above."""

    state: ValidityState
    since: date
    successor: LegacyId | None = None
    document: Line | None = None
    reason: Reason


class ItemLine(Strict, Metadata):
    """An item that was public where it comes from; what it refers to stands above it."""

    type: Literal["item"]
    id: LegacyId
    column: LegacyId
    kind: ItemKind
    title: Line
    body: Prose
    source: Line
    summary: Summary | None = None
    doc_no: DocumentNumber | None = None
    written_on: date | None = None
    interprets: LegacyId | None = None
    correction_note: Reason | None = None
    waivers: Annotated[list[Waiver], Field(max_length=50)] = []
    images: Annotated[list[FormerPicture], Field(max_length=50)] = []
    attachments: Annotated[list[FormerAttachment], Field(max_length=50)] = []
    recordings: Annotated[list[FormerRecording], Field(max_length=10)] = []
    links: Annotated[list[RelatedLink], Field(max_length=50)] = []
    published_on: date | None = None
    index_no: Line | None = None
    corrections: Annotated[list[FormerCorrection], Field(max_length=1_000)] = []
    validity: FormerValidity | None = None

    def text(self, interprets: UUID | None, files: Mapping[str, UUID]) -> Draft:
        """Return what the item says; policy and files are given as they are called here."""
        said = {**NOT_TOLD, **{name: getattr(self, name) for name in OF_TEXT}}
        for name, as_named in NAMING_FILES.items():
            said[name] = [
                as_named(asset_id=files[one.file], **one.model_dump(exclude={"file"}))
                for one in getattr(self, name)
            ]
        said["interprets"] = interprets
        return Draft.model_construct(**said)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield where it names files, and their ids."""
        for name in NAMING_FILES:
            for place, one in enumerate(getattr(self, name)):
                yield f"/{name}/{place}/file", one.file

    def refers_to(self) -> list[str]:
        """Return the ids of the items that it cannot come without."""
        successor = self.validity.successor if self.validity else None
        return [other for other in (self.interprets, successor) if other is not None]


NAMING_FILES: Mapping[str, type[Picture | Attachment | Recording]] = {
    "images": Picture,
    "attachments": Attachment,
    "recordings": Recording,
}
OF_TEXT = tuple(
    (set(ItemLine.model_fields) & set(Draft.model_fields)) - {"interprets", *NAMING_FILES}
)
NOT_TOLD: Mapping[str, Any] = {
    name: field.get_default()
    for name, field in Draft.model_fields.items()
    if name not in {*OF_TEXT, *NAMING_FILES}
}
"""What a line cannot say of a text, and how it then is."""

AnyLine = SiteLine | ColumnLine | FileLine | ItemLine
LINES: Mapping[str, TypeAdapter[Any]] = {
    "site": TypeAdapter(SiteLine),
    "column": TypeAdapter(ColumnLine),
    "file": TypeAdapter(FileLine),
    "item": TypeAdapter(ItemLine),
}


def parse(raw: bytes) -> dict[str, Any]:
    """Return the object a line holds, of a type that is taken in, or raise `Invalid`."""
    if len(raw) > LONGEST:
        raise Invalid([Fault("", "line_too_long", f"一行不得超过 {LONGEST} 字节。")])
    try:
        said = from_json(raw)
    except ValueError:
        raise Invalid([Fault("", "json_invalid", "不是有效的 JSON。")]) from None
    if not isinstance(said, dict):
        raise Invalid([Fault("", "dict_type", "应为对象。")])
    kind = said.get("type")
    if not isinstance(kind, str) or kind not in LINES:
        told = f"只能是：{'、'.join(LINES)}。"
        raise Invalid([Fault("/type", "unknown_type", told)])
    return said


def named_files(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the files that an item names which nobody has read yet."""
    for name in NAMING_FILES:
        listed = said.get(name)
        for one in listed if isinstance(listed, list) else ():
            legacy = one.get("file") if isinstance(one, dict) else None
            if isinstance(legacy, str) and not UNTYPEABLE.search(legacy):
                yield legacy


def read(said: Mapping[str, Any]) -> AnyLine:
    """Return what an object of a known type says, or raise `Invalid` with all that is wrong."""
    try:
        line: AnyLine = LINES[said["type"]].validate_python(said)
    except ValidationError as fault:
        found = [{**one, "loc": ("body", *one["loc"])} for one in fault.errors()]
        raise Invalid(faults(found)) from None
    return line


def written(line: AnyLine) -> bytes:
    """Return a line as it stands in a file; what is as by default is left out."""
    said = line.model_dump_json(exclude_defaults=True)
    return said.encode() + b"\n"
