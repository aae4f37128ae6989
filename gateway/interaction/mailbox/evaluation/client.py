"""Evaluation, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.admission import showing
from gateway.upstream import Upstream, segment
from shared.contracts.evaluation import (
    Closure,
    EvaluationInvitation,
    LetterEvaluation,
    NewEvaluation,
    NewLink,
    ReadEvaluation,
    Reopening,
)
from shared.contracts.letters import Letter, Satisfaction
from shared.contracts.opened_letters import ReopenedLetter
from shared.contracts.page import Page


@dataclass(frozen=True)
class EvaluationClient:
    """Evaluation on behalf of one reader."""

    upstream: Upstream

    async def evaluate_own_letter(
        self, number: str, query_code: str, proof: str | None, new: NewEvaluation
    ) -> LetterEvaluation:
        """Evaluate the answer to a letter as whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}/evaluation"
        return await self.upstream.showing(showing(query_code, proof)).post(
            LetterEvaluation, path, new
        )

    async def reopen_own_letter(
        self, number: str, query_code: str, proof: str | None, why: Reopening
    ) -> ReopenedLetter:
        """Have a letter taken up again as whoever has its query code."""
        path = f"/v1/public/letters/{segment(number)}/reopening"
        return await self.upstream.showing(showing(query_code, proof)).post(
            ReopenedLetter, path, why
        )

    async def evaluation_invitation(self, token: str) -> EvaluationInvitation:
        """Return what a link asks to be evaluated."""
        return await self.upstream.showing({"X-Evaluation-Token": segment(token)}).get(
            EvaluationInvitation, "/v1/public/evaluation"
        )

    async def evaluate_by_link(self, token: str, new: NewEvaluation) -> LetterEvaluation:
        """Evaluate the answer that a link was given for."""
        return await self.upstream.showing({"X-Evaluation-Token": segment(token)}).post(
            LetterEvaluation, "/v1/public/evaluation", new
        )

    async def give_evaluation_link(self, letter_id: UUID) -> NewLink:
        """Return a link by which a letter's latest answer is evaluated once."""
        return await self.upstream.post(NewLink, f"/v1/letters/{letter_id}/evaluation-link")

    async def letter_evaluations(self, letter_id: UUID) -> list[ReadEvaluation]:
        """Return what a letter's writer said of each answer."""
        path = f"/v1/letters/{letter_id}/evaluations"
        return await self.upstream.get(list[ReadEvaluation], path)

    async def evaluations(
        self, satisfaction: Satisfaction | None, first: int, after: str | None
    ) -> Page[LetterEvaluation]:
        """Return a page of evaluations."""
        return await self.upstream.get(
            Page[LetterEvaluation],
            "/v1/letter-evaluations",
            satisfaction=satisfaction,
            first=first,
            after=after,
        )

    async def reopen_letter(self, letter_id: UUID, why: Reopening, version: int) -> Letter:
        """Take a letter up again."""
        path = f"/v1/letters/{letter_id}/reopening"
        return await self.upstream.post(Letter, path, why, version=version)

    async def close_letter(self, letter_id: UUID, closure: Closure, version: int) -> Letter:
        """End an answered letter."""
        path = f"/v1/letters/{letter_id}/closure"
        return await self.upstream.post(Letter, path, closure, version=version)
