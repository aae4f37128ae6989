"""The reader, those who work with them, and programs with keys, as GraphQL types."""

import strawberry

from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from shared.contracts import admitting, staff

for plain in (
    staff.Grant,
    staff.ActingFor,
    staff.Viewer,
    staff.Vacancy,
    staff.Delegation,
    staff.ClientKey,
    staff.IssuedKey,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
for view, name in (
    (staff.PersonView, "Person"),
    (staff.PostView, "Post"),
    (staff.SessionView, "Session"),
    (admitting.ClientView, "AdmittedClient"),
):
    strawberry.pydantic.type(view, name=name, description=view.__doc__)


@strawberry.pydantic.type(description=staff.Client.__doc__)
class Client(staff.Client):
    """A program with its keys."""

    @strawberry.pydantic.field(
        description="Its keys without their secrets, newest first; one call upstream for each"
        " program."
    )
    async def keys(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[staff.ClientKey]:
        """Return a page of the program's keys."""
        return connect(await info.context.content.keys_of(self.id, first, after), after)
