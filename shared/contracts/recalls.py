"""Copies of what was withdrawn or corrected: where they stand, and proof that they are gone."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.binding import Ask
from shared.contracts.manifests import Sha256
from shared.contracts.receipts import PageFault, PageVerdict, TextDifference
from shared.contracts.text import Reason, Strict
from shared.events import Event


class RecallCause(StrEnum):
    """What happened to an item whose copies are recalled."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


class CopyState(StrEnum):
    """How far a copy is from being gone or put right, as two readings judged it."""

    OWED = "owed"
    PROVED = "proved"
    RETURNED = "returned"


class Recall(BaseModel):
    """A withdrawal or correction that is followed to every place where a copy was claimed."""

    id: UUID
    item_id: UUID
    site_code: str = Field(description="The site the item is, or was, on.")
    title: str
    cause: RecallCause
    wanted_hash: str | None = Field(
        default=None, description="The corrected edition that may stand in place of the copy."
    )
    deadline: datetime
    begun_at: datetime
    ended_at: datetime | None = Field(
        default=None, description="Since when a later change of the item has taken its place."
    )
    copies: int = Field(description="In how many places a copy was claimed.")
    proved: int = Field(description="Of how many it is proved that it is gone or put right.")
    late: int = Field(description="How many still stood when the deadline had passed.")
    returned: int = Field(description="How many came back after they were gone.")
    unread: int = Field(description="Of how many the last reading did not get through.")
    proved_since: datetime | None = Field(
        default=None, description="Since when all of them are proved."
    )


class Copy(BaseModel):
    """What one site owes: to take a copy down, or to put it right."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    recall_id: UUID
    item_id: UUID
    site_code: str
    title: str = Field(description="What it is a copy of.")
    url: str
    ask: Ask = Field(description="Whether the text or a link to it stands there.")
    wanted_hash: str | None = None
    state: CopyState
    deadline: datetime
    late: bool = Field(description="A reading found it standing after the deadline.")
    reported_at: datetime | None = Field(
        default=None, description="When the site last said that it was done."
    )
    judged: PageVerdict | None = None
    judged_at: datetime | None = None
    read_at: datetime | None = None
    verdict: PageVerdict | None = Field(default=None, description="What the last reading found.")
    fault: PageFault | None = None
    status: int | None = None
    unread_since: datetime | None = None
    certificate_id: UUID | None = Field(default=None, description="What proves it, once issued.")
    version: int


class CopyReading(BaseModel):
    """One reading of a copy's page, kept as evidence."""

    id: UUID
    copy_id: UUID
    url: str = Field(description="Where it was read, after all redirects.")
    read_at: datetime
    verdict: PageVerdict
    fault: PageFault | None = None
    status: int | None = None
    seconds: float
    body_hash: str | None = None
    content_hash: str | None = Field(default=None, description="The edition that was met.")
    matched: float | None = None
    differences: list[TextDifference] = []


class CopyReport(Strict):
    """A site's word that it took a copy down or put it right, which is then read."""

    note: Reason | None = None


class CertifiedReading(BaseModel):
    """A reading that a certificate stands on."""

    id: UUID
    read_at: datetime
    url: str
    status: int | None
    verdict: PageVerdict
    fault: PageFault | None
    body_hash: Sha256 | None


class CopyCertificate(BaseModel):
    """Signed proof that a copy is gone from a page, or put right there."""

    type: Literal["zhengbu-copy-certificate-1"]
    certificate_id: UUID
    recall_id: UUID
    copy_id: UUID
    item_id: UUID
    cause: RecallCause
    site_code: str = Field(description="Whose page it is.")
    url: str
    ask: Ask
    found: PageVerdict = Field(description="`absent`, or `same`: the corrected edition.")
    looked_for: list[str] = Field(description="Content hashes of the editions looked for.")
    wanted_hash: str | None
    readings: list[CertifiedReading]
    proved_at: datetime
    late: bool
    issued_at: datetime
    signature: str


class CertifiedCopy(BaseModel):
    """A place, and the certificate that proves it, by the hash of its canonical form."""

    copy_id: UUID
    certificate_id: UUID
    url: str
    sha256: Sha256


class RecallCertificate(BaseModel):
    """Signed proof that every known copy of an item is gone or put right."""

    type: Literal["zhengbu-recall-certificate-1"]
    certificate_id: UUID
    recall_id: UUID
    item_id: UUID
    cause: RecallCause
    site_code: str
    wanted_hash: str | None
    copies: list[CertifiedCopy]
    proved_at: datetime
    issued_at: datetime
    signature: str


class RecallBegun(Event, type="content.recall.begun", subject="recall_id"):
    """Copies of an item that was withdrawn or corrected are to be taken down or put right."""

    recall_id: UUID
    item_id: UUID
    site_code: str
    cause: RecallCause
    wanted_hash: str | None
    deadline: datetime
    site_codes: tuple[str, ...]


class CopyReported(Event, type="content.copy.reported", subject="copy_id"):
    """A site said that a copy is gone or put right."""

    copy_id: UUID
    recall_id: UUID
    site_code: str
    note: str | None


class CopyJudged(Event, type="content.copy.judged", subject="copy_id"):
    """Two readings of a copy's page, apart in time, found it gone, put right, or back again."""

    copy_id: UUID
    recall_id: UUID
    item_id: UUID
    site_code: str
    state: CopyState
    verdict: PageVerdict
    url: str
    late: bool
    reading_id: UUID
    body_hash: str | None


class CopyLate(Event, type="content.copy.late", subject="copy_id"):
    """A copy still stood when its deadline had passed, as a reading found."""

    copy_id: UUID
    recall_id: UUID
    item_id: UUID
    site_code: str
    url: str
    deadline: datetime


class RecallOverdue(Event, type="content.recall.overdue", subject="recall_id"):
    """A recall's deadline passed before every copy was proved gone or put right."""

    recall_id: UUID
    item_id: UUID
    site_code: str
    deadline: datetime
    unproved: int
    unread: int


class RecallProved(Event, type="content.recall.proved", subject="recall_id"):
    """Every known copy is proved gone or put right."""

    recall_id: UUID
    item_id: UUID
    site_code: str
    copies: int
    certificate_id: UUID
