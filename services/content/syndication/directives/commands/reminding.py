"""Reminding a site of what it owes, and telling its supervisor when it is late."""

from uuid import UUID

from sqlalchemy import select, update

from services.content.registry import queries as registry
from services.content.syndication.directives import queries
from services.content.syndication.directives.alarm import escalation, following
from services.content.syndication.directives.directive import OPEN
from services.content.syndication.directives.models import Alarm, Obligation
from shared.contracts.directives import ObligationDueSoon, ObligationEscalated
from shared.contracts.site_life import SiteChanged
from shared.uow import UnitOfWork


async def sound(uow: UnitOfWork, obligation_id: UUID) -> None:
    """Remind whoever must know by now; one that was answered or withdrawn reminds nobody."""
    owed = await queries.obligation(uow.session, obligation_id)
    if owed is None or owed.alarm is None:
        return
    alarm = owed.alarm
    alarm.leased_until, alarm.due_at = None, None
    if owed.state not in OPEN:
        return
    alarm.due_at = following(alarm.told_at, owed.deadline, uow.now)
    if uow.now < owed.deadline:
        _remind(uow, owed, alarm)
    elif uow.now >= escalation(alarm.told_at, owed.deadline):
        await _escalate(uow, owed, alarm)


async def follow_supervisor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let what a site is late with be the business of whoever supervises it now."""
    late = select(Obligation.id).where(
        Obligation.site_code == told.code, Obligation.state.in_(OPEN)
    )
    moved = update(Alarm).where(
        Alarm.obligation_id.in_(late),
        Alarm.escalated_to.is_not(None),
        Alarm.escalated_to != told.supervising,
    )
    await uow.session.execute(moved.values(escalated_to=told.supervising))


def _remind(uow: UnitOfWork, owed: Obligation, alarm: Alarm) -> None:
    alarm.reminded_at = uow.now
    uow.announce(
        ObligationDueSoon(
            obligation_id=owed.id,
            directive_id=owed.directive_id,
            item_id=owed.item_id,
            site_code=owed.site_code,
            deadline=owed.deadline,
        )
    )


async def _escalate(uow: UnitOfWork, owed: Obligation, alarm: Alarm) -> None:
    site = await registry.site(uow.session, owed.site_code)
    alarm.escalated_at, alarm.escalated_to = uow.now, site.supervising
    uow.announce(
        ObligationEscalated(
            obligation_id=owed.id,
            directive_id=owed.directive_id,
            item_id=owed.item_id,
            site_code=owed.site_code,
            deadline=owed.deadline,
            supervising=site.supervising,
        )
    )
