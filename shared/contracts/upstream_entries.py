"""Entries of upstream feeds, what they repeat, and what became of them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import ItemKind
from shared.contracts.text import Prose, Reason, Strict
from shared.contracts.upstream_feeds import ProposedDirective
from shared.events import Event


class EntryState(StrEnum):
    """What became of an entry."""

    WAITING = "waiting"
    TRAY = "tray"
    DRAFTED = "drafted"
    DUPLICATE = "duplicate"
    DISMISSED = "dismissed"


class TextFrom(StrEnum):
    """Where an entry's text was taken from."""

    FEED = "feed"
    PAGE = "page"
    PERSON = "person"


class SameBy(StrEnum):
    """What shows that an entry is known already; only likeness leaves doubt."""

    OWN = "own"
    LINK = "link"
    DOCUMENT_NUMBER = "document_number"
    INDEX_NUMBER = "index_number"
    LIKENESS = "likeness"


class SameThing(StrEnum):
    """What an entry is the same as."""

    OWN_SITE = "own_site"
    ENTRY = "entry"
    ITEM = "item"


class Sameness(BaseModel):
    """What an entry is the same as, or like."""

    by: SameBy
    what: SameThing
    id: UUID | None = None
    title: str | None = None


class FormerText(BaseModel):
    """How an entry read before it changed upstream."""

    title: str
    digest: str
    until: datetime


class UpstreamEntry(BaseModel):
    """An entry of an upstream feed."""

    id: UUID
    feed_id: UUID
    organization: str
    key: str = Field(description="By which the feed knows it.")
    title: str
    url: str | None = None
    author: str | None = None
    source: str | None = None
    categories: list[str] = []
    published_at: datetime | None = None
    text: str | None = None
    text_from: TextFrom | None = None
    summary: str | None = None
    doc_no: str | None = None
    written_on: date | None = None
    index_no: str | None = None
    hops: list[str] = Field(description="Where it came along, the source first.")
    seen_at: datetime
    state: EntryState
    message: str | None = Field(default=None, description="Why it is where it is, in Chinese.")
    same_as: Sameness | None = None
    rule: int | None = Field(default=None, description="The place of the rule that matched.")
    item_id: UUID | None = None
    directive: ProposedDirective | None = Field(default=None, description="What is proposed.")
    directive_id: UUID | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    changed: bool = Field(description="It changed upstream, and nobody noted that yet.")
    former: list[FormerText] = []
    withdrawn_at: datetime | None = Field(
        default=None, description="When its feed told that it was withdrawn."
    )
    version: int


class Acceptance(Strict):
    """Where an entry is to stand as a draft."""

    kind: ItemKind
    column_id: UUID
    text: Prose | None = Field(default=None, description="Needed where no text could be read.")


class Dismissal(Strict):
    """Why an entry is not taken up."""

    reason: Reason


class UpstreamEntrySettled(Event, type="content.upstream_entry.settled", subject="entry_id"):
    """An entry became a draft, stays in the tray, is known already, or was dismissed."""

    entry_id: UUID
    feed_id: UUID
    organization: str
    title: str
    state: EntryState
    item_id: UUID | None = None


class UpstreamEntryChanged(Event, type="content.upstream_entry.changed", subject="entry_id"):
    """An entry that was taken in reads otherwise upstream now, or was withdrawn there."""

    entry_id: UUID
    feed_id: UUID
    organization: str
    title: str
    item_id: UUID | None = None
    withdrawn: bool = False
