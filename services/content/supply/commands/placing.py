"""Finding the site and the unit that an act is between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.content.registry import queries as registry
from services.content.supply.reach import supplies

if TYPE_CHECKING:
    from services.content.registry.models import Organization, Site
    from shared.uow import UnitOfWork


async def stands_above(uow: UnitOfWork, site: Site, unit: Organization) -> bool:
    """Say whether a site is the unit's own or stands above it."""
    _, _, code = site.sponsoring.rpartition(".")
    sponsor = await registry.organization(uow.session, code)
    return supplies(unit.path, sponsor.path, sponsor.kind)
