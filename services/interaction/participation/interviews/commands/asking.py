"""Asking in an interview, following one's question, and letting questions be read or not."""

from uuid import UUID

from services.interaction.citizens import commands as citizens
from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.interviews import queries
from services.interaction.participation.interviews.conduct import (
    Act,
    AnsweredAlready,
    advance,
)
from services.interaction.participation.interviews.models import Question
from services.interaction.participation.voices import queries as voices
from services.interaction.participation.voices.commands import Series, moderate, seal
from shared.auth import Permission
from shared.contracts.interviewing import NewQuestion
from shared.contracts.interviews import QuestionModerated, QuestionReceived, QuestionStatus
from shared.contracts.voices import Moderation, VoiceReceipt, VoiceState
from shared.sealing import Chance
from shared.uow import UnitOfWork, expect

SIGN = "w"
"""问题: sets the numbers of questions apart from those of letters and opinions."""


async def ask(
    uow: UnitOfWork, interview_id: UUID, new: NewQuestion, keyring: Keyring, chance: Chance
) -> VoiceReceipt:
    """Take a question in and seal it; nobody reads it before a person let it be read."""
    of = await queries.open_to_all(uow.session, interview_id)
    advance(of.state, Act.ASK)
    question, receipt = seal(
        Question,
        Series(of.site_code, SIGN),
        new,
        keyring,
        chance,
        now=uow.now,
        interview_id=of.id,
        state=VoiceState.HELD,
    )
    uow.session.add(question)
    uow.announce(
        QuestionReceived(question_id=question.id, interview_id=of.id, number=question.number)
    )
    return receipt


async def follow(
    uow: UnitOfWork, number: str, shown: ShownCode, keyring: Keyring
) -> QuestionStatus | None:
    """Return what became of a question to whoever shows its code; a wrong one gives nothing."""
    number = as_issued(number)
    kept = await voices.code(uow.session, Question, number)
    if not await citizens.recognize(uow, number, shown, kept, keyring):
        return None
    return await queries.status(uow.session, number, keyring)


async def moderate_question(
    uow: UnitOfWork,
    question_id: UUID,
    given: Moderation,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Question:
    """Make the masked rendition of a question, or tell whoever asked why there is none."""
    of = await queries.interview_of(uow.session, uow.actor, question_id)
    question = await uow.session.get_one(Question, question_id, with_for_update=True)
    uow.actor.require(Permission.DISPATCH, of.sponsoring, site_code=of.site_code)
    expect(version, question.version)
    of.state = advance(of.state, Act.MODERATE)
    if question.answered_in is not None:
        raise AnsweredAlready(answered_in=question.answered_in)
    moderate(uow, question, given, keyring, chance)
    uow.announce(
        QuestionModerated(
            question_id=question.id,
            interview_id=of.id,
            number=question.number,
            state=question.state,
        )
    )
    return question
