"""What public pages show beside an item's text, as GraphQL types."""

from typing import Annotated

import strawberry
from pydantic import Field
from strawberry.scalars import JSON

from shared.contracts import columns, delivery, registry, validity

strawberry.enum(delivery.Severity, name="LabelSeverity", description=delivery.Severity.__doc__)

for plain in (
    delivery.Part,
    delivery.Highlight,
    delivery.Total,
    delivery.ClassCount,
    delivery.Facets,
    delivery.Label,
    delivery.PageLabels,
    delivery.LabelFinding,
    delivery.LabelsReport,
    delivery.Property,
    delivery.ShareLink,
    delivery.DayVisits,
    delivery.ItemVisits,
    delivery.CatalogueEntry,
    delivery.CatalogueCounts,
    registry.Footer,
    validity.PolicyInForce,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)

strawberry.pydantic.type(
    columns.ColumnKindView, name="KindOfColumn", description=columns.ColumnKindView.__doc__
)


@strawberry.pydantic.input(description=delivery.Label.__doc__)
class LabelInput(delivery.Label):
    """A page label as it is sent."""


@strawberry.pydantic.input(description=delivery.LabelsToCheck.__doc__)
class LabelsToCheckInput(delivery.LabelsToCheck):
    """A page's labels as they are sent."""

    labels: Annotated[list[LabelInput], Field(max_length=200)] | None = None  # type: ignore[assignment]  # the same


@strawberry.pydantic.type(description=delivery.ShareData.__doc__)
class ShareData(delivery.ShareData):
    """Share data with its schema.org data as it is."""

    json_ld: JSON  # type: ignore[assignment]  # the same, as a scalar
