"""Questions about interviews, what was asked in them, and what was said."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.interviews.conduct import PUBLIC
from services.interaction.participation.interviews.models import (
    Interview,
    Question,
    TranscriptEntry,
)
from services.interaction.participation.voices.opening import for_moderation, for_participant
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import interviews as contracts
from shared.contracts.interviews import InterviewState
from shared.contracts.page import Page
from shared.contracts.voices import VoiceState
from shared.pagination import Asked, Listing
from shared.problem import NotFound

BY_ID = [(Interview.id, UUID)]
LISTED = Listing("public-interviews", contracts.PublicInterview, BY_ID)
HELD_BY_US = Listing("interviews", contracts.Interview, BY_ID)
ASKED = Listing(
    "public-questions", contracts.PublicQuestion, [(Question.id, UUID)], newest_first=False
)
QUESTIONS = Listing(
    "questions", contracts.InterviewQuestion, [(Question.id, UUID)], newest_first=False
)
ENTRIES = Listing(
    "transcript", contracts.TranscriptEntry, [(TranscriptEntry.sequence, int)], newest_first=False
)


class Head(NamedTuple):
    """How far an interview is, and which entry is its last."""

    state: InterviewState
    last: int


class Unsettled(NamedTuple):
    """How many questions wait for moderation, and how many for an answer."""

    held: int
    unanswered: int


def holds(actor: Actor) -> ColumnElement[bool]:
    """Select the interviews an actor may know of before, and more of than, the public."""
    return or_(
        *(
            reached(actor, permission, Interview.sponsoring, site=Interview.site_code)
            for permission in (Permission.EDIT, Permission.REVIEW, Permission.DISPATCH)
        )
    )


async def listed(
    session: AsyncSession, site_code: str | None, state: InterviewState | None, asked: Asked
) -> Page[contracts.PublicInterview]:
    """Return one page of the interviews everyone may read of, the latest first."""
    question = _filtered(select(Interview).where(Interview.state.in_(PUBLIC)), site_code, state)
    return await LISTED.turn(session, question, asked)


async def public(session: AsyncSession, interview_id: UUID) -> Interview:
    """Return an interview everyone may read of, or refuse."""
    question = select(Interview).where(Interview.id == interview_id, Interview.state.in_(PUBLIC))
    return _found(await session.scalar(question))


async def public_questions(
    session: AsyncSession, interview_id: UUID, asked: Asked
) -> Page[contracts.PublicQuestion]:
    """Return one page of approved questions, the earliest first."""
    await public(session, interview_id)
    question = select(Question).where(
        Question.interview_id == interview_id, Question.state == VoiceState.APPROVED
    )
    return await ASKED.turn(session, question, asked)


async def transcript(
    session: AsyncSession, interview_id: UUID, asked: Asked
) -> Page[contracts.TranscriptEntry]:
    """Return one page of what was said, in order."""
    await public(session, interview_id)
    return await ENTRIES.turn(session, _said(interview_id), asked)


async def entries_after(
    session: AsyncSession, interview_id: UUID, after: int, most: int
) -> list[contracts.TranscriptEntry]:
    """Return what was said after an entry, in order."""
    question = _said(interview_id).where(TranscriptEntry.sequence > after)
    rows = await session.scalars(question.order_by(TranscriptEntry.sequence).limit(most))
    return [contracts.TranscriptEntry.model_validate(row, from_attributes=True) for row in rows]


async def heads(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Head]:
    """Return how far each of the interviews is that everyone may read of."""
    last = func.coalesce(func.max(TranscriptEntry.sequence), 0)
    question = (
        select(Interview.id, Interview.state, last)
        .outerjoin(TranscriptEntry, TranscriptEntry.interview_id == Interview.id)
        .where(Interview.id.in_(ids), Interview.state.in_(PUBLIC))
        .group_by(Interview.id)
    )
    return {row[0]: Head(row[1], row[2]) for row in await session.execute(question)}


async def status(session: AsyncSession, number: str, keyring: Keyring) -> contracts.QuestionStatus:
    """Return what became of the question with this number, which is there."""
    question = select(Question, Interview.title).join(
        Interview, Interview.id == Question.interview_id
    )
    found, title = (await session.execute(question.where(Question.number == number))).one()
    became = {
        "interview_id": found.interview_id,
        "title": title,
        "answered_in": found.answered_in,
    }
    return for_participant(contracts.QuestionStatus, found, keyring, **became)


async def held_by(
    session: AsyncSession,
    actor: Actor,
    asked: Asked,
    *,
    site_code: str | None,
    state: InterviewState | None,
) -> Page[contracts.Interview]:
    """Return one page of the interviews an actor has to do with, the latest first."""
    question = _filtered(select(Interview).where(holds(actor)), site_code, state)
    return await HELD_BY_US.turn(session, question, asked)


async def interview(
    session: AsyncSession, actor: Actor, interview_id: UUID, *, locked: bool = False
) -> Interview:
    """Return an interview an actor has to do with, or refuse as if there were none."""
    question = select(Interview).where(Interview.id == interview_id, holds(actor))
    if locked:
        question = question.with_for_update()
    return _found(await session.scalar(question))


async def interview_of(session: AsyncSession, actor: Actor, question_id: UUID) -> Interview:
    """Return the interview of a question, locked, or refuse as if there were none.

    It is locked before its parts everywhere, so that no two acts wait for each other.
    """
    question = (
        select(Interview)
        .join(Question, Question.interview_id == Interview.id)
        .where(Question.id == question_id, holds(actor))
    )
    found = await session.scalar(question.with_for_update(of=Interview))
    if found is None:
        raise NotFound("没有这个提问。")
    return found


async def open_to_all(session: AsyncSession, interview_id: UUID) -> Interview:
    """Return an interview the public knows of, which will not change until this is done."""
    question = select(Interview).where(Interview.id == interview_id, Interview.state.in_(PUBLIC))
    return _found(await session.scalar(question.with_for_update(read=True)))


async def questions(
    session: AsyncSession,
    actor: Actor,
    interview_id: UUID,
    asked: Asked,
    *,
    state: VoiceState | None,
    answered: bool | None,
) -> Page[contracts.InterviewQuestion]:
    """Return one page of an interview's questions, the earliest first, sealed."""
    await interview(session, actor, interview_id)
    question = select(Question).where(Question.interview_id == interview_id)
    if state is not None:
        question = question.where(Question.state == state)
    if answered is not None:
        question = question.where(Question.answered_in.is_not(None) == answered)
    return await QUESTIONS.turn(session, question, asked)


