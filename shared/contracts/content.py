"""Items, from draft to public view."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.checking import CheckFindingView
from shared.contracts.importing import Vouch
from shared.contracts.item_files import ItemRelatedLink, PublicFile
from shared.contracts.item_text import InterpretationForm, Metadata, TextAsTold
from shared.contracts.origin import Origin
from shared.contracts.standing import Correction, ValidityState, WithdrawalKind
from shared.events import Event


class ItemKind(StrEnum):
    """What a piece of content is."""

    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    PERSONNEL = "personnel"
    PLAN = "plan"
    DATA = "data"
    RESPONSE = "response"
    GUIDE = "guide"
    STATUS_STATEMENT = "status_statement"
    TOPIC_UPDATE = "topic_update"


class Stage(StrEnum):
    """How far an item's current text is on its way to release.

    Whether an item is public is not a stage: a released item may be revised while it stays live.
    """

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CLEARED = "cleared"


class ReviewStep(StrEnum):
    """A review of a text; no text goes out without the leader's and the secrecy review.

    An organization may have others come before them (三审三校).
    Source: 蚌政办秘〔2017〕97号 三(四).
    """

    LEADER = "leader"
    SECRECY = "secrecy"
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    PROOFREADING = "proofreading"
    LEGALITY = "legality"


class Verdict(StrEnum):
    """What a reviewer decides."""

    APPROVE = "approve"
    RETURN = "return"


class Approval(BaseModel):
    """A reviewer's consent, bound to the hash of what was read."""

    step: ReviewStep
    reviewer: str
    content_hash: str
    decided_at: datetime


class Item(TextAsTold):
    """An item as those who work on it see it."""

    id: UUID
    site_code: str
    column_id: UUID
    kind: ItemKind
    stage: Stage
    revision: int = Field(default=1, description="The number of its present text.")
    author: str
    content_hash: str
    return_reason: str | None = Field(
        default=None, description="Why a reviewer sent it back, until it is submitted again."
    )
    emergency_reason: str | None = Field(
        default=None, description="Why it takes the emergency road, if it does."
    )
    steps: list[ReviewStep] = Field(
        default=[], description="The reviews asked of it, in order, since it was submitted."
    )
    approvals: list[Approval] = []
    vouch: Vouch | None = Field(
        default=None, description="Who vouches for an imported text, until it is revised."
    )
    findings: list[CheckFindingView] = []
    version: int


class ItemLink(BaseModel):
    """Another public item, named."""

    id: UUID
    title: str
    form: InterpretationForm | None = Field(
        default=None, description="How it explains, if it is an interpretation."
    )


class ValidityMark(BaseModel):
    """What a policy's own page says of whether it is in force."""

    state: ValidityState
    label: str = Field(description="As it is printed.", examples=["自2026年7月1日起废止"])
    since: date
    successor: ItemLink | None = Field(default=None, description="The public item in its place.")
    document: str | None = Field(default=None, description="What decided it, if not an item.")


class PublicItem(Metadata):
    """An item as the public reads it."""

    id: UUID
    site_code: str
    column_id: UUID
    kind: ItemKind
    title: str
    body: str
    summary: str | None = None
    doc_no: str | None = None
    written_on: date | None = None
    source: str
    first_public_at: datetime = Field(description="Observed at release, never typed in.")
    updated_at: datetime = Field(description="When this text became public.")
    url: str = Field(description="The item's address on its site.")
    content_hash: str
    release_seq: int
    interprets: ItemLink | None = None
    interpretations: list[ItemLink] = []
    origin: Origin | None = None
    local_note: str | None = Field(
        default=None, description="本地按语: what the reposting site says, apart from the text."
    )
    correction_note: str | None = Field(
        default=None, description="What this text corrected in the one before."
    )
    topic_id: UUID | None = Field(default=None, description="The topic it is gathered under.")
    corrections: list[Correction] = Field(
        default=[], description="All that was ever put right, newest first."
    )
    index_no: str | None = Field(default=None, description="索引号, given at the first release.")
    stated_on: date | None = Field(
        default=None, description="The earlier date printed on it; `first_public_at` is the fact."
    )
    validity: ValidityMark | None = Field(
        default=None, description="What was recorded of a policy's validity, if anything was."
    )
    files: list[PublicFile] = []
    links: list[ItemRelatedLink] = []
    replaces: list[ItemLink] = Field(default=[], description="Policies in whose place it stands.")


class ChangeAct(StrEnum):
    """What a change of the public state was."""

    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Change(BaseModel):
    """One step of the public state: an item was released, or left a tombstone.

    A step carries its item while that is how the item stands now. A text that was replaced or
    withdrawn is not told again; a later step says what became of it.
    """

    model_config = ConfigDict(from_attributes=True)

    seq: int
    act: ChangeAct
    item_id: UUID
    site_code: str
    at: datetime
    item: PublicItem | None = None


class ChangePage(BaseModel):
    """Some steps of the public state, and where to go on."""

    changes: list[Change]
    next: str = Field(description="The next call's `since`; keep it, also when nothing came.")


class ItemDrafted(Event, type="content.item.drafted", subject="item_id"):
    """An editor wrote the first revision of an item."""

    item_id: UUID
    site_code: str
    kind: ItemKind
    content_hash: str


class ItemRevised(Event, type="content.item.revised", subject="item_id"):
    """The text of an item changed; earlier approvals no longer hold."""

    item_id: UUID
    site_code: str
    content_hash: str
    voided: int


class ItemSubmitted(Event, type="content.item.submitted", subject="item_id"):
    """An editor handed an item's draft to its reviewers."""

    item_id: UUID
    site_code: str
    content_hash: str
    emergency: bool = False


class ItemReviewed(Event, type="content.item.reviewed", subject="item_id"):
    """A reviewer approved or returned exactly this text."""

    item_id: UUID
    site_code: str
    step: ReviewStep
    verdict: Verdict
    content_hash: str


class ItemRechecked(Event, type="content.item.rechecked", subject="item_id"):
    """The checks find something else in an item's unchanged text than they did before."""

    item_id: UUID
    site_code: str
    content_hash: str
    findings: int
    blocking: int


class ItemReleased(Event, type="content.item.released", subject="item_id"):
    """An item became public, or its public text was replaced."""

    item_id: UUID
    site_code: str
    column_id: UUID
    kind: ItemKind
    title: str
    doc_no: str | None
    content_hash: str
    release_id: UUID
    release_seq: int
    first_public_at: datetime
    interprets: UUID | None
    to_be_interpreted: bool
    origin: Origin | None
    topic_id: UUID | None = None
    released_at: datetime | None = None
    interpretation_may_follow: bool = False
    interpretation_exempted: bool = False
    index_no: str | None = None
    interpretation_due_on: date | None = None


class ItemWithdrawn(Event, type="content.item.withdrawn", subject="item_id"):
    """An item is public no more."""

    item_id: UUID
    site_code: str
    column_id: UUID
    release_seq: int
    reason: str
    kind: WithdrawalKind | None = Field(
        default=None, description="Not said of what was withdrawn for security."
    )
    successor: UUID | None = None
    along_with: UUID | None = Field(default=None, description="The policy it interpreted.")
    content_hash: str | None = Field(default=None, description="The edition that was public.")
    reposts: tuple[UUID, ...] = Field(default=(), description="Those that left with it.")
