"""Saying where a repost stands, so that its page is read."""

from collections.abc import Collection
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm.attributes import flag_modified

from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.directives import queries
from services.content.syndication.directives.commands.answering import note_settled
from services.content.syndication.directives.directive import OPEN, check_claimable
from services.content.syndication.directives.models import Claim, Obligation
from services.content.syndication.verification.models import PageHost
from services.content.syndication.verification.queries import claimed_at_repost
from services.content.syndication.verification.receipt import check_place
from shared.auth import Permission
from shared.contracts.content import ItemReleased
from shared.contracts.directives import ObligationClaimed, ObligationSettled, ObligationState
from shared.contracts.receipts import NewClaim
from shared.ids import new_id
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect

NOT_READ = (
    *("suspected", "suspected_since", "judged", "judged_at", "read_at", "verdict"),
    *("fault", "status", "matched", "unread_since"),
)
"""What is not known of a page that was just claimed."""


async def claim_repost(
    uow: UnitOfWork, obligation_id: UUID, new: NewClaim, *, version: int
) -> Obligation:
    """Take a site's word where its repost stands; whoever had not answered yet has accepted."""
    obligation = await queries.obligation(uow.session, obligation_id)
    if obligation is None or not uow.actor.may(
        Permission.REPOST, obligation.sponsoring, site_code=obligation.site_code
    ):
        raise NotFound("没有这项转载任务。")
    expect(version, obligation.version)
    check_claimable(obligation.state)
    site = await registry.site(uow.session, obligation.site_code)
    check_place(new.url, site.domain, await registry.domains(uow.session))
    if obligation.state in OPEN:
        obligation.state = ObligationState.ACCEPTED
        note_settled(uow, obligation)
    await _claim(uow, obligation, str(new.url).partition("#")[0], follows_repost=False)
    return obligation


async def claim_own(uow: UnitOfWork, told: ObligationSettled) -> None:
    """Claim a repost made here at its public address, unless the site did so before."""
    if told.repost_id is None:
        return
    obligation = await queries.obligation(uow.session, told.obligation_id)
    url = await public.url(uow.session, told.repost_id)
    if obligation and url and obligation.state is ObligationState.ACCEPTED:
        await _claim(uow, obligation, url, follows_repost=True)


async def read_again(uow: UnitOfWork, told: ItemReleased) -> None:
    """Have the page of a repost made here read anew: it must show what replaced its text."""
    if told.origin is None:
        return
    for obligation in await claimed_at_repost(uow.session, told.item_id):
        if obligation.claim is not None:
            obligation.claim.due_at = uow.now
            await wake(uow, [obligation.claim.host])


async def _claim(
    uow: UnitOfWork, obligation: Obligation, url: str, *, follows_repost: bool
) -> None:
    host = urlsplit(url).hostname or ""
    obligation.state = ObligationState.LIVE_CLAIMED
    flag_modified(obligation, "state")  # a claim of another page is another version too
    claim = obligation.claim or Claim(obligation_id=obligation.id)
    for name in NOT_READ:
        setattr(claim, name, None)
    claim.url, claim.host, claim.follows_repost = url, host, follows_repost
    claim.claimed_by, claim.claimed_at, claim.due_at = uow.actor.id, uow.now, uow.now
    obligation.claim = claim
    await wake(uow, [host])
    uow.announce(
        ObligationClaimed(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            item_id=obligation.item_id,
            site_code=obligation.site_code,
            url=url,
        )
    )


async def wake(uow: UnitOfWork, hosts: Collection[str]) -> None:
    """Let hosts be due now, or when their rest is over."""
    new = insert(PageHost)
    sooner = func.least(PageHost.due_at, new.excluded.due_at)
    woken = new.on_conflict_do_update(
        index_elements=[PageHost.host],
        set_={"due_at": func.greatest(sooner, PageHost.rests_until)},
    )
    rows = [{"id": new_id(), "host": host, "due_at": uow.now} for host in sorted(set(hosts))]
    await uow.session.execute(woken, rows)
