"""What may be asked of the words that texts are checked against."""

import strawberry

from gateway.context import Info
from gateway.problem import find
from shared.contracts.lexicons import Lexicon, LexiconSummary


@strawberry.type
class LexiconsQuery:
    """Lexicons, with their words for those who may replace them."""

    @strawberry.field(description="Every lexicon texts are checked against, without its words.")
    async def lexicons(self, info: Info) -> list[LexiconSummary]:
        """Return the lexicons by name."""
        return await info.context.content.lexicons()

    @strawberry.field(description="One lexicon with its words, to those who may replace them.")
    async def lexicon(self, info: Info, name: str) -> Lexicon | None:
        """Return a lexicon, if there is one of that name."""
        return await find(info.context.content.lexicon(name))
