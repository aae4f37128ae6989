import asyncio
import gc
import json
import sys
from asyncio.subprocess import PIPE
from typing import Any, cast

import httpx
import pytest
from fastapi import APIRouter
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from deploy.local.servers import Server
from shared.db import Sessions
from shared.process import create_api, rarely_collected
from tests.support import bus
from tests.support.houses import house_on, nothing_to_close

FAULTS: dict[str, Exception] = {
    "away": ConnectionRefusedError("secret address"),
    "wrong": ProgrammingError("secret statement", {}, Exception("42P01")),
}


@pytest.mark.parametrize(("fault", "status"), [("away", 503), ("wrong", 500)])
async def test_only_an_absent_database_is_excused(fault: str, status: int) -> None:
    router = APIRouter()

    @router.get("/asked")
    async def asked() -> None:
        raise FAULTS[fault]

    house = house_on(cast("Sessions", None), "/tests")
    app: Any = create_api("Tests", "", [router], house, nothing_to_close)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://tests") as client:
        answer = await client.get("/asked")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


WORKER = """
import asyncio, sys
from datetime import timedelta
from shared.process import create_worker
from shared.telemetry import configure
from tests.support import bus

async def work():
    told = bus.settings(*sys.argv[1:])
    worker = create_worker(
        bus.consumer(), lambda _, __: (), told, tell_every=timedelta(seconds=0.2)
    )
    async with worker.router.lifespan_context(worker):
        await asyncio.Event().wait()

configure("desk", "INFO")
asyncio.run(work())
"""


async def test_a_worker_says_that_it_works_and_how_much_and_nothing_of_what(
    engine: AsyncEngine, committing: Sessions, nats_server: Server
) -> None:
    url = engine.url.render_as_string(hide_password=False)
    await bus.stamp(committing, range(3))
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, url, nats_server.url, stdout=PIPE
    )
    assert worker.stdout is not None
    started: list[str] = []
    did: dict[str, int] = {}
    try:
        async with asyncio.timeout(45):
            while did.get("relayed", 0) < 15 or did.get("taken_in.new", 0) < 15:
                text = (await worker.stdout.readline()).decode()
                assert "paper" not in text
                line = json.loads(text)
                assert (line["process"], line["level"]) == ("desk", "info"), line
                if line["event"] == "worker.did":
                    counts = {name: line[name] for name in line if isinstance(line[name], int)}
                    did = {name: did.get(name, 0) + counts.get(name, 0) for name in did | counts}
                else:
                    started.append(line["event"])
    finally:
        worker.kill()
        await worker.wait()
    assert started == ["worker.started", "bus.connected"]
    assert {name: did[name] for name in did if name != "waiting"} == {
        "relayed": 15,
        "taken_in.new": 15,
    }


def test_garbage_is_looked_for_as_before_once_the_rows_are_made() -> None:
    before = gc.get_threshold()
    with rarely_collected():
        assert gc.get_threshold()[0] > 100 * before[0]
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
