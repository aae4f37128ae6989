"""Lexicons, one method for each thing the schema asks of them."""

from dataclasses import dataclass

from gateway.upstream import Upstream, segment
from shared.contracts.lexicons import Lexicon, LexiconSummary, Wordlist


@dataclass(frozen=True)
class LexiconsClient:
    """The words texts are checked against, on behalf of one reader."""

    upstream: Upstream

    async def lexicons(self) -> list[LexiconSummary]:
        """Return every lexicon without its words."""
        return await self.upstream.get(list[LexiconSummary], "/v1/lexicons")

    async def lexicon(self, name: str) -> Lexicon:
        """Return a lexicon with its words."""
        return await self.upstream.get(Lexicon, f"/v1/lexicons/{segment(name)}")

    async def supply_lexicon(
        self, name: str, wordlist: Wordlist, version: int | None
    ) -> LexiconSummary:
        """Supply a lexicon or replace all its words."""
        path = f"/v1/lexicons/{segment(name)}"
        return await self.upstream.post(
            LexiconSummary, path, wordlist, version=version, method="PUT"
        )
