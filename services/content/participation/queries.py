"""Questions about what participation told."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.participation.models import ParticipationText
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import participation_texts as contracts
from shared.contracts.page import Page
from shared.contracts.participation import ParticipationMoment
from shared.contracts.participation_texts import TextState
from shared.pagination import Asked, Listing
from shared.problem import NotFound

TEXTS = Listing("participation-texts", contracts.ParticipationText, [(ParticipationText.id, UUID)])


async def texts(
    session: AsyncSession,
    actor: Actor,
    asked: Asked,
    *,
    site_code: str | None,
    subject_id: UUID | None,
    state: TextState | None,
) -> Page[contracts.ParticipationText]:
    """Return one page of the texts an actor may know of, newest first."""
    question = _known(actor)
    for column, wanted in (
        (ParticipationText.site_code, site_code),
        (ParticipationText.subject_id, subject_id),
        (ParticipationText.state, state),
    ):
        if wanted is not None:
            question = question.where(column == wanted)
    return await TEXTS.turn(session, question, asked)


async def text(session: AsyncSession, actor: Actor, text_id: UUID) -> ParticipationText:
    """Return a text an actor may know of, or refuse as if there were none."""
    return _found(await session.scalar(_known(actor).where(ParticipationText.id == text_id)))


async def text_to_settle(session: AsyncSession, actor: Actor, text_id: UUID) -> ParticipationText:
    """Return a text an actor may know of, locked."""
    question = _known(actor).where(ParticipationText.id == text_id)
    return _found(await session.scalar(question.with_for_update()))


async def is_told(session: AsyncSession, subject_id: UUID, moment: ParticipationMoment) -> bool:
    """Say whether this moment of a subject was told before."""
    question = select(ParticipationText.id).where(
        ParticipationText.subject_id == subject_id, ParticipationText.moment == moment
    )
    return await session.scalar(question) is not None


def _known(actor: Actor) -> Select[ParticipationText]:
    may = reached(
        actor,
        Permission.READ_DRAFTS,
        ParticipationText.sponsoring,
        site=ParticipationText.site_code,
    )
    return select(ParticipationText).where(may)


def _found(found: ParticipationText | None) -> ParticipationText:
    if found is None:
        raise NotFound("没有这份互动文稿。")
    return found
