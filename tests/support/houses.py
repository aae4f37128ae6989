"""What a service's routes stand on in a test: a rolled-back session, a fixed clock."""

from fastapi import FastAPI

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


first_of: dict[str, FastAPI] = {}


def routed(app: FastAPI) -> FastAPI:
    """Give an app the routes, and their description, of the first one with its title.

    To make two hundred routes takes longer than most tests. All but `/readyz` find what they
    stand on in the app that is asked.
    """
    first = first_of.setdefault(app.title, app)
    app.router, app.openapi = first.router, first.openapi  # type: ignore[method-assign]
    return app
