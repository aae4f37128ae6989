"""Lexicons: the words a text is checked against, as versioned data."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from shared.contracts.text import Line, Strict
from shared.events import Event

LexiconName = Annotated[
    str, Field(pattern=r"^[a-z0-9](-?[a-z0-9]){1,39}$", examples=["institutions"])
]
Phrase = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=2, max_length=60, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$"
    ),
]
Note = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$"
    ),
]


class Severity(StrEnum):
    """Whether a finding keeps a text from review or only asks for a second look."""

    BLOCKING = "blocking"
    WARNING = "warning"


class LexiconKind(StrEnum):
    """What a lexicon's words are about: the classes of correctness monitoring, and two registers.

    Words about politics are supplied by the customer; the product ships none.
    """

    STATE_LEADERS = "state_leaders"
    OFFICIALS = "officials"
    LAWS = "laws"
    INSTITUTIONS = "institutions"
    CONFERENCES = "conferences"
    REGIONS = "regions"
    PHRASES = "phrases"
    DISMISSED = "dismissed"
    SENSITIVE = "sensitive"
    TYPOS = "typos"
    NAMES_AND_TITLES = "names_and_titles"
    CLOSED_DOMAINS = "closed_domains"


class Entry(Strict):
    """A word to look for and what to write instead; in a register, a name and its title."""

    word: Phrase
    right: Note | None = Field(
        default=None, description="What to write instead; the person's titles in a register."
    )
    severity: Severity | None = Field(
        default=None, description="Instead of the severity of the lexicon's kind."
    )
    note: Note | None = None
    exceptions: Annotated[tuple[Phrase, ...], Field(max_length=20)] = Field(
        default=(), description="Longer phrases in which the word is right."
    )


class Wordlist(Strict):
    """A lexicon's contents, whole: a replacement leaves nothing of what was there."""

    title: Line
    kind: LexiconKind
    source: Line = Field(description="Who supplies it, and from what.")
    entries: Annotated[tuple[Entry, ...], Field(max_length=20_000)]


class LexiconSummary(BaseModel):
    """What a lexicon is, without its words."""

    name: LexiconName
    title: Line
    kind: LexiconKind
    source: Line
    size: int = Field(description="How many entries it has.")
    digest: str = Field(description="SHA-256 of its contents.")
    built_in: bool = Field(description="It came with the software and was never replaced.")
    version: int = Field(description="0 while it is built in.")


class Lexicon(LexiconSummary):
    """A lexicon with its words."""

    entries: tuple[Entry, ...]


class LexiconChanged(Event, type="content.lexicon.changed", subject="name"):
    """A lexicon was supplied or replaced; texts should be checked anew."""

    name: str
    kind: LexiconKind
    version: int
    size: int
    digest: str
