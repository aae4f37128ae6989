"""What public pages show beside an item's text, as GraphQL types."""

import strawberry
from strawberry.scalars import JSON

from shared.contracts import delivery, registry, validity

for plain in (
    delivery.Part,
    delivery.Highlight,
    delivery.Total,
    delivery.ClassCount,
    delivery.Facets,
    delivery.Label,
    delivery.PageLabels,
    delivery.Property,
    delivery.ShareLink,
    delivery.DayVisits,
    delivery.ItemVisits,
    delivery.CatalogueEntry,
    registry.Footer,
    validity.PolicyInForce,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)


@strawberry.pydantic.type(description=delivery.ShareData.__doc__)
class ShareData(delivery.ShareData):
    """Share data with its schema.org data as it is."""

    json_ld: JSON  # type: ignore[assignment]  # the same, as a scalar
