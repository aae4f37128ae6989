"""Which units a site may ask, and which may send it something."""

from shared.auth import within
from shared.contracts.registry import OrganizationKind


def seat(sponsor: str, kind: OrganizationKind) -> str:
    """Return whom a site speaks for: an office's site speaks for the government it serves."""
    government, _, _ = sponsor.rpartition(".")
    return government if kind is OrganizationKind.OFFICE and government else sponsor


def supplies(unit: str, sponsor: str, kind: OrganizationKind) -> bool:
    """Say whether a site is the unit's own or stands above it."""
    return within(unit, seat(sponsor, kind))
