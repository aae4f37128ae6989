"""The content service's API: what it is made of."""

from datetime import datetime

from fastapi import FastAPI
from joserfc.jwk import KeySet

from services.content.delivery.router import router as delivery
from services.content.editorial.router.items import router as items
from services.content.editorial.router.tasks import router as editorial_tasks
from services.content.registry.router import router as registry
from services.content.release.router import router as release
from services.content.settings import ContentSettings
from services.content.staff.router import Authorities
from services.content.staff.router import router as staff
from services.content.staff.tokens import public_keys, signing_key
from services.content.supply.router.commissions import router as commissions
from services.content.supply.router.contributions import router as contributions
from services.content.supply.router.tasks import router as supply_tasks
from services.content.syndication.router import router as syndication
from services.content.topics.router import router as topics
from shared.process import Close, create_api, open_house
from shared.requests import House
from shared.telemetry import configure

TITLE = "Zhengbu content"
DESCRIPTION = "Organizations, sites, columns, items, releases and reposts."
WORKING = (topics, items, editorial_tasks, release, syndication)
SUPPLY = (supply_tasks, contributions, commissions)
ROUTERS = (delivery, registry, staff, *WORKING, *SUPPLY)


def create_content(
    house: House, authorities: Authorities, subscription_key: str, close: Close
) -> FastAPI:
    """Return the content API over what it stands on."""
    app = create_api(TITLE, DESCRIPTION, ROUTERS, house, close)
    app.state.authorities = authorities
    app.state.subscription_key = subscription_key
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
    return create_content(house, authorities, settings.subscription_key.get_secret_value(), close)
