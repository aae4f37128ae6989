"""The content service's API: what it is made of."""

from datetime import datetime
from secrets import token_bytes
from typing import NamedTuple

import httpx
from fastapi import FastAPI
from joserfc.jwk import KeySet

from services.content.assets.router import router as assets
from services.content.delivery.pace import Pace
from services.content.delivery.router import (
    catalogue,
    feeds,
    manifests,
    pages,
    public_files,
    public_items,
    public_policies,
    public_registry,
    public_topics,
    searching,
    visits,
)
from services.content.delivery.router.crossing import OpenToAll
from services.content.delivery.router.public_state import TellsPublicState
from services.content.editorial.checks.router import router as checks
from services.content.editorial.importing.router import router as importing
from services.content.editorial.router.dead_links import router as dead_links
from services.content.editorial.router.items import router as items
from services.content.editorial.router.tasks import router as editorial_tasks
from services.content.lexicons.router import router as lexicons
from services.content.participation.router import router as participation
from services.content.registry.router.organizations import router as organizations
from services.content.registry.router.sites import router as sites
from services.content.registry.supervision.router import router as supervision
from services.content.release.router import router as release
from services.content.settings import LOCAL_ADDRESS, ContentSettings
from services.content.staff.router import clients, people, posts, tokens
from services.content.staff.router.authorities import Authorities, Outside
from services.content.staff.tokens import public_key, signing_key
from services.content.supply.router.commissions import router as commissions
from services.content.supply.router.contributions import router as contributions
from services.content.supply.router.tasks import router as supply_tasks
from services.content.syndication.channels.router import router as channels
from services.content.syndication.channels.sealing import channel_key
from services.content.syndication.coverage.router import router as coverage
from services.content.syndication.directives.router import router as directives
from services.content.syndication.hub.router import router as hub
from services.content.syndication.intake.router import router as intake
from services.content.syndication.partners.router import router as partners
from services.content.syndication.recalls.router import router as recalls
from services.content.syndication.reposting.router.reposts import router as reposts
from services.content.syndication.reposting.router.rules import router as acceptance_rules
from services.content.syndication.rules.router import router as rules
from services.content.syndication.verification.router import router as verification
from services.content.topics.router import router as topics
from shared.address import networks
from shared.destination import Allowed
from shared.files.adapters.storage import Files, open_files
from shared.keys import keys_at
from shared.process import Close, create_api, open_house
from shared.requests import House
from shared.statements import StatementKeys
from shared.telemetry import configure
from shared.upstream import DEADLINE

TITLE = "Zhengbu content"
DESCRIPTION = "Organizations, sites, columns, items, releases and reposts."
DELIVERY = (
    public_items,
    public_registry,
    public_policies,
    public_files,
    searching,
    feeds,
    catalogue,
    pages,
    manifests,
    public_topics,
    visits,
)
STAFF = (people.router, posts.router, clients.router, tokens.router)
ROUTERS = (
    *(part.router for part in DELIVERY),
    organizations,
    sites,
    supervision,
    lexicons,
    *STAFF,
    assets,
    topics,
    checks,
    importing,
    items,
    editorial_tasks,
    dead_links,
    release,
    coverage,
    directives,
    rules,
    reposts,
    acceptance_rules,
    verification,
    recalls,
    partners,
    channels,
    intake,
    hub,
    supply_tasks,
    contributions,
    commissions,
    participation,
)
NOTHING_INSIDE = Allowed()


class ContentKeys(NamedTuple):
    """What the secrets of others are derived from or sealed with, and what statements bear."""

    subscriptions: str
    channels: str
    statements: StatementKeys


def create_content(
    house: House,
    authorities: Authorities,
    files: Files,
    keys: ContentKeys,
    close: Close,
    public_address: str = LOCAL_ADDRESS,
    allowed: Allowed = NOTHING_INSIDE,
) -> FastAPI:
    """Return the content API over what it stands on for the world at `public_address`."""
    app = create_api(TITLE, DESCRIPTION, ROUTERS, house, close)
    app.state.authorities = authorities
    app.state.files = files
    app.state.subscription_key = keys.subscriptions
    app.state.statement_keys = keys.statements
    app.state.channel_key = channel_key(keys.channels, token_bytes)
    app.state.allowed = allowed
    app.state.public_address = public_address.rstrip("/")
    app.state.pace = Pace()
    app.state.standing = public_items.standing_in(house.readings)
    app.add_middleware(OpenToAll)
    app.add_middleware(TellsPublicState)
    return app


def create() -> FastAPI:
    """Return the content API as the settings say; the server's entry."""
    settings = ContentSettings()
    configure("content", settings.log_level)
    http = httpx.AsyncClient(timeout=DEADLINE)
    authorities = _authorities(settings, http)

    async def keys(_: datetime) -> KeySet:
        return authorities.public_keys()

    house, close_house = open_house(settings, "/content", keys)

    async def close() -> None:
        await http.aclose()
        await close_house()

    files = open_files(settings)
    held = ContentKeys(
        settings.subscription_key.get_secret_value(),
        settings.channel_key.get_secret_value(),
        _statement_keys(settings),
    )
    return create_content(
        house, authorities, files, held, close, settings.public_address, settings.allowed
    )


def _statement_keys(settings: ContentSettings) -> StatementKeys:
    former = tuple(map(public_key, settings.former_statement_keys))
    return StatementKeys(signing_key(settings.statement_key.get_secret_value()), former)


def _authorities(settings: ContentSettings, http: httpx.AsyncClient) -> Authorities:
    return Authorities(
        signing_key(settings.signing_key.get_secret_value()),
        settings.founding_secret.get_secret_value(),
        further_keys=tuple(map(public_key, settings.further_keys)),
        outside={
            trusted.issuer: Outside(trusted, keys_at(http, str(trusted.jwks_url)))
            for trusted in settings.trusted_issuers
        },
        trusted_proxies=networks(settings.trusted_proxies),
    )
