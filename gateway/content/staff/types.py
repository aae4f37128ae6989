"""The reader and their sessions as GraphQL types."""

import strawberry

from shared.contracts import staff

for plain in (staff.Grant, staff.ActingFor, staff.Viewer):
    strawberry.pydantic.type(plain, description=plain.__doc__)
strawberry.pydantic.type(staff.SessionView, name="Session", description=staff.SessionView.__doc__)
