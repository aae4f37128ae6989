"""Apply for a change of an open site, decide about it, or withdraw it."""

from uuid import UUID

from pydantic import TypeAdapter

from services.content.registry import queries as registry
from services.content.registry.commands import arranging
from services.content.registry.lifecycle import check_running
from services.content.registry.models import Site
from services.content.registry.supervision import application, queries
from services.content.registry.supervision.models import Application
from shared.auth import Permission
from shared.contracts.applying import (
    ApplicationDecided,
    ApplicationFiled,
    ApplicationState,
    ApplicationWithdrawn,
    Change,
    Decision,
    NewApplication,
)
from shared.ids import new_id
from shared.personal_data import mask
from shared.uow import UnitOfWork, expect

CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


async def file_application(uow: UnitOfWork, new: NewApplication) -> Application:
    """Apply for a change that could be carried out today; nothing changes yet."""
    site = await registry.site_to_change(uow.session, uow.actor, new.site_code)
    uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    check_running(site.state)
    await arranging.check(uow, site, new.change)
    filed = Application(
        id=new_id(),
        site_code=site.code,
        act=new.change.act,
        change=new.change.model_dump(mode="json", exclude_none=True),
        reason=new.reason,
        applied_by=uow.actor.id,
        applied_at=uow.now,
    )
    uow.session.add(filed)
    uow.announce(
        ApplicationFiled(
            application_id=filed.id,
            site_code=filed.site_code,
            act=filed.act,
            reason=mask(filed.reason),
        )
    )
    return filed


async def decide_application(
    uow: UnitOfWork, application_id: UUID, decision: Decision, *, version: int
) -> Application:
    """Refuse what was applied for, or approve it and carry it out at once."""
    filed, site = await _open(uow, application_id)
    uow.actor.require(Permission.APPROVE_CHANGE, site.supervising)
    expect(version, filed.version)
    filed.state = application.decide(
        filed.state, decision.decision, applied_by=filed.applied_by, decided_by=uow.actor.id
    )
    filed.decided_by, filed.decided_at = uow.actor.id, uow.now
    filed.decision_reason = decision.reason
    uow.announce(
        ApplicationDecided(
            application_id=filed.id,
            site_code=filed.site_code,
            act=filed.act,
            state=filed.state,
            reason=mask(decision.reason) if decision.reason else None,
        )
    )
    if filed.state is ApplicationState.APPROVED:
        check_running(site.state)
        await arranging.carry_out(uow, site, CHANGE.validate_python(filed.change))
    return filed


async def withdraw_application(
    uow: UnitOfWork, application_id: UUID, *, version: int
) -> Application:
    """Take one's own application back before it is decided."""
    filed, _ = await _open(uow, application_id)
    expect(version, filed.version)
    filed.state = application.withdraw(
        filed.state, applied_by=filed.applied_by, withdrawn_by=uow.actor.id
    )
    uow.announce(
        ApplicationWithdrawn(application_id=filed.id, site_code=filed.site_code, act=filed.act)
    )
    return filed


async def _open(uow: UnitOfWork, application_id: UUID) -> tuple[Application, Site]:
    """Return an application and its site, locked in the order every change locks them."""
    filed = await queries.application(uow.session, uow.actor, application_id)
    site = await registry.site_locked(uow.session, filed.site_code)
    await uow.session.refresh(filed, with_for_update=True)
    return filed, site
