"""What time and the calendar do to consultations: they end, and their reports fall due."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.interaction.group import queries as group
from services.interaction.participation.consultations.conduct import Act, advance
from services.interaction.participation.consultations.models import (
    Consultation,
    ConsultationClock,
)
from services.interaction.participation.consultations.terms import report_due, terms
from shared.business_day import end_of
from shared.contracts.consultations import (
    ConsultationEnded,
    ConsultationState,
    ReportDueChanged,
    ReportOverdue,
)
from shared.uow import UnitOfWork


async def pass_on(uow: UnitOfWork, consultation_id: UUID) -> None:
    """End a consultation whose last day is over, or say once that its report is late."""
    held = await uow.session.get_one(Consultation, consultation_id, with_for_update=True)
    clock = await uow.session.get_one(ConsultationClock, consultation_id, with_for_update=True)
    clock.leased_until = None
    if clock.due_at is None or clock.due_at > uow.now:
        return  # closed, or given more time, since the clock was read
    if held.state is ConsultationState.OPEN:
        await _end(uow, held, clock)
    elif held.report_due_on is not None:
        clock.due_at = None
        uow.announce(
            ReportOverdue(
                consultation_id=held.id,
                site_code=held.site_code,
                report_due_on=held.report_due_on,
            )
        )


async def recount(uow: UnitOfWork, year: int) -> None:
    """Find the days anew by which reports are owed, where a notice for `year` moves them."""
    calendar = await group.calendar(uow.session)
    owed = (
        select(Consultation, ConsultationClock)
        .join(ConsultationClock, ConsultationClock.id == Consultation.id)
        .where(
            Consultation.state == ConsultationState.ENDED,
            Consultation.report_due_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(Consultation.id)
        .with_for_update()
    )
    for held, clock in (await uow.session.execute(owed)).all():
        due = report_due(held.closes_on, terms().report.months, calendar)
        before = held.report_due_on
        if due == (before, held.report_provisional):
            continue
        held.report_due_on, held.report_provisional = due
        if clock.due_at is not None:
            clock.due_at = end_of(due.on)
        uow.announce(
            ReportDueChanged(
                consultation_id=held.id,
                site_code=held.site_code,
                before=before,
                report_due_on=due.on,
                report_provisional=due.provisional,
            )
        )


async def _end(uow: UnitOfWork, held: Consultation, clock: ConsultationClock) -> None:
    held.state = advance(held.state, Act.END)
    due = report_due(held.closes_on, terms().report.months, await group.calendar(uow.session))
    held.report_due_on, held.report_provisional = due
    clock.due_at = end_of(due.on)
    uow.announce(
        ConsultationEnded(
            consultation_id=held.id,
            site_code=held.site_code,
            report_due_on=due.on,
            report_provisional=due.provisional,
        )
    )
