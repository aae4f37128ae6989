"""One line of the file whole sites are moved in: what it may say, and how it is read."""

from collections.abc import Mapping
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
from pydantic_core import from_json

from shared.contracts.applying import Days, Description, Keywords, Position
from shared.contracts.content import ItemKind
from shared.contracts.drafting import Draft
from shared.contracts.item_text import DocumentNumber, Metadata, Summary, Waiver
from shared.contracts.registering import NewSite
from shared.contracts.registry import ColumnKind
from shared.contracts.standing import ValidityState
from shared.contracts.text import Line, Prose, Reason, Strict, typeable
from shared.faults import faults
from shared.problem import Fault, Invalid

LONGEST = 4_000_000
"""Bytes of the longest line: a text of 200,000 characters, each escaped, and what goes with it."""

LegacyId = Annotated[
    str, Field(pattern=r"^[^\s\x00-\x1f\x7f-\x9f]{1,200}$"), AfterValidator(typeable)
]
"""What something was called where it comes from."""


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
    published_on: date | None = None
    index_no: Line | None = None
    corrections: Annotated[list[FormerCorrection], Field(max_length=1_000)] = []
    validity: FormerValidity | None = None

    def text(self, interprets: UUID | None) -> Draft:
        """Return what the item says; `interprets` is the policy it explains, as called here."""
        said = {name: getattr(self, name) for name in OF_TEXT}
        return Draft.model_construct(**said, interprets=interprets)

    def refers_to(self) -> list[str]:
        """Return the ids of the items that it cannot come without."""
        successor = self.validity.successor if self.validity else None
        return [other for other in (self.interprets, successor) if other is not None]


OF_TEXT = tuple((set(ItemLine.model_fields) & set(Draft.model_fields)) - {"interprets"})
Structure = SiteLine | ColumnLine
LINES: Mapping[str, TypeAdapter[Any]] = {
    "site": TypeAdapter(SiteLine),
    "column": TypeAdapter(ColumnLine),
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
    if kind == "attachment":
        told = "附件暂不能批量导入，请在系统中上传后关联稿件。"
        raise Invalid([Fault("/type", "attachment_not_taken", told)])
    if not isinstance(kind, str) or kind not in LINES:
        told = "只能是：site、column、item。"
        raise Invalid([Fault("/type", "unknown_type", told)])
    return said


def read(said: Mapping[str, Any]) -> SiteLine | ColumnLine | ItemLine:
    """Return what an object of a known type says, or raise `Invalid` with all that is wrong."""
    try:
        line: SiteLine | ColumnLine | ItemLine = LINES[said["type"]].validate_python(said)
    except ValidationError as fault:
        found = [{**one, "loc": ("body", *one["loc"])} for one in fault.errors()]
        raise Invalid(faults(found)) from None
    return line


def written(line: SiteLine | ColumnLine | ItemLine) -> bytes:
    """Return a line as it stands in a file; what is as by default is left out."""
    said = line.model_dump_json(exclude_defaults=True)
    return said.encode() + b"\n"
