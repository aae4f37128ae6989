"""Questions about days of duty, swaps and hand-over notes."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from services.interaction.citizens.sealing import Keyring, Wrapped, WritingKey
from services.interaction.duty.attendance import person_of
from services.interaction.duty.models import Change, Desk, Duty, Member, SealedNote, Swap
from services.interaction.duty.queries import presence, reaching
from services.interaction.group import queries as group
from shared.auth import Actor
from shared.business_day import business_date
from shared.contracts import duty as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound


class StoredNote(BaseModel):
    """A note on its way from the table to its readers."""

    id: UUID
    duty_id: UUID
    on: date
    author: str
    written_at: datetime
    wrapped_key: bytes
    wrapped_by: str
    sealed: bytes


DUTIES = Listing(
    "duties",
    contracts.Duty,
    [(Duty.on, date.fromisoformat), (Duty.id, UUID)],
    newest_first=False,
)
SWAPS = Listing("duty-swaps", contracts.DutySwap, [(Swap.id, UUID)])
NOTE = "note"
"""What a note's text is sealed as."""
NOTES = Listing("handover-notes", StoredNote, [(SealedNote.id, UUID)])
EAGER = (contains_eager(Duty.desk), joinedload(Duty.member))


async def duties(
    session: AsyncSession,
    actor: Actor,
    code: str,
    since: date | None,
    until: date | None,
    asked: Asked,
) -> Page[contracts.Duty]:
    """Return one page of a desk's published days in their order."""
    found = await reaching.standing(session, actor, code)
    question = select(Duty).join(Duty.desk).options(*EAGER).where(Duty.desk_id == found.desk.id)
    return await DUTIES.turn(session, _between(question, since, until), asked)


async def own(
    session: AsyncSession, actor: Actor, since: date | None, until: date | None, asked: Asked
) -> Page[contracts.Duty]:
    """Return one page of the days that the actor has, at whatever desks, in their order."""
    question = (
        select(Duty)
        .join(Duty.desk)
        .join(Duty.member)
        .options(contains_eager(Duty.desk), contains_eager(Duty.member))
        .where(Member.person_id == person_of(actor.id), ~Duty.struck)
    )
    return await DUTIES.turn(session, _between(question, since, until), asked)


async def opened(session: AsyncSession, actor: Actor, duty_id: UUID) -> contracts.OpenedDuty:
    """Return a day with all that happened to it, or refuse as if there were none."""
    question = (
        select(Duty)
        .join(Duty.desk)
        .options(*EAGER)
        .where(Duty.id == duty_id, reaching.known_to(actor))
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这个值班日。")
    changes = (
        select(Change)
        .options(joinedload(Change.had_it), joinedload(Change.has_it))
        .where(Change.duty_id == duty_id)
        .order_by(Change.id)
    )
    shown = contracts.Duty.model_validate(found, from_attributes=True)
    return contracts.OpenedDuty(
        **shown.model_dump(),
        changes=[
            contracts.DutyChange.model_validate(change, from_attributes=True)
            for change in await session.scalars(changes)
        ],
    )


async def now(session: AsyncSession, actor: Actor, code: str, at: datetime) -> contracts.DutyNow:
    """Return how a desk stands at this moment."""
    desk = (await reaching.standing(session, actor, code)).desk
    day, calendar = business_date(at), await group.calendar(session)
    duty = await presence.today(session, desk.organization, at)
    return contracts.DutyNow(
        organization=desk.organization,
        on=day,
        working_day=calendar.is_workday(day),
        day_label=calendar.kind(day),
        provisional=calendar.is_provisional(day.year),
        duty=duty and contracts.Duty.model_validate(duty, from_attributes=True),
        on_duty=presence.now_there(duty, at),
        leaders=list(await presence.leaders(session, desk.organization, at)),
    )


async def swaps(
    session: AsyncSession,
    actor: Actor,
    code: str,
    state: contracts.SwapState | None,
    asked: Asked,
) -> Page[contracts.DutySwap]:
    """Return one page of a desk's swaps, the latest first: all, or those one is part of."""
    found = await reaching.standing(session, actor, code)
    question = (
        select(Swap)
        .options(
            joinedload(Swap.duty, innerjoin=True),
            joinedload(Swap.return_duty),
            joinedload(Swap.asker, innerjoin=True),
            joinedload(Swap.asked, innerjoin=True),
        )
        .where(Swap.desk_id == found.desk.id)
    )
    if state is not None:
        question = question.where(Swap.state == state)
    if not found.keeps:
        question = question.where(
            or_(Swap.asker_id == found.member_id, Swap.asked_id == found.member_id)
        )
    return await SWAPS.turn(session, question, asked)


async def notes(
    session: AsyncSession, desk: Desk, keyring: Keyring, asked: Asked
) -> Page[contracts.HandoverNote]:
    """Return one page of a desk's hand-over notes unsealed, the latest first."""
    question = (
        select(SealedNote)
        .options(
            joinedload(SealedNote.duty, innerjoin=True),
            joinedload(SealedNote.member, innerjoin=True),
        )
        .where(SealedNote.desk_id == desk.id)
    )
    page = await NOTES.turn(session, question, asked)
    items = [
        contracts.HandoverNote(
            **note.model_dump(exclude={"wrapped_key", "wrapped_by", "sealed"}),
            text=key_of(note, keyring).open(note.sealed, NOTE),
        )
        for note in page.items
    ]
    return Page(items=items, cursors=page.cursors, next=page.next)


def key_of(note: SealedNote | StoredNote, keyring: Keyring) -> WritingKey:
    """Return the key of a hand-over note."""
    return keyring.unwrap(Wrapped(note.wrapped_key, note.wrapped_by), str(note.id))


def _between(question: Select[Duty], since: date | None, until: date | None) -> Select[Duty]:
    if since is not None:
        question = question.where(Duty.on >= since)
    if until is not None:
        question = question.where(Duty.on <= until)
    return question
