"""The gateway's process: GraphQL at /graphql, and nothing else of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI
from starlette.routing import Route

from gateway.door import Door, Services
from gateway.schema import build
from gateway.settings import GatewaySettings
from shared.http import create_app
from shared.telemetry import configure
from shared.upstream import DEADLINE


def create_gateway(services: Services, *, introspection: bool = True) -> FastAPI:
    """Return the gateway over the services."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await services.close()

    async def ready() -> None:
        """Stay ready while a service is away: the others still answer."""

    app = create_app(
        "Zhengbu gateway",
        description="One GraphQL schema over content, interaction and audit, at /graphql.",
        routers=(),
        lifespan=lifespan,
        ready=ready,
    )
    app.router.routes.append(Route("/graphql", Door(build(introspection=introspection), services)))
    return app


def create() -> FastAPI:
    """Return the gateway as the settings say; the server's entry."""
    settings = GatewaySettings()
    configure("gateway", settings.log_level)

    def service(url: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=url, timeout=DEADLINE)

    services = Services(
        service(settings.content_url),
        service(settings.interaction_url),
        service(settings.audit_url),
    )
    return create_gateway(services, introspection=settings.introspection)
