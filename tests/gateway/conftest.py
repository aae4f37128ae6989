"""The gateway over the real services, all in one process: no double of our own code."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import (
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from typing import Any

import httpx
import pytest
import pytest_asyncio
from obstore.store import MemoryStore
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from gateway.app import Services, create_gateway
from services.audit.app import create_audit
from services.content.app import ContentKeys, create_content
from services.content.staff.router.authorities import Authorities
from services.interaction.admission.gate import gate
from services.interaction.citizens.sealing import Keyring
from shared.address import networks
from shared.db import open_sessions
from shared.files.adapters.storage import Files
from tests.factories import content
from tests.support import people
from tests.support.databases import empty
from tests.support.houses import house_on, nothing_to_close, routed
from tests.support.interaction import interaction_over
from tests.support.receptions import reception_over

Ask = Callable[..., Awaitable[Any]]
GATE = gate("l" * 40, networks(["127.0.0.0/8"]), asks_for_proof=False)
UpstreamCalls = Callable[[], AbstractContextManager[list[str]]]


async def outcome(ask: Ask, query: str, actor: Any = None, **variables: Any) -> Any:
    """What the one field of an operation came to, a refusal as data too."""
    answer = await ask(query, actor, **variables)
    assert "errors" not in answer, answer
    (field,) = answer["data"].values()
    return field


@asynccontextmanager
async def emptied(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine, for a gateway asks for several things at once; its tables are emptied after."""
    engine = create_async_engine(url)
    yield engine
    await empty(engine)
    await engine.dispose()


def client_of(app: Any, name: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=f"http://{name}")


@pytest_asyncio.fixture
async def stage(database_urls: dict[str, str]) -> AsyncIterator[dict[str, Any]]:
    async with AsyncExitStack() as stack:
        engines = {
            name: await stack.enter_async_context(emptied(url))
            for name, url in database_urls.items()
        }
        houses = {
            name: house_on(open_sessions(engine), f"/{name}") for name, engine in engines.items()
        }
        authorities = Authorities(people.KEY, people.FOUNDING_SECRET, passwords=people.PASSWORDS)
        reception = reception_over()
        apps = {
            "content": create_content(
                houses["content"],
                authorities,
                Files(MemoryStore()),
                ContentKeys("k" * 40, "c" * 40, people.STATEMENT_KEYS),
                nothing_to_close,
            ),
            "interaction": interaction_over(
                houses["interaction"], Keyring("l" * 40), reception, GATE
            ),
            "audit": create_audit(houses["audit"], nothing_to_close),
        }
        clients = {
            name: await stack.enter_async_context(client_of(routed(app), name))
            for name, app in apps.items()
        }
        gateway = create_gateway(Services(**clients))
        clients["gateway"] = await stack.enter_async_context(client_of(gateway, "gateway"))
        yield {"clients": clients, "engines": engines, "reception": reception}


@pytest_asyncio.fixture
async def group(stage: dict[str, Any]) -> content.Group:
    return await content.found(stage["clients"]["content"])


@pytest_asyncio.fixture
async def gateway(stage: dict[str, Any]) -> httpx.AsyncClient:
    client: httpx.AsyncClient = stage["clients"]["gateway"]
    return client


@pytest_asyncio.fixture
async def ask(gateway: httpx.AsyncClient) -> Ask:
    async def asking(query: str, actor: Any = None, **variables: Any) -> Any:
        headers = people.bearer(actor) if actor else {}
        answer = await gateway.post(
            "/graphql", json={"query": query, "variables": variables}, headers=headers
        )
        return answer.json()

    return asking


@pytest.fixture
def upstream_calls(stage: dict[str, Any]) -> UpstreamCalls:
    """Return a context that lists the paths asked of the content service within it."""
    content_service: httpx.AsyncClient = stage["clients"]["content"]

    @contextmanager
    def listening() -> Iterator[list[str]]:
        paths: list[str] = []

        async def record(request: httpx.Request) -> None:
            paths.append(request.url.path)

        content_service.event_hooks = {"request": [record]}
        try:
            yield paths
        finally:
            content_service.event_hooks = {}

    return listening
