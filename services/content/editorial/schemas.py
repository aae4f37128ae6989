"""What only the editorial API accepts."""

from uuid import UUID

from shared.contracts.content import Stage
from shared.contracts.text import SiteCode, Strict


class ItemFilter(Strict):
    """Which items to list."""

    site_code: SiteCode | None = None
    column_id: UUID | None = None
    stage: Stage | None = None
