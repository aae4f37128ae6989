"""The register of a desk: who is on it, and who leaves it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from services.interaction.duty.commands import holding
from services.interaction.duty.models import Desk, Member, Swap
from services.interaction.duty.queries import reaching
from services.interaction.group import queries as group
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.duty import VacatedBecause
from shared.contracts.rostering import (
    DutyMemberChanged,
    DutyMemberEnrolled,
    DutyMemberLeft,
    DutyMemberTerms,
    NewDutyMember,
)
from shared.contracts.staff import PostKind
from shared.ids import new_id
from shared.problem import Conflict, Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


class AlreadyEnrolled(Conflict):
    """The person is on this desk's register already."""

    advice = "此人已在本单位值班名册中。"


async def enrol(uow: UnitOfWork, code: str, new: NewDutyMember) -> Member:
    """Put a person on a desk's register; the first one opens the desk."""
    await _open_desk(uow, code)
    desk = await reaching.lock_kept(uow.session, uow.actor, Desk.code == code)
    _check_terms(uow, desk, new, leads=False)
    known = select(Member.id).where(
        Member.desk_id == desk.id, Member.person_id == new.person_id, Member.left_on.is_(None)
    )
    if await uow.session.scalar(known) is not None:
        raise AlreadyEnrolled
    member = Member(desk=desk, since=business_date(uow.now), **new.model_dump())
    uow.session.add(member)
    await uow.session.flush()
    uow.announce(DutyMemberEnrolled(**_told(member), serves=member.serves, leads=member.leads))
    return member


async def change_member(
    uow: UnitOfWork, member_id: UUID, terms: DutyMemberTerms, *, version: int
) -> Member:
    """Say otherwise what a member is called and does; one who serves no more has no days."""
    member = await _kept(uow, member_id, version)
    _check_terms(uow, member.desk, terms, leads=member.leads)
    member.name = terms.name
    await _do(uow, member, serves=terms.serves, leads=terms.leads)
    return member


async def leave(uow: UnitOfWork, member_id: UUID, *, version: int) -> Member:
    """Let a member leave the register; the days they had are vacant."""
    member = await _kept(uow, member_id, version)
    await _leave(uow, member)
    return member


async def stand_down(uow: UnitOfWork, person_id: UUID) -> None:
    """Let a person who may log in no more leave every register."""
    for member in await _enrolled(uow, person_id):
        await _leave(uow, member)


async def vacate_post(uow: UnitOfWork, person_id: UUID, organization: str, post: str) -> None:
    """Let a person do no more at a desk what their post there was for."""
    for member in await _enrolled(uow, person_id):
        if member.desk.organization != organization:
            continue
        serves = member.serves and post != PostKind.CLERK
        leads = member.leads and post != PostKind.LEADER
        if not (serves or leads):
            await _leave(uow, member)
        elif (serves, leads) != (member.serves, member.leads):
            await _do(uow, member, serves=serves, leads=leads)


async def _open_desk(uow: UnitOfWork, code: str) -> None:
    """Make the desk of an organization that has none, for who administers it."""
    unit = await group.organization(uow.session, code)
    if unit is None:
        raise NotFound("没有这个单位。")
    if uow.actor.may(Permission.ADMINISTER, unit.path):
        row = insert(Desk).values(
            id=new_id(),
            organization_id=unit.id,
            organization=unit.path,
            code=unit.code,
            name=unit.name,
        )
        await uow.session.execute(row.on_conflict_do_nothing())


def _check_terms(uow: UnitOfWork, desk: Desk, terms: DutyMemberTerms, *, leads: bool) -> None:
    """Refuse a member who does nothing; who leads is settled by who administers."""
    if not (terms.serves or terms.leads):
        raise Invalid([Fault("/serves", "does_nothing", "请至少选择参加值班或带班负责。")])
    if terms.leads != leads:
        uow.actor.require(Permission.ADMINISTER, desk.organization)


async def _kept(uow: UnitOfWork, member_id: UUID, version: int) -> Member:
    which = reaching.desk_of(Member.desk_id, Member.id == member_id)
    desk = await reaching.lock_kept(uow.session, uow.actor, which)
    member = await holding.member(uow, desk.id, member_id)
    expect(version, member.version)
    return member


async def _enrolled(uow: UnitOfWork, person_id: UUID) -> list[Member]:
    """Return a person's places on registers, their desks held in one order for all."""
    at = (Member.person_id == person_id, Member.left_on.is_(None))
    of_person = select(Member.desk_id).where(*at)
    await uow.session.execute(
        select(Desk.id).where(Desk.id.in_(of_person)).order_by(Desk.id).with_for_update()
    )
    question = select(Member).options(joinedload(Member.desk, innerjoin=True)).where(*at)
    return list(await uow.session.scalars(question))


async def _do(uow: UnitOfWork, member: Member, *, serves: bool, leads: bool) -> None:
    member.serves, member.leads = serves, leads
    if not serves:
        await _give_up_days(uow, member)
    uow.announce(DutyMemberChanged(**_told(member), serves=serves, leads=leads))


async def _leave(uow: UnitOfWork, member: Member) -> None:
    member.left_on = business_date(uow.now)
    await _give_up_days(uow, member)
    uow.announce(DutyMemberLeft(**_told(member)))


async def _give_up_days(uow: UnitOfWork, member: Member) -> None:
    """Let a member have no days ahead, and be asked for none."""
    await holding.vacate(uow, member.desk_id, member.id, VacatedBecause.LEFT)
    await holding.overtake(uow, Swap.asked_id == member.id)


def _told(member: Member) -> dict[str, UUID | str]:
    return {
        "member_id": member.id,
        "person_id": member.person_id,
        "organization": member.desk.organization,
    }
