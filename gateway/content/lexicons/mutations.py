"""What those who keep lexicons do."""

from typing import Annotated

import strawberry

from gateway.arguments import VersionOrNew
from gateway.content.lexicons.types import WordlistInput
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts.lexicons import LexiconSummary

LexiconOrProblem = Annotated[LexiconSummary | Problem, strawberry.union("LexiconOrProblem")]


@strawberry.type
class LexiconsMutation:
    """Supplying the words that texts are checked against."""

    @strawberry.mutation(
        description="Supply a lexicon or replace all its words; open drafts are checked anew."
    )
    async def supply_lexicon(
        self, info: Info, name: str, input: WordlistInput, version: VersionOrNew = None
    ) -> LexiconOrProblem:
        """Supply a lexicon."""
        return await info.context.content.supply_lexicon(name, input, version)
