"""Which reviews an organization has come before the leader's."""

from services.content.editorial.models import ReviewLevels
from services.content.editorial.queries import items as queries
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.contracts.reviewing import ReviewLevelsSet, WantedLevels
from shared.problem import StaleVersion
from shared.uow import UnitOfWork, expect


async def set_levels(
    uow: UnitOfWork, code: str, wanted: WantedLevels, *, version: int | None
) -> ReviewLevels:
    """Have these reviews come first from now on; texts under review keep the road they are on."""
    organization = await registry.organization(uow.session, code)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    known = await queries.levels_at(uow.session, organization.path)
    if known is None:
        if version is not None:
            raise StaleVersion
        known = ReviewLevels(organization=organization.path)
        uow.session.add(known)
    else:
        expect(version, known.version)
    known.levels = [*wanted.levels]
    uow.announce(ReviewLevelsSet(organization=organization.path, levels=wanted.levels))
    return known
