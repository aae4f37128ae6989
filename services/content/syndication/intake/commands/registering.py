"""Saying which upstream feeds are read, and what their entries become."""

from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AnyHttpUrl

from services.content.registry import queries as registry
from services.content.syndication.intake.entry import address
from services.content.syndication.intake.models import FeedStanding, UpstreamFeed
from services.content.syndication.intake.queries import feeds as queries
from services.content.syndication.partners.address import faults_of
from shared.auth import Permission
from shared.contracts.upstream_feeds import (
    ChangedFeed,
    EntryRule,
    FeedAct,
    FeedState,
    NewFeed,
    NewRules,
    UpstreamFeedChanged,
)
from shared.destination import Allowed
from shared.ids import new_id
from shared.problem import Conflict, Fault, Invalid, NotFound
from shared.uow import UnitOfWork, expect


class FeedKnown(Conflict):
    """The organization reads this feed already."""

    advice = "本单位已登记这个信息源。"


class FeedEnded(Conflict):
    """The feed is read no more."""

    advice = "该信息源已停止读取，请重新登记。"


async def register_feed(
    uow: UnitOfWork, new: NewFeed, public_address: str, allowed: Allowed
) -> UpstreamFeed:
    """Have a feed of a higher-level site read for an organization."""
    organization = await registry.organization(uow.session, new.organization)
    uow.actor.require(Permission.EDIT, organization.path)
    url = await _checked(uow, organization.path, new.url, public_address, allowed)
    feed = UpstreamFeed(
        id=new_id(),
        organization=organization.path,
        url=url,
        title=new.title,
        since=new.since or uow.now,
        registered_by=uow.actor.id,
        registered_at=uow.now,
        rules=[],
    )
    uow.session.add(feed)
    await uow.session.flush()
    feed.standing = FeedStanding(id=feed.id, failures=0)
    _begin_anew(uow, feed)
    uow.session.add(feed.standing)
    _announce(uow, feed, FeedAct.REGISTERED)
    return feed


async def change_feed(
    uow: UnitOfWork,
    feed_id: UUID,
    new: ChangedFeed,
    public_address: str,
    allowed: Allowed,
    *,
    version: int,
) -> UpstreamFeed:
    """Read a feed elsewhere or name it otherwise; one that was gone or failed is tried again."""
    feed = await _to_change(uow, feed_id, version)
    if address(str(new.url)) != feed.url:
        feed.url = await _checked(uow, feed.organization, new.url, public_address, allowed)
    feed.title = new.title
    _begin_anew(uow, feed)
    _announce(uow, feed, FeedAct.CHANGED)
    return feed


async def set_rules(
    uow: UnitOfWork, feed_id: UUID, new: NewRules, *, version: int
) -> UpstreamFeed:
    """Say what a feed's entries become from now on; it is done with the authority of who says."""
    feed = await _to_change(uow, feed_id, version)
    faults = [fault for at, rule in enumerate(new.rules) async for fault in _wrong(uow, at, rule)]
    if faults:
        raise Invalid(faults)
    feed.rules = [rule.model_dump(mode="json") for rule in new.rules]
    feed.ruled_by, feed.ruled_at_organization = uow.actor.id, uow.actor.organization
    feed.ruled_grants = {name: list(paths) for name, paths in uow.actor.grants.items()}
    _announce(uow, feed, FeedAct.RULED)
    return feed


async def end_feed(uow: UnitOfWork, feed_id: UUID, *, version: int) -> UpstreamFeed:
    """Read a feed no more; its entries and what came of asking it are kept."""
    feed = await _to_change(uow, feed_id, version)
    feed.ended_at, feed.standing.state = uow.now, FeedState.ENDED
    feed.standing.due_at = None
    _announce(uow, feed, FeedAct.ENDED)
    return feed


async def poll_soon(uow: UnitOfWork, feed_id: UUID) -> UpstreamFeed:
    """Ask a feed as soon as its host may be asked, rather than when it is due."""
    feed = await queries.feed_to_change(uow.session, uow.actor, feed_id)
    uow.actor.require(Permission.EDIT, feed.organization)
    if feed.standing.due_at is None:
        raise FeedEnded
    feed.standing.due_at = max(uow.now, feed.standing.rests_until or uow.now)
    return feed


async def _to_change(uow: UnitOfWork, feed_id: UUID, version: int) -> UpstreamFeed:
    feed = await queries.feed_to_change(uow.session, uow.actor, feed_id)
    uow.actor.require(Permission.EDIT, feed.organization)
    expect(version, feed.version)
    if feed.ended_at is not None:
        raise FeedEnded
    return feed


def _begin_anew(uow: UnitOfWork, feed: UpstreamFeed) -> None:
    """Forget how a feed answered before: what it said may be of another address."""
    standing = feed.standing
    standing.host, standing.reads_at = urlsplit(feed.url).hostname or "", feed.url
    standing.state, standing.failures = FeedState.WORKING, 0
    for name in ("fault", "message", "form", "etag", "last_modified", "cursor", "ttl_minutes"):
        setattr(standing, name, None)
    standing.due_at, standing.leased_until = uow.now, None


async def _checked(
    uow: UnitOfWork, organization: str, told: AnyHttpUrl, public_address: str, allowed: Allowed
) -> str:
    """Return a feed's address, or refuse what leads nowhere, inside, or round in a circle."""
    url = address(str(told))
    domains = await registry.domains(uow.session)
    round_ = _faults_of_circle(url, domains, public_address)
    if faults := [*faults_of("/url", told, allowed), *round_]:
        raise Invalid(faults)
    if await queries.has_feed(uow.session, organization, url or ""):
        raise FeedKnown
    return url or ""


def _faults_of_circle(
    url: str | None, domains: frozenset[str], public_address: str
) -> Iterator[Fault]:
    if url is None:
        yield Fault("/url", "no_address", "应为 http 或 https 网址。")
    elif (
        urlsplit(url).hostname in domains
        or urlsplit(url).netloc == urlsplit(public_address).netloc
    ):
        yield Fault("/url", "own_feed", "这是本网站群自己的信息源，读取它会循环转载。")


async def _wrong(uow: UnitOfWork, at: int, rule: EntryRule) -> AsyncIterator[Fault]:
    if rule.column_id is not None:
        try:
            column = await registry.writable_column(uow.session, rule.column_id)
            site = await registry.writable_site(uow.session, column.site_code)
        except (NotFound, Conflict) as fault:
            yield Fault(f"/rules/{at}/column_id", "not_writable", fault.detail)
        else:
            if not uow.actor.may(
                Permission.EDIT, site.sponsoring, site_code=site.code, column_id=column.id
            ):
                yield Fault(f"/rules/{at}/column_id", "not_allowed", "您不能在该栏目写稿。")
    if rule.directive is not None:
        try:
            issuer = await registry.organization(uow.session, rule.directive.issuer)
        except NotFound as fault:
            yield Fault(f"/rules/{at}/directive/issuer", "unknown", fault.detail)
        else:
            if rule.directive.automatic and not uow.actor.may(
                Permission.ISSUE_DIRECTIVE, issuer.path
            ):
                told = "您不能以该单位名义下达转载要求，请改为人工下达。"
                yield Fault(f"/rules/{at}/directive/automatic", "not_allowed", told)


def _announce(uow: UnitOfWork, feed: UpstreamFeed, act: FeedAct) -> None:
    uow.announce(UpstreamFeedChanged(feed_id=feed.id, organization=feed.organization, act=act))
