"""The trail of everything that happened, what was found wanting, and what it costs.

Codes come with the Chinese words for them; new codes may appear at any time.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.registry import ColumnKind
from shared.events import Event


class TrailEntry(BaseModel):
    """One event as the trail keeps it."""

    sequence: int = Field(description="Counted from 0 without gaps.")
    leaf_hash: str = Field(description="RFC 6962 hash of the canonical event, in hex.")
    event: str = Field(description="The CloudEvent as canonical JSON (RFC 8785).")


class Checkpoint(BaseModel):
    """The signed head of the trail at one size."""

    size: int
    root: str = Field(description="Root hash over the first `size` entries, in hex.")
    note: str = Field(description="The signed note (C2SP tlog-checkpoint).")
    verifier_key: str = Field(description="The public key that checks the note's signature.")
    signed_at: datetime


class InclusionProof(BaseModel):
    """What shows an entry to be in the trail at one size."""

    sequence: int
    size: int
    leaf_hash: str
    root: str
    path: list[str] = Field(description="Sibling hashes in hex, lowest first.")


class ConsistencyProof(BaseModel):
    """What shows that the trail only grew between two sizes."""

    older: int
    newer: int
    older_root: str
    newer_root: str
    path: list[str]


class WatchedColumn(BaseModel):
    """How a column stands against its rhythm today."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    site_code: str
    name: str
    kind: ColumnKind
    target_days: int | None
    red_line_days: int | None
    freshness: str = Field(examples=["due_soon"])
    freshness_label: str = Field(examples=["即将到期"])
    update_due: date | None = Field(description="The last day on which an update is in time.")


class Finding(BaseModel):
    """Something that is wrong on a site, or was, with the trail entries that show it."""

    id: UUID
    kind: str = Field(examples=["news_overdue"])
    label: str = Field(examples=["动态、要闻类栏目更新逾期"])
    severity: str = Field(examples=["serious"])
    site_code: str
    subject: str = Field(examples=["letter:3403000006-20260302-0001-10"])
    summary: str
    remedy: str
    evidence: list[int] = Field(description="Sequence numbers in the trail.")
    opened_at: datetime
    closed_at: datetime | None = Field(description="When its cause was gone.")
    unfounded: bool = Field(description="Later facts showed that it never held; it costs nothing.")


class Gates(BaseModel):
    """Where failing ends and where extra merit begins to count."""

    passing: Decimal
    bonus: Decimal


class Veto(BaseModel):
    """Findings that fail a site outright."""

    id: str
    name: str
    finding_kinds: list[str]
    threshold: int
    remedy: str
    document: str
    clause: str


class Cost(BaseModel):
    """What one finding of a kind costs."""

    kind: str
    label: str
    points: Decimal


class Indicator(BaseModel):
    """Something a site is marked on."""

    id: str
    name: str
    group: str
    points: Decimal
    ceiling: Decimal = Field(description="The most it can cost.")
    costs: list[Cost]
    remedy: str
    document: str
    clause: str


class Ruleset(BaseModel):
    """One version of the rules sites are assessed by."""

    id: str
    version: str
    title: str
    source: str
    digest: str = Field(description="SHA-256 of the canonical rules.")
    total: Decimal
    gates: Gates
    vetoes: list[Veto]
    indicators: list[Indicator]


class LostPoints(BaseModel):
    """One row of the ledger: what one finding cost, under which rule, and how to mend it."""

    indicator: str
    indicator_name: str
    finding: UUID
    kind: str
    label: str
    summary: str
    since: date
    until: date
    evidence: list[int] = Field(description="Sequence numbers in the trail.")
    points: Decimal
    points_after_cap: Decimal = Field(description="What of it fits under the indicator's cap.")
    cap_applied: bool
    remedy: str


class Assessment(BaseModel):
    """A site's score over some days, with every point it lost explained."""

    id: UUID
    site_code: str
    ruleset: str = Field(examples=["bengbu-2017@1"])
    ruleset_digest: str
    evidence_digest: str
    engine_version: str
    start: date
    end: date
    total: Decimal
    points: Decimal
    grade: str = Field(examples=["qualified"])
    grade_label: str = Field(examples=["合格"])
    vetoed: bool
    bonus_open: bool
    ledger: list[LostPoints]
    digest: str = Field(description="SHA-256 of the canonical score.")
    made_at: datetime
    published_at: datetime | None
    version: int


class Recomputation(BaseModel):
    """Whether the stored evidence still gives the stored score, byte for byte."""

    assessment_id: UUID
    digest: str
    recomputed_digest: str
    identical: bool


class FindingOpened(Event, type="audit.finding.opened", subject="finding_id"):
    """Something on a site was found to be wrong."""

    finding_id: UUID
    kind: str
    site_code: str
    about: str
    summary: str


class FindingClosed(Event, type="audit.finding.closed", subject="finding_id"):
    """The cause of a finding is gone, or was shown never to have been."""

    finding_id: UUID
    kind: str
    site_code: str
    about: str
    unfounded: bool


class AssessmentMade(Event, type="audit.assessment.made", subject="assessment_id"):
    """A site was scored; the digest binds the score."""

    assessment_id: UUID
    site_code: str
    ruleset: str
    start: date
    end: date
    points: Decimal
    grade: str
    digest: str


class AssessmentPublished(Event, type="audit.assessment.published", subject="assessment_id"):
    """A site's assessment became public."""

    assessment_id: UUID
    site_code: str
    digest: str
