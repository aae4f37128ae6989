"""What happens to a site, from its application to its closing."""

from datetime import datetime
from uuid import UUID

from shared.contracts.registry import Level, SiteState
from shared.events import Event


class SiteApplied(Event, type="content.site.applied", subject="id"):
    """A site was applied for; readers see nothing of it yet."""

    id: UUID
    code: str
    name: str
    sponsoring: str
    supervising: str


class SiteChanged(Event, type="content.site.changed", subject="id"):
    """A site's data changed; what it says now is told whole."""

    id: UUID
    code: str
    state: SiteState
    name: str
    domain: str
    level: Level
    region: str
    supervising: str
    sponsoring: str
    operating: str
    icp_number: str | None
    police_number: str | None


class SiteSuspended(Event, type="content.site.suspended", subject="id"):
    """A site was taken off line for a time."""

    id: UUID
    code: str
    until: datetime
    reason: str
    notice: str


class SiteReopened(Event, type="content.site.reopened", subject="id"):
    """A suspended site is open again."""

    id: UUID
    code: str


class SiteMigrating(Event, type="content.site.migrating", subject="id"):
    """A site will close, and tells its readers where its content goes."""

    id: UUID
    code: str
    notice: str
    destination_url: str | None
    destination_site: str | None


class SiteMigrationCancelled(Event, type="content.site.migration_cancelled", subject="id"):
    """A site that was to close stays open."""

    id: UUID
    code: str
    reason: str


class SiteClosed(Event, type="content.site.closed", subject="id"):
    """A site was closed for good."""

    id: UUID
    code: str
