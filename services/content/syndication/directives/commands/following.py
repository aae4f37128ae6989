"""What becomes of obligations when time passes, the source is withdrawn or the sponsor changes."""

from uuid import UUID

from sqlalchemy import update

from services.content.release.commands.withdrawing import withdraw_orphans
from services.content.release.queries import history
from services.content.syndication.directives import queries
from services.content.syndication.directives.models import Obligation
from shared.contracts.content import ItemWithdrawn
from shared.contracts.directives import DirectiveWithdrawn, ObligationMissed, ObligationState
from shared.contracts.site_life import SiteChanged
from shared.uow import UnitOfWork


async def miss_deadline(uow: UnitOfWork, obligation_id: UUID) -> None:
    """Note that a site let the deadline pass; it may still repost, and stays marked late."""
    obligation = await queries.obligation(uow.session, obligation_id)
    if obligation is None or obligation.state is not ObligationState.DELIVERED:
        return
    obligation.state, obligation.late, obligation.due_at = ObligationState.LATE, True, None
    uow.announce(
        ObligationMissed(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            item_id=obligation.item_id,
            site_code=obligation.site_code,
            deadline=obligation.deadline,
        )
    )


async def follow_withdrawal(uow: UnitOfWork, withdrawn: ItemWithdrawn) -> None:
    """Release the sites from the directives about a withdrawn item; its reposts left with it.

    What was ordered after it came back stands.
    """
    await withdraw_orphans(uow, withdrawn.item_id, withdrawn.reason)
    left_at = await history.left_at(uow.session, withdrawn.item_id, withdrawn.release_seq)
    owed = await queries.obligations_about(uow.session, withdrawn.item_id, left_at)
    for obligation in owed:
        obligation.state, obligation.due_at = ObligationState.WITHDRAWN, None
    for directive in await queries.directives_about(uow.session, withdrawn.item_id, left_at):
        directive.withdrawn = True
        uow.announce(
            DirectiveWithdrawn(
                directive_id=directive.id,
                item_id=withdrawn.item_id,
                reposts=withdrawn.reposts,
            )
        )


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let what a site owes be owed by whoever sponsors it now."""
    owed = update(Obligation).where(
        Obligation.site_code == told.code, Obligation.sponsoring != told.sponsoring
    )
    await uow.session.execute(owed.values(sponsoring=told.sponsoring))
