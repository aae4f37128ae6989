"""What a site does with a contribution."""

from uuid import UUID

from services.content.editorial.commands.writing import write_item
from services.content.supply.commands.asking import fulfil_by_adoption
from services.content.supply.decision import Act, advance
from services.content.supply.models import Contribution
from services.content.supply.queries import contributing as queries
from shared.auth import Permission
from shared.contracts.drafting import NewItem
from shared.contracts.supply import (
    Adoption,
    ContributionAdopted,
    ContributionDeclined,
    ContributionReturned,
)
from shared.personal_data import mask
from shared.uow import UnitOfWork, expect


async def adopt(
    uow: UnitOfWork, contribution_id: UUID, adoption: Adoption, *, version: int
) -> Contribution:
    """Make a contribution the first text of an item, whose writer is the contributor."""
    contribution = await _open(uow, contribution_id, version)
    contribution.state = advance(contribution.state, Act.ADOPT)
    new = NewItem(
        site_code=contribution.site_code,
        title=contribution.title,
        body=contribution.body,
        source=contribution.source,
        **adoption.model_dump(),
    )
    item = await write_item(uow, new, author=contribution.contributor)
    contribution.item_id = item.id
    contribution.adopted_at, contribution.adopted_by = uow.now, uow.actor.id
    if contribution.task_id is not None:
        await fulfil_by_adoption(uow, contribution.task_id, item.id)
    uow.announce(
        ContributionAdopted(
            contribution_id=contribution.id,
            organization=contribution.organization,
            contributor=contribution.contributor,
            site_code=contribution.site_code,
            item_id=item.id,
        )
    )
    return contribution


async def send_back(
    uow: UnitOfWork, contribution_id: UUID, reason: str, *, version: int
) -> Contribution:
    """Return a contribution to be put right."""
    contribution = await _open(uow, contribution_id, version)
    contribution.state = advance(contribution.state, Act.RETURN)
    contribution.reason = reason
    uow.announce(
        ContributionReturned(
            contribution_id=contribution.id,
            organization=contribution.organization,
            site_code=contribution.site_code,
            reason=mask(reason),
        )
    )
    return contribution


async def decline(
    uow: UnitOfWork, contribution_id: UUID, reason: str, *, version: int
) -> Contribution:
    """Say that a contribution will not be used."""
    contribution = await _open(uow, contribution_id, version)
    contribution.state = advance(contribution.state, Act.DECLINE)
    contribution.reason = reason
    uow.announce(
        ContributionDeclined(
            contribution_id=contribution.id,
            organization=contribution.organization,
            site_code=contribution.site_code,
            reason=mask(reason),
        )
    )
    return contribution


async def _open(uow: UnitOfWork, contribution_id: UUID, version: int) -> Contribution:
    contribution = await queries.contribution(uow.session, uow.actor, contribution_id, lock=True)
    uow.actor.require(Permission.EDIT, contribution.sponsoring)
    expect(version, contribution.version)
    return contribution
