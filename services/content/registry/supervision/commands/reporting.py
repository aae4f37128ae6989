"""Report that a site cannot be reached, and that it is back."""

from uuid import UUID

from services.content.registry import queries as registry
from services.content.registry.commands.recording import record
from services.content.registry.lifecycle import check_running
from services.content.registry.supervision import queries
from services.content.registry.supervision.models import Outage
from services.content.registry.supervision.outage import OutageLasts, check_end, check_report
from shared.auth import Permission
from shared.contracts.supervision import NewOutage, OutageEnded, OutageReported
from shared.ids import new_id
from shared.personal_data import mask
from shared.uow import UnitOfWork, expect


async def report_outage(uow: UnitOfWork, code: str, new: NewOutage) -> Outage:
    """Report that a site cannot be reached; when it was reported is kept beside when it began."""
    site = await registry.site_to_change(uow.session, uow.actor, code)
    uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    check_running(site.state)
    check_report(new.began_at, new.expected_until, uow.now)
    outage = Outage(
        id=new_id(),
        site_code=site.code,
        **new.model_dump(),
        reported_by=uow.actor.id,
        reported_at=uow.now,
    )
    uow.session.add(outage)
    await record(uow, OutageLasts)
    uow.announce(
        OutageReported(
            outage_id=outage.id,
            site_code=outage.site_code,
            began_at=outage.began_at,
            expected_until=outage.expected_until,
            reported_at=outage.reported_at,
            cause=mask(outage.cause),
        )
    )
    return outage


async def end_outage(uow: UnitOfWork, outage_id: UUID, *, version: int) -> Outage:
    """Report that a site is back, as of now."""
    outage = await queries.outage(uow.session, uow.actor, outage_id)
    site = await registry.site(uow.session, outage.site_code)
    uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    expect(version, outage.version)
    check_end(outage.ended_at)
    outage.ended_at = uow.now
    uow.announce(
        OutageEnded(
            outage_id=outage.id,
            site_code=outage.site_code,
            began_at=outage.began_at,
            ended_at=outage.ended_at,
        )
    )
    return outage
