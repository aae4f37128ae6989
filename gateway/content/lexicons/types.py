"""Lexicons and their words as GraphQL types."""

from typing import Annotated

import strawberry
from pydantic import Field

from shared.contracts import lexicons

for plain in (lexicons.Entry, lexicons.LexiconSummary, lexicons.Lexicon):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.input(description=lexicons.Entry.__doc__)
class EntryInput(lexicons.Entry):
    """A word as it is sent."""


@strawberry.pydantic.input(description=lexicons.Wordlist.__doc__)
class WordlistInput(lexicons.Wordlist):
    """A lexicon's contents as they are sent."""

    entries: Annotated[tuple[EntryInput, ...], Field(max_length=20_000)]
