"""The answer library (答复口径库): what units say to questions that come again."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import Verdict
from shared.contracts.text import Line, OrganizationCode, Reason, Strict
from shared.contracts.writing import LetterText
from shared.events import Event

Policies = Annotated[list[UUID], Field(max_length=20)]
"""Public items an answer cites, named by id."""


class LibraryEntryState(StrEnum):
    """Whether an entry may be used: never before a review, and not once it was retired."""

    WAITING = "waiting"
    IN_USE = "in_use"
    RETIRED = "retired"


class EntryText(Strict):
    """What an entry says, for whom and how long."""

    title: Annotated[Line, Field(max_length=100)]
    text: LetterText
    keywords: Annotated[list[Annotated[Line, Field(max_length=30)]], Field(max_length=20)] = []
    matter: Annotated[Line, Field(max_length=50)] | None = Field(
        default=None, description="What kind of matter it is about.", examples=["市政设施"]
    )
    policies: Policies = []
    valid_from: date | None = Field(default=None, description="At once unless named.")
    valid_until: date | None = Field(default=None, description="The last day it may be used.")

    @model_validator(mode="after")
    def _end_after_it_begins(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise PydanticCustomError("ends_before_it_begins", "It ends before it begins.")
        return self


class NewEntry(EntryText):
    """A new entry of a unit's library; it waits for its review."""

    organization: OrganizationCode


class EntryReview(Strict):
    """A reviewer's decision on exactly the edition that was read."""

    edition: Annotated[int, Field(ge=1)]
    verdict: Verdict
    reason: Reason | None = Field(default=None, description="Needed to return it.")


class Retirement(Strict):
    """Why an entry is used no more."""

    reason: Reason


class LibraryEdition(BaseModel):
    """One text an entry had, has or is to have; none is ever changed."""

    entry_id: UUID
    number: int
    title: str
    text: str
    keywords: list[str]
    matter: str | None
    policies: list[UUID]
    valid_from: date
    valid_until: date | None
    author: str
    written_at: datetime
    verdict: Verdict | None
    reviewer: str | None
    decided_at: datetime | None
    reason: str | None


class LibraryEntry(BaseModel):
    """An entry of the library of a unit, which those below it may use too."""

    id: UUID
    organization: str = Field(description="Path of the unit it belongs to.")
    organization_name: str
    state: LibraryEntryState
    state_label: str
    uses: int = Field(description="Answers that reached their writers with something of it.")
    edition: LibraryEdition | None = Field(description="As it may be used; none before a review.")
    editions: int = Field(description="How many texts it had, one that awaits review included.")
    retired_reason: str | None
    version: int


class LibraryCitation(BaseModel):
    """An answer that says something of an entry."""

    letter_id: UUID
    number: str
    round: int
    entry_id: UUID
    edition: int
    outdated: bool = Field(description="The entry says otherwise by now, ran out or was retired.")
    answered_at: datetime | None = Field(description="When it reached the writer, if it has.")


class EntryWritten(Event, type="interaction.library_entry.written", subject="entry_id"):
    """A unit wrote an edition of an entry, which awaits review."""

    entry_id: UUID
    organization: str
    edition: int


class EntryApproved(Event, type="interaction.library_entry.approved", subject="entry_id"):
    """An edition was approved, and is the one to use."""

    entry_id: UUID
    organization: str
    edition: int


class EntryReturned(Event, type="interaction.library_entry.returned", subject="entry_id"):
    """An edition was given back to its unit."""

    entry_id: UUID
    organization: str
    edition: int


class EntryRetired(Event, type="interaction.library_entry.retired", subject="entry_id"):
    """An entry is used no more."""

    entry_id: UUID
    organization: str
    edition: int | None
