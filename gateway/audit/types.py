"""Audit's contracts as GraphQL types."""

import strawberry

from shared.contracts import audit

for plain in (audit.LostPoints, audit.Assessment, audit.Checkpoint):
    strawberry.pydantic.type(plain, description=plain.__doc__)
