"""What a service's routes stand on in a test: a rolled-back session, a fixed clock."""

from shared.db import Sessions
from shared.pagination import Cursors
from shared.requests import House
from tests.support import people


def house_on(sessions: Sessions, source: str) -> House:
    return House(
        sessions=sessions,
        readings=sessions,
        clock=lambda: people.NOW,
        source=source,
        cursors=Cursors("cursor key of the tests"),
        issuer=people.ISSUER,
        keys=people.keys,
    )


async def nothing_to_close() -> None:
    """The fixture that made it closes it."""
