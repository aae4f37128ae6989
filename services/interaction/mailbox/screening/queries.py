"""Questions about letters that wait for another's answer."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.mailbox.letters.models import Letter, Step
from services.interaction.mailbox.letters.queries import visible_to
from services.interaction.mailbox.screening.models import Merger
from shared.auth import Actor
from shared.contracts.letters import LetterState, LetterStep, TimelineEntry

SHARED = (LetterStep.DISPATCHED, LetterStep.TRANSFERRED, LetterStep.GIVEN_BACK)
"""The steps of a lead that tell those who wait where it is, and nothing of its writer."""


class Lead(NamedTuple):
    """Where what is merged into a letter ends up, and the version of the letter named."""

    lead_id: UUID
    version: int


async def lead_of(session: AsyncSession, actor: Actor, letter_id: UUID) -> Lead | None:
    """Return the letter that answers for this one: itself, unless it is merged."""
    lead = case((Letter.state == LetterState.MERGED, Letter.lead_id), else_=Letter.id)
    question = select(lead, Letter.version).where(Letter.id == letter_id, visible_to(actor))
    row = (await session.execute(question)).one_or_none()
    return Lead(*row) if row else None


def joined(lead_ids: Collection[UUID]) -> Select[Letter]:
    """Select the letters that wait for the answer to one of these, with their content.

    What was erased waits for nothing any more.
    """
    return (
        select(Letter)
        .where(
            Letter.lead_id.in_(lead_ids),
            Letter.state == LetterState.MERGED,
            Letter.erased_on.is_(None),
        )
        .options(joinedload(Letter.content))
    )


async def leads_others(session: AsyncSession, letter_id: UUID) -> bool:
    """Say whether letters wait for this one's answer."""
    waiting = joined([letter_id]).with_only_columns(Letter.id)
    return bool(await session.scalar(select(waiting.exists())))


async def progress(session: AsyncSession, letter: Letter) -> list[TimelineEntry]:
    """Return what happened to the lead while this letter waited: where it went, no words."""
    question = (
        select(Step)
        .join(Merger, Merger.lead_id == Step.letter_id)
        .where(
            Merger.letter_id == letter.id,
            Step.step.in_(SHARED),
            Step.at >= Merger.at,
            or_(Merger.until.is_(None), Step.at < Merger.until),
        )
        .order_by(Step.at, Step.id)
    )
    return [
        TimelineEntry(
            at=step.at,
            step=step.step,
            step_label=step.step_label,
            organization=step.organization,
            due_on=letter.due_on,
        )
        for step in await session.scalars(question)
    ]
