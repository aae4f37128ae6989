"""Questions about consultations, their opinions and what became of them."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager

from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.consultations.conduct import PUBLIC
from services.interaction.participation.consultations.models import (
    Consultation,
    ConsultationAnswer,
    Opinion,
)
from services.interaction.participation.voices.opening import for_moderation, for_participant
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import consultations as contracts
from shared.contracts.consultations import ConsultationState
from shared.contracts.consulting import AdoptionDecision
from shared.contracts.page import Page
from shared.contracts.voices import VoiceState
from shared.pagination import Asked, Listing
from shared.problem import NotFound

BY_ID = [(Consultation.id, UUID)]
LISTED = Listing("public-consultations", contracts.PublicConsultation, BY_ID)
HELD_BY_US = Listing("consultations", contracts.Consultation, BY_ID)
READ_BY_ALL = Listing(
    "public-opinions", contracts.PublicOpinion, [(Opinion.id, UUID)], newest_first=False
)
OPINIONS = Listing("opinions", contracts.Opinion, [(Opinion.id, UUID)], newest_first=False)
OF_ANSWERS = [(ConsultationAnswer.id, UUID)]
PUBLIC_ANSWERS = Listing("public-answers", contracts.PublicAnswer, OF_ANSWERS, newest_first=False)
ANSWERS = Listing("answers", contracts.ConsultationAnswer, OF_ANSWERS, newest_first=False)


class Unsettled(NamedTuple):
    """How many opinions wait for moderation, and how many for an answer."""

    held: int
    unanswered: int


def holds(actor: Actor) -> ColumnElement[bool]:
    """Select the consultations an actor may know of before, and more of than, the public."""
    return or_(
        *(
            reached(actor, permission, Consultation.sponsoring, site=Consultation.site_code)
            for permission in (Permission.EDIT, Permission.REVIEW, Permission.DISPATCH)
        )
    )


async def listed(
    session: AsyncSession, site_code: str | None, state: ConsultationState | None, asked: Asked
) -> Page[contracts.PublicConsultation]:
    """Return one page of the consultations everyone may read of, the latest first."""
    question = select(Consultation).where(Consultation.state.in_(PUBLIC))
    if site_code is not None:
        question = question.where(Consultation.site_code == site_code)
    if state is not None:
        question = question.where(Consultation.state == state)
    return await LISTED.turn(session, question, asked)


async def public(session: AsyncSession, consultation_id: UUID) -> contracts.OpenedConsultation:
    """Return a consultation with its draft and how many approved opinions there are."""
    found = await _public(session, consultation_id)
    counting = (
        select(Opinion.paragraph, func.count())
        .where(Opinion.consultation_id == found.id, Opinion.state == VoiceState.APPROVED)
        .group_by(Opinion.paragraph)
    )
    counts = {row[0]: row[1] for row in await session.execute(counting)}
    of_all = contracts.PublicConsultation.model_validate(found, from_attributes=True)
    return contracts.OpenedConsultation(
        **of_all.model_dump(),
        paragraphs=[
            contracts.DraftParagraph(number=number, text=text, opinions=counts.get(number, 0))
            for number, text in enumerate(found.paragraphs, 1)
        ],
        opinions=sum(counts.values()),
    )


async def public_opinions(
    session: AsyncSession, consultation_id: UUID, paragraph: int | None, asked: Asked
) -> Page[contracts.PublicOpinion]:
    """Return one page of approved opinions, the earliest first."""
    await _public(session, consultation_id)
    question = _with_public_answer().where(
        Opinion.consultation_id == consultation_id, Opinion.state == VoiceState.APPROVED
    )
    if paragraph is not None:
        question = question.where(Opinion.paragraph == paragraph)
    return await READ_BY_ALL.turn(session, question, asked)


async def public_answers(
    session: AsyncSession, consultation_id: UUID, asked: Asked
) -> Page[contracts.PublicAnswer]:
    """Return one page of a published report's answers."""
    found = await _public(session, consultation_id)
    question = (
        select(ConsultationAnswer)
        .join(Consultation, Consultation.id == ConsultationAnswer.consultation_id)
        .where(Consultation.id == found.id, Consultation.state == ConsultationState.CLOSED)
    )
    return await PUBLIC_ANSWERS.turn(session, question, asked)


async def status(session: AsyncSession, number: str, keyring: Keyring) -> contracts.OpinionStatus:
    """Return what became of the opinion with this number, which is there."""
    question = _with_public_answer().add_columns(Consultation.title)
    opinion, title = (await session.execute(question.where(Opinion.number == number))).one()
    answer = opinion.answer
    became = {
        "consultation_id": opinion.consultation_id,
        "title": title,
        "paragraph": opinion.paragraph,
        "answer": answer and contracts.OpinionAnswer.model_validate(answer, from_attributes=True),
    }
    return for_participant(contracts.OpinionStatus, opinion, keyring, **became)


async def held_by(
    session: AsyncSession,
    actor: Actor,
    asked: Asked,
    *,
    site_code: str | None,
    state: ConsultationState | None,
) -> Page[contracts.Consultation]:
    """Return one page of the consultations an actor has to do with, the latest first."""
    question = select(Consultation).where(holds(actor))
    if site_code is not None:
        question = question.where(Consultation.site_code == site_code)
    if state is not None:
        question = question.where(Consultation.state == state)
    return await HELD_BY_US.turn(session, question, asked)


