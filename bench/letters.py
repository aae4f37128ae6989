"""Letters written and followed over 32 connections, by one process on one core."""

import asyncio
import json
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import altcha

from bench import house
from bench.client import exchange, get, request
from bench.noting import circumstances, keep_found
from bench.serving import served
from deploy.local.environment import environment
from deploy.local.servers import LOOPBACK, free_port
from services.interaction.admission.challenge import challenge, work
from services.interaction.admission.gate import gate
from services.interaction.group.models import Organization, Site
from shared.contracts.admission import Form
from shared.db import open_engine, open_sessions, utc_now
from shared.ids import new_id
from shared.migration import upgrade

LETTERS, CONNECTIONS, ROUNDS, CORE = 1_500, 32, 5, 0
PATH = "/v1/public/letters"


class Rates(NamedTuple):
    """How many requests a second, and how many in a second of the server's own."""

    per_second: float
    per_core_second: float


def measure(count: int) -> None:
    """Measure in a database of its own, print what was found and keep it."""
    found: dict[str, object] = {"letters": count, **circumstances()}
    with TemporaryDirectory() as folder, house.database() as url:
        asyncio.run(house.create(url))
        upgrade("interaction", url)
        asyncio.run(_found(url))
        with _interaction(url, Path(folder)) as (at, secret), _bare() as bare:
            asyncio.run(_letters(at, bare, secret, count, found))
    keep_found(f"{count}-letters", found)


async def _found(url: str) -> None:
    engine = open_engine(url)
    office = Organization(id=new_id(), code="340300", name="市政府", path="340300", governs=True)
    site = Site(id=new_id(), code=house.SITE, name="市政府网", sponsoring=office.path)
    async with open_sessions(engine).begin() as session:
        session.add_all([office, site])
    await engine.dispose()


@contextmanager
def _interaction(url: str, home: Path) -> Iterator[tuple[str, str]]:
    port = str(free_port())
    env = environment(home, url.rpartition("/")[0], "nats://127.0.0.1:1")
    env |= {
        "ZHENGBU_INTERACTION_DATABASE_URL": url,
        "ZHENGBU_INTERACTION_TRUSTED_PROXIES": '["127.0.0.0/8"]',
        "ZHENGBU_LOG_LEVEL": "WARNING",
    }
    command = ["deploy.command_line", "serve", "interaction", "--port", port]
    with served(command, env, f"http://{LOOPBACK}:{port}", "/healthz", core=CORE) as at:
        yield at, env["ZHENGBU_INTERACTION_LETTER_KEY"]


@contextmanager
def _bare() -> Iterator[str]:
    port = str(free_port())
    command = ["uvicorn", "bench.bare:app", "--port", port, "--log-level", "warning"]
    command += ["--no-access-log"]
    address = f"http://{LOOPBACK}:{port}"
    with served(command, os.environ, address, f"{PATH}/1", core=CORE) as at:
        yield at


async def _letters(at: str, bare: str, secret: str, count: int, found: dict[str, object]) -> None:
    """Write and follow in turn with the bare framework, for the machine is not ours alone."""
    key = gate(secret).challenges
    rates: dict[str, list[Rates]] = defaultdict(list)
    await exchange(at, _written(key, range(count // 10)), CONNECTIONS)
    for number in range(1, ROUNDS + 1):
        letters = _written(key, range(number * count, (number + 1) * count))
        rates["bare_write"].append((await _timed(bare, letters))[0])
        rate, receipts = await _timed(at, letters)
        rates["write"].append(rate)
        followed = [_followed(json.loads(receipt)) for receipt in receipts]
        rates["bare_follow"].append((await _timed(bare, followed))[0])
        rates["follow"].append((await _timed(at, followed))[0])
    for name, measured in rates.items():
        each, own = zip(*measured, strict=True)
        found[f"{name}_per_second"] = round(statistics.median(each))
        found[f"{name}_per_second_from_to"] = [round(min(each)), round(max(each))]
        found[f"{name}_per_core_second"] = round(statistics.median(own))
    for name in ("write", "follow"):
        for what in ("per_second", "per_core_second"):
            least, ours = (float(str(found[f"{of}{name}_{what}"])) for of in ("bare_", ""))
            found[f"bare_{name}_to_{name}_{what}"] = round(least / ours, 1)


async def _timed(at: str, requests: Sequence[bytes]) -> tuple[Rates, list[bytes]]:
    used, started = await _processor_seconds(at), time.perf_counter()
    spent = await exchange(at, requests, CONNECTIONS)
    passed = time.perf_counter() - started
    own = await _processor_seconds(at) - used
    return Rates(len(requests) / passed, len(requests) / own), spent.bodies


async def _processor_seconds(at: str) -> float:
    """Return how long the server has had a core for itself."""
    told = (await get(at, "/metrics")).decode().splitlines()
    name = "process_cpu_seconds_total "
    return next(float(line.removeprefix(name)) for line in told if line.startswith(name))


def _written(key: bytes, numbers: range) -> list[bytes]:
    """Return letters of different people in different places, each with its proof of work."""
    return [
        request(
            "POST",
            PATH,
            {
                "X-Forwarded-For": f"10.{one >> 16}.{one >> 8 & 255}.{one & 255}",
                "X-Proof-Of-Work": _proof(key),
            },
            json.dumps(_letter(one), ensure_ascii=False).encode(),
        )
        for one in numbers
    ]


def _letter(one: int) -> dict[str, object]:
    return {
        "site_code": house.SITE,
        "kind": "complaint",
        "title": f"东海大道{one}号路灯不亮",
        "text": f"东海大道{one}号门前的路灯坏了两周，晚上出行不便，请尽快安排维修。" * 4,
        "writer": {"name": "李小龙", "phone": f"13{one:09}"},
        "may_publish": True,
    }


def _proof(key: bytes) -> str:
    """Return a proof as a writer's device would have made it, without the search for it."""
    made = altcha.Challenge.from_dict(challenge(Form.LETTER, key, utc_now(), bytes))
    solved = altcha.solve_challenge(made, counter_start=work().fewest_tries)
    assert solved is not None  # noqa: S101  # it begins at the solution
    return altcha.Payload(made, solved).to_base64()


def _followed(receipt: dict[str, str]) -> bytes:
    return request(
        "GET",
        f"{PATH}/{receipt['number']}",
        {"X-Query-Code": receipt["query_code"], "X-Forwarded-For": "10.0.0.1"},
    )
