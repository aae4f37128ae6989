"""Open a site, take it off line for a time, let it migrate or stay after all, close it."""

from uuid import UUID

from services.content.registry import queries
from services.content.registry.lifecycle import (
    Act,
    advance,
    check_closing,
    check_destination,
    check_suspension,
)
from services.content.registry.models import Column, Site, Suspension
from shared.auth import Permission
from shared.contracts.columns import ColumnHidden
from shared.contracts.registering import Migration, MigrationCancellation, NewSuspension
from shared.contracts.registry import ColumnOpened, SiteNotice, SiteOpened
from shared.contracts.site_life import (
    SiteClosed,
    SiteMigrating,
    SiteMigrationCancelled,
    SiteReopened,
    SiteSuspended,
)
from shared.personal_data import mask
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork, expect

NOT_ITSELF = "内容不能迁往网站自身。"


async def open_site(uow: UnitOfWork, code: str, *, version: int) -> Site:
    """Open a site to its readers; from this moment the update clocks of its columns run."""
    site = await _site_to_decide(uow, code, version)
    site.state, site.opened_at = advance(site.state, Act.OPEN), uow.now
    uow.announce(SiteOpened.model_validate(site, from_attributes=True))
    for column in (await queries.columns_on(uow.session, site.code)).values():
        announce_opening(uow, site, column)
        if column.hidden:
            uow.announce(ColumnHidden(id=column.id, site_code=site.code))
    return site


def announce_opening(uow: UnitOfWork, site: Site, column: Column) -> None:
    """Tell that a column's update clock runs from now on."""
    uow.announce(
        ColumnOpened(
            id=column.id,
            site_code=site.code,
            sponsoring=site.sponsoring,
            name=column.name,
            kind=column.kind,
            target_days=column.target_days,
            red_line_days=column.red_line_days,
        )
    )


async def suspend_site(uow: UnitOfWork, code: str, new: NewSuspension, *, version: int) -> Site:
    """Take a site off line for a time, and tell its readers."""
    site = await _site_to_decide(uow, code, version)
    state = advance(site.state, Act.SUSPEND)
    before = await queries.suspensions(uow.session, site.code)
    check_suspension(uow.now, new.until, [each.began_at for each in before])
    site.state = state
    _notify(site, SiteNotice(text=new.notice, since=uow.now, until=new.until))
    uow.session.add(
        Suspension(
            site_code=site.code,
            began_at=uow.now,
            until=new.until,
            reason=new.reason,
            due_at=new.until,
        )
    )
    uow.announce(
        SiteSuspended(
            id=site.id,
            code=site.code,
            until=new.until,
            reason=mask(new.reason),
            notice=mask(new.notice),
        )
    )
    return site


async def reopen_site(uow: UnitOfWork, code: str, *, version: int) -> Site:
    """Open a suspended site again before its time."""
    site = await queries.site_to_change(uow.session, uow.actor, code)
    if not uow.actor.may(Permission.APPROVE_CHANGE, site.supervising):
        uow.actor.require(Permission.ADMINISTER, site.sponsoring)
    expect(version, site.version)
    site.state = advance(site.state, Act.REOPEN)
    for suspension in await queries.suspensions(uow.session, site.code):
        if suspension.ended_at is None:
            _end(uow, site, suspension)
    return site


async def end_suspension(uow: UnitOfWork, suspension_id: UUID) -> None:
    """Open a site again whose suspension has run out, unless somebody did so before."""
    found = await uow.session.get_one(Suspension, suspension_id)
    site = await queries.site_locked(uow.session, found.site_code)
    await uow.session.refresh(found)
    if found.ended_at is None:
        site.state = advance(site.state, Act.REOPEN)
        _end(uow, site, found)


def _end(uow: UnitOfWork, site: Site, suspension: Suspension) -> None:
    suspension.ended_at, suspension.due_at = uow.now, None
    _notify(site, None)
    uow.announce(SiteReopened(id=site.id, code=site.code))


async def migrate_site(uow: UnitOfWork, code: str, to: Migration, *, version: int) -> Site:
    """Tell a site's readers where its content goes; after the time of the notice it may close."""
    site = await _site_to_decide(uow, code, version)
    site.state = advance(site.state, Act.MIGRATE)
    await _check_destination(uow, site, to)
    url = str(to.destination_url) if to.destination_url else None
    notice = SiteNotice(
        text=to.notice,
        since=uow.now,
        destination_url=url,
        destination_site=to.destination_site,
    )
    _notify(site, notice)
    uow.announce(
        SiteMigrating(
            id=site.id,
            code=site.code,
            notice=mask(to.notice),
            destination_url=url,
            destination_site=to.destination_site,
        )
    )
    return site


async def _check_destination(uow: UnitOfWork, site: Site, to: Migration) -> None:
    if to.destination_url is not None and to.destination_url.host == site.domain:
        raise Invalid([Fault("/destination_url", "same_site", NOT_ITSELF)])
    if to.destination_site == site.code:
        raise Invalid([Fault("/destination_site", "same_site", NOT_ITSELF)])
    if to.destination_site is not None:
        check_destination((await queries.public_site(uow.session, to.destination_site)).state)


async def cancel_migration(
    uow: UnitOfWork, code: str, why: MigrationCancellation, *, version: int
) -> Site:
    """Let a site that was to close stay open; its readers are told no longer to go elsewhere."""
    site = await _site_to_decide(uow, code, version)
    site.state = advance(site.state, Act.CANCEL_MIGRATION)
    _notify(site, None)
    uow.announce(SiteMigrationCancelled(id=site.id, code=site.code, reason=mask(why.reason)))
    return site


async def close_site(uow: UnitOfWork, code: str, *, version: int) -> Site:
    """Close a site for good; its notice stays, and so do its public items."""
    site = await _site_to_decide(uow, code, version)
    state = advance(site.state, Act.CLOSE)
    notice = SiteNotice.model_validate(site.notice)
    check_closing(uow.now, notice.since)
    if notice.destination_site is not None:
        check_destination((await queries.site(uow.session, notice.destination_site)).state)
    site.state = state
    uow.announce(SiteClosed(id=site.id, code=site.code))
    return site


async def _site_to_decide(uow: UnitOfWork, code: str, version: int) -> Site:
    site = await queries.site_to_change(uow.session, uow.actor, code)
    uow.actor.require(Permission.APPROVE_CHANGE, site.supervising)
    expect(version, site.version)
    return site


def _notify(site: Site, notice: SiteNotice | None) -> None:
    site.notice = notice.model_dump(mode="json") if notice else None
