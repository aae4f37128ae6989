"""What sites take over: reposts of their own accord, by their rules, or in words of their own."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AliasChoices, BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.binding import Ask
from shared.contracts.content import Approval, ItemKind, ReviewStep, Verdict
from shared.contracts.item_text import Summary, Term
from shared.contracts.origin import Fidelity, Hop, LocalNote
from shared.contracts.text import Line, SiteCode, Strict
from shared.events import Event

OrganizationPath = Annotated[
    str,
    Field(pattern=r"^[0-9a-z-]{2,32}(\.[0-9a-z-]{2,32}){0,15}$", examples=["340000.340300"]),
]


class NewRepost(Strict):
    """A public item of the group, and the column a site takes it over into."""

    item_id: UUID
    column_id: UUID
    local_note: LocalNote | None = None


class NewLocalNote(Strict):
    """What a site says beside a repost from now on; nothing without a note."""

    local_note: LocalNote | None = None


class Repost(BaseModel):
    """A repost as its site keeps it."""

    item_id: UUID
    site_code: str
    column_id: UUID
    title: str
    url: str
    content_hash: str
    local_note: str | None
    origin_site_code: str
    origin_item_id: UUID
    origin_url: str
    origin_hash: str
    fidelity: Fidelity
    hops: list[Hop]
    first_public_at: datetime
    version: int = Field(
        validation_alias=AliasChoices("version", "release_seq"),
        description="The number of the release its page last changed with.",
    )


class NewAcceptanceRule(Strict):
    """Which directives a site accepts by itself, into which column; a filter left out is open."""

    site_code: SiteCode
    column_id: UUID
    issuers: Annotated[list[OrganizationPath], Field(max_length=50)] = Field(
        default=[], description="Their paths, as directives tell them; not those below them."
    )
    kinds: Annotated[list[ItemKind], Field(max_length=20)] = []
    subjects: Annotated[list[Term], Field(max_length=50)] = Field(
        default=[], description="With every narrower term."
    )
    asks: Annotated[list[Ask], Field(max_length=2)] = []


class AcceptanceRule(BaseModel):
    """Which directives a site accepts by itself; of several that fit, the oldest holds."""

    id: UUID
    site_code: str
    column_id: UUID
    issuers: list[str] = Field(description="Paths of organizations.")
    kinds: list[ItemKind]
    subjects: list[str]
    asks: list[Ask]
    suspended: bool
    ended_at: datetime | None
    made_by: str = Field(description="In whose name it acts, as long as they may.")
    made_at: datetime
    version: int


class NewRewording(Strict):
    """A repost in words of the site's own, as far as the directive's fidelity allows them."""

    column_id: UUID
    title: Line | None = None
    summary: Summary | None = Field(default=None, description="To stand in the text's place.")
    local_note: LocalNote | None = None

    @model_validator(mode="after")
    def change_something(self) -> Self:
        """Refuse a rewording that leaves every word."""
        if self.title is None and self.summary is None:
            raise PydanticCustomError("nothing_reworded", "Change the title, or summarize.")
        return self


class Rewording(BaseModel):
    """A repost in words of the site's own, proposed; it goes out when both reviews consent."""

    obligation_id: UUID
    item_id: UUID
    site_code: str
    column_id: UUID
    title: str | None
    summary: str | None
    local_note: str | None
    origin_hash: str = Field(description="Of the edition it was made from.")
    content_hash: str = Field(description="What reviewers consent to.")
    proposed_by: str
    proposed_at: datetime
    approvals: list[Approval]
    return_reason: str | None = Field(description="Why a reviewer returned these words.")
    version: int


class RuleAct(StrEnum):
    """What was done to a rule."""

    MADE = "made"
    CHANGED = "changed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    ENDED = "ended"


class AcceptanceRuleChanged(Event, type="content.acceptance_rule.changed", subject="rule_id"):
    """What a site accepts by itself is another from now on."""

    rule_id: UUID
    site_code: str
    act: RuleAct
    column_id: UUID


class RuleHindered(Event, type="content.obligation.rule_hindered", subject="obligation_id"):
    """A site's rule could not accept a directive; the obligation waits for a person."""

    obligation_id: UUID
    directive_id: UUID
    site_code: str
    rule_id: UUID
    codes: tuple[str, ...]


class RewordingProposed(
    Event, type="content.obligation.rewording_proposed", subject="obligation_id"
):
    """A site wants to repost in words of its own; they wait for their reviews."""

    obligation_id: UUID
    site_code: str
    content_hash: str


class RewordingReviewed(
    Event, type="content.obligation.rewording_reviewed", subject="obligation_id"
):
    """A reviewer consented to the words of a rewording, or returned them."""

    obligation_id: UUID
    site_code: str
    step: ReviewStep
    verdict: Verdict
    content_hash: str


class WordsDropped(Event, type="content.item.words_dropped", subject="item_id"):
    """A repost lost its site's own words: they were made from an edition that was replaced."""

    item_id: UUID
    site_code: str
    origin_item_id: UUID
    content_hash: str
    release_seq: int
