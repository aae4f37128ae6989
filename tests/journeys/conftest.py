"""The whole stack as `make run` starts it: real processes, real servers, ports of its own."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio

from deploy.local.demonstration.tour import CITY, begin_tour
from deploy.local.environment import addresses
from deploy.local.run import known, note, seed, walk
from deploy.local.servers import free_port
from deploy.local.stack import Stack
from deploy.processes import ALL
from tests.journeys.office import Office


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A running stack with the demonstration group in it; its home holds run.json."""
    folder = tmp_path_factory.mktemp("stack")
    with pytest.MonkeyPatch.context() as settings:
        for process in ALL:
            setting = f"ZHENGBU_{process.name.upper().replace('-', '_')}_PORT"
            settings.setenv(setting, str(free_port()))
        stack = Stack(folder)
        try:
            with pytest.MonkeyPatch.context() as servers:
                # It needs servers of its own: stream and databases have fixed names.
                servers.delenv("ZHENGBU_POSTGRES_URL")
                servers.delenv("ZHENGBU_NATS_URL")
                stack.start()
            note(folder, addresses=addresses())
            seed(folder)
            yield stack
        finally:
            stack.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def story(stack: Stack) -> str:
    """What the walk through the main job tells, on a stack that it has been through."""
    told: list[str] = []
    await walk(stack.home, None, told.append)
    return "\n".join(told)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def office(stack: Stack) -> AsyncIterator[Office]:
    """The city's office, everyone in it logged in."""
    async with httpx.AsyncClient(timeout=30) as http:
        tour = await begin_tour(known(stack.home), http, "", print)
        columns = await tour.citizen.rest("GET", f"/v1/public/sites/{CITY}/columns")
        first = {entry["kind"]: entry["id"] for entry in reversed(columns.json()["items"])}
        yield Office(tour, first)
