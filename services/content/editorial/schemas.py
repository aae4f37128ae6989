"""What only the editorial API accepts."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from shared.contracts.content import Stage
from shared.contracts.text import SiteCode, Strict


class ItemFilter(Strict):
    """Which items to list."""

    site_code: SiteCode | None = None
    column_id: UUID | None = None
    stage: Stage | None = None


class DocumentText(Strict):
    """The plain text of a government document, chrome and all."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]
