"""The content service's API: what it is made of."""

from datetime import datetime

from fastapi import FastAPI
from joserfc.jwk import KeySet

from services.content.delivery.pace import Pace
from services.content.delivery.router import catalogue, feeds, items, pages, searching, visits
from services.content.delivery.router.crossing import OpenToAll
from services.content.editorial.router import router as editorial
from services.content.registry.router import router as registry
from services.content.release.router import router as release
from services.content.settings import LOCAL_ADDRESS, ContentSettings
from services.content.staff.router import Authorities
from services.content.staff.router import router as staff
from services.content.staff.tokens import public_keys, signing_key
from services.content.syndication.router import router as syndication
from shared.process import Close, create_api, open_house
from shared.requests import House
from shared.telemetry import configure

TITLE = "Zhengbu content"
DESCRIPTION = "Organizations, sites, columns, items, releases and reposts."
DELIVERY = tuple(part.router for part in (items, searching, feeds, catalogue, pages, visits))
ROUTERS = (*DELIVERY, registry, staff, editorial, release, syndication)


def create_content(
    house: House,
    authorities: Authorities,
    subscription_key: str,
    close: Close,
    public_address: str = LOCAL_ADDRESS,
) -> FastAPI:
    """Return the content API over what it stands on for the world at `public_address`."""
    app = create_api(TITLE, DESCRIPTION, ROUTERS, house, close)
    app.state.authorities = authorities
    app.state.subscription_key = subscription_key
    app.state.public_address = public_address.rstrip("/")
    app.state.pace = Pace()
    app.add_middleware(OpenToAll)
    return app


def create() -> FastAPI:
    """Return the content API as the settings say; the server's entry."""
    settings = ContentSettings()
    configure("content", settings.log_level)
    key = signing_key(settings.signing_key.get_secret_value())

    async def keys(_: datetime) -> KeySet:
        return public_keys(key)

    house, close = open_house(settings, "/content", keys)
    authorities = Authorities(key, settings.founding_secret.get_secret_value())
    key_of_subscriptions = settings.subscription_key.get_secret_value()
    return create_content(house, authorities, key_of_subscriptions, close, settings.public_address)