async def opened_question(
    session: AsyncSession, actor: Actor, question_id: UUID, keyring: Keyring
) -> contracts.OpenedQuestion:
    """Return a question unsealed to those who moderate, or refuse as if there were none."""
    question = (
        select(Question)
        .join(Interview, Interview.id == Question.interview_id)
        .where(Question.id == question_id, holds(actor))
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这个提问。")
    return for_moderation(contracts.OpenedQuestion, found, keyring)


async def last_sequence(session: AsyncSession, interview_id: UUID) -> int:
    """Return the sequence of the last entry, none being nought."""
    question = select(func.max(TranscriptEntry.sequence)).where(
        TranscriptEntry.interview_id == interview_id
    )
    return await session.scalar(question) or 0


async def entry(
    session: AsyncSession, interview_id: UUID, sequence: int
) -> TranscriptEntry | None:
    """Return one entry, whose interview is locked."""
    return await session.get(TranscriptEntry, (interview_id, sequence))


async def entered(session: AsyncSession, interview_id: UUID, actor: Actor) -> bool:
    """Say whether an actor entered something of what was said."""
    question = select(
        exists().where(
            TranscriptEntry.interview_id == interview_id, TranscriptEntry.entered_by == actor.id
        )
    )
    return bool(await session.scalar(question))


async def unsettled(session: AsyncSession, interview_id: UUID) -> Unsettled:
    """Return how many questions still wait for somebody."""
    approved = Question.state == VoiceState.APPROVED
    question = select(
        func.count().filter(Question.state == VoiceState.HELD),
        func.count().filter(approved, Question.answered_in.is_(None)),
    ).where(Question.interview_id == interview_id)
    row = (await session.execute(question)).one()
    return Unsettled(row[0], row[1])


async def asked_and_answered(session: AsyncSession, interview_id: UUID) -> tuple[int, int]:
    """Return how many questions came, and how many were answered."""
    question = select(func.count(), func.count().filter(Question.answered_in.is_not(None))).where(
        Question.interview_id == interview_id
    )
    row = (await session.execute(question)).one()
    return row[0], row[1]


async def standing(session: AsyncSession, interview_id: UUID) -> Sequence[TranscriptEntry]:
    """Return every entry that nothing replaced, in order, with the question it answers."""
    question = _said(interview_id).where(TranscriptEntry.replaced_by.is_(None))
    return (await session.scalars(question.order_by(TranscriptEntry.sequence))).all()


def _said(interview_id: UUID) -> Select[TranscriptEntry]:
    return (
        select(TranscriptEntry)
        .options(joinedload(TranscriptEntry.question))
        .where(TranscriptEntry.interview_id == interview_id)
    )


def _filtered(
    question: Select[Interview], site_code: str | None, state: InterviewState | None
) -> Select[Interview]:
    if site_code is not None:
        question = question.where(Interview.site_code == site_code)
    if state is not None:
        question = question.where(Interview.state == state)
    return question


def _found(found: Interview | None) -> Interview:
    if found is None:
        raise NotFound("没有这场访谈。")
    return found
