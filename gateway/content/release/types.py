"""Releases and what follows from them as GraphQL types."""

import strawberry

from gateway.content.delivery.types import Item
from shared.contracts import index_number, release, scheduling, validity

for plain in (
    release.ReleaseView,
    release.Withdrawn,
    release.PublicStep,
    scheduling.ScheduledRelease,
    scheduling.ScheduledItem,
    scheduling.ScheduledReleaseInFull,
    validity.Validity,
    index_number.IndexPattern,
    index_number.IndexNumber,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=release.ReleasePreview.__doc__)
class ReleasePreview(release.ReleasePreview):
    """A preview whose items have their relations."""

    items: list[Item]  # type: ignore[assignment]  # the same, with their relations
