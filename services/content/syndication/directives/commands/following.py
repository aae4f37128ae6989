"""What becomes of obligations when time passes, the source is withdrawn or the sponsor changes."""

from uuid import UUID

from sqlalchemy import update

from services.content.release.commands.withdrawing import withdraw_reposts
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
    """Take the reposts of a withdrawn item back, and release the sites from its directives."""
    # Locked first: an answer under way then ends before the reposts are looked for.
    obligations = await queries.obligations_about(uow.session, withdrawn.item_id)
    reposts = await withdraw_reposts(uow, withdrawn.item_id, withdrawn.reason)
    for obligation in obligations:
        obligation.state, obligation.due_at = ObligationState.WITHDRAWN, None
    for directive in await queries.directives_about(uow.session, withdrawn.item_id):
        directive.withdrawn = True
        uow.announce(
            DirectiveWithdrawn(
                directive_id=directive.id, item_id=withdrawn.item_id, reposts=tuple(reposts)
            )
        )


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let what a site owes be owed by whoever sponsors it now."""
    owed = update(Obligation).where(
        Obligation.site_code == told.code, Obligation.sponsoring != told.sponsoring
    )
    await uow.session.execute(owed.values(sponsoring=told.sponsoring))