async def consultation(
    session: AsyncSession, actor: Actor, consultation_id: UUID, *, locked: bool = False
) -> Consultation:
    """Return a consultation an actor has to do with, or refuse as if there were none."""
    question = select(Consultation).where(Consultation.id == consultation_id, holds(actor))
    if locked:
        question = question.with_for_update()
    return _found(await session.scalar(question))


async def open_to_all(session: AsyncSession, consultation_id: UUID) -> Consultation:
    """Return a consultation the public knows of, which will not change until this is done."""
    question = select(Consultation).where(
        Consultation.id == consultation_id, Consultation.state.in_(PUBLIC)
    )
    return _found(await session.scalar(question.with_for_update(read=True)))


async def opinions(
    session: AsyncSession,
    actor: Actor,
    consultation_id: UUID,
    asked: Asked,
    *,
    state: VoiceState | None,
    answered: bool | None,
) -> Page[contracts.Opinion]:
    """Return one page of a consultation's opinions, the earliest first, sealed."""
    await consultation(session, actor, consultation_id)
    question = select(Opinion).where(Opinion.consultation_id == consultation_id)
    if state is not None:
        question = question.where(Opinion.state == state)
    if answered is not None:
        question = question.where(Opinion.answer_id.is_not(None) == answered)
    return await OPINIONS.turn(session, question, asked)


async def opened_opinion(
    session: AsyncSession, actor: Actor, opinion_id: UUID, keyring: Keyring
) -> contracts.OpenedOpinion:
    """Return an opinion unsealed to those who moderate, or refuse as if there were none."""
    question = (
        select(Opinion)
        .join(Consultation, Consultation.id == Opinion.consultation_id)
        .where(Opinion.id == opinion_id, holds(actor))
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这条意见。")
    return for_moderation(contracts.OpenedOpinion, found, keyring)


async def consultation_of(
    session: AsyncSession, actor: Actor, kind: type[Opinion | ConsultationAnswer], part_id: UUID
) -> Consultation:
    """Return the consultation of an opinion or answer, locked, or refuse as if there were none.

    It is locked before its parts everywhere, so that no two acts wait for each other.
    """
    question = (
        select(Consultation)
        .join(kind, kind.consultation_id == Consultation.id)
        .where(kind.id == part_id, holds(actor))
    )
    found = await session.scalar(question.with_for_update(of=Consultation))
    if found is None:
        raise NotFound("没有这条意见或采纳情况。")
    return found


async def answers(
    session: AsyncSession, actor: Actor, consultation_id: UUID, asked: Asked
) -> Page[contracts.ConsultationAnswer]:
    """Return one page of the answers given so far."""
    await consultation(session, actor, consultation_id)
    question = select(ConsultationAnswer).where(
        ConsultationAnswer.consultation_id == consultation_id
    )
    return await ANSWERS.turn(session, question, asked)


async def unsettled(session: AsyncSession, consultation_id: UUID) -> Unsettled:
    """Return how many opinions still wait for somebody."""
    approved = Opinion.state == VoiceState.APPROVED
    question = select(
        func.count().filter(Opinion.state == VoiceState.HELD),
        func.count().filter(approved, Opinion.answer_id.is_(None)),
    ).where(Opinion.consultation_id == consultation_id)
    row = (await session.execute(question)).one()
    return Unsettled(row[0], row[1])


async def decided(session: AsyncSession, consultation_id: UUID) -> Mapping[AdoptionDecision, int]:
    """Return how many opinions were adopted, partly, and not."""
    question = (
        select(ConsultationAnswer.decision, func.count())
        .join(Opinion, Opinion.answer_id == ConsultationAnswer.id)
        .where(ConsultationAnswer.consultation_id == consultation_id)
        .group_by(ConsultationAnswer.decision)
    )
    return {row[0]: row[1] for row in await session.execute(question)}


async def answers_given(session: AsyncSession, consultation_id: UUID) -> list[ConsultationAnswer]:
    """Return every answer, in the order they were given."""
    question = select(ConsultationAnswer).where(
        ConsultationAnswer.consultation_id == consultation_id
    )
    return list(await session.scalars(question.order_by(ConsultationAnswer.id)))


def _with_public_answer() -> Select[Opinion]:
    """Ask for opinions with the answer everyone may read: none before the report is public."""
    public_answer = and_(
        ConsultationAnswer.id == Opinion.answer_id, Consultation.state == ConsultationState.CLOSED
    )
    return (
        select(Opinion)
        .join(Consultation, Consultation.id == Opinion.consultation_id)
        .outerjoin(ConsultationAnswer, public_answer)
        .options(contains_eager(Opinion.answer))
    )


async def _public(session: AsyncSession, consultation_id: UUID) -> Consultation:
    question = select(Consultation).where(
        Consultation.id == consultation_id, Consultation.state.in_(PUBLIC)
    )
    return _found(await session.scalar(question))


def _found(found: Consultation | None) -> Consultation:
    if found is None:
        raise NotFound("没有这项征集。")
    return found
