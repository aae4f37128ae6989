"""Questions about evaluations."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.evaluation.models import Evaluation
from services.interaction.mailbox.letters import queries as letters
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts.evaluation import LetterEvaluation, ReadEvaluation
from shared.contracts.letters import Satisfaction
from shared.contracts.page import Page
from shared.pagination import Asked, Listing

EVALUATIONS = Listing("letter-evaluations", LetterEvaluation, [(Evaluation.id, UUID)])


async def evaluations(
    session: AsyncSession, actor: Actor, satisfaction: Satisfaction | None, asked: Asked
) -> Page[LetterEvaluation]:
    """Return one page of evaluations of letters to one's sites or answered by one's units."""
    question = select(Evaluation).where(
        or_(
            reached(actor, Permission.DISPATCH, Evaluation.sponsoring),
            reached(actor, Permission.REVIEW_ANSWER, Evaluation.sponsoring),
            reached(actor, Permission.REVIEW_ANSWER, Evaluation.organization),
        )
    )
    if satisfaction is not None:
        question = question.where(Evaluation.satisfaction == satisfaction)
    return await EVALUATIONS.turn(session, question, asked)


async def evaluations_of(
    session: AsyncSession, actor: Actor, letter_id: UUID, keyring: Keyring
) -> list[ReadEvaluation]:
    """Return every evaluation of a letter within the actor's authority, the first first."""
    letter = await letters.letter(session, actor, letter_id)
    key = letters.key_of(letter, keyring)
    question = select(Evaluation).where(Evaluation.letter_id == letter.id)
    return [
        ReadEvaluation(
            **LetterEvaluation.model_validate(found, from_attributes=True).model_dump(),
            comment=found.sealed_comment and key.open(found.sealed_comment, "comment"),
        )
        for found in await session.scalars(question.order_by(Evaluation.round))
    ]
