"""A hundred thousand items: how fast they come in, and how fast they are read then."""

import asyncio
import json
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import asyncpg

from bench import house, texts
from bench.client import get, seconds
from bench.noting import circumstances, keep_found
from bench.serving import served
from deploy.local.environment import environment
from deploy.local.servers import LOOPBACK, free_port
from services.content.bulk.adapters.importing import Asked, import_file
from shared.db import open_engine, open_sessions, utc_now

ITEMS = 100_000
PAGE, DEEP = 100, 0.9
READS, SEARCHES, PAGES, CONNECTIONS, ROUNDS = 6_000, 600, 200, 32, 7


def measure(count: int) -> None:
    """Measure in a database of its own, print what was found and keep it."""
    found: dict[str, object] = {"items": count, **circumstances()}
    with TemporaryDirectory() as folder, house.database() as url:
        asyncio.run(house.create(url))
        house.migrate(url)
        asyncio.run(house.found(url))
        file = _write(Path(folder), count)
        found |= asyncio.run(_import(url, file))
        with _content(url, Path(folder)) as at:
            detail = asyncio.run(_reading(at, count, found))
            with _raw(Path(folder), detail) as raw:
                asyncio.run(_details(at, raw, found))
    keep_found(f"{count}-items", found)


def _write(folder: Path, count: int) -> Path:
    file = folder / "site.jsonl"
    with file.open("w") as lines:
        for line in [*house.structure(), *texts.items(count, {one: one for one in house.COLUMNS})]:
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    return file


async def _import(url: str, file: Path) -> dict[str, object]:
    engine = open_engine(url)
    told = file.with_suffix(".errors"), file.with_suffix(".ids")
    asked = Asked(file, house.LEADER, None, "bench", *told)
    started = time.perf_counter()
    tally = await import_file(open_sessions(engine), utc_now, asked)
    spent = time.perf_counter() - started
    await engine.dispose()
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    return {
        "import_seconds": round(spent, 1),
        "import_items_per_second": round(tally.taken / spent),
        "import_refused": tally.refused,
    }


@contextmanager
def _content(url: str, home: Path) -> Iterator[str]:
    port = str(free_port())
    env = environment(home, url.rpartition("/")[0], "nats://127.0.0.1:1")
    env |= {"ZHENGBU_CONTENT_DATABASE_URL": url, "ZHENGBU_LOG_LEVEL": "WARNING"}
    command = ["deploy.command_line", "serve", "content", "--port", port]
    with served(command, env, f"http://{LOOPBACK}:{port}", "/healthz") as at:
        yield at


@contextmanager
def _raw(home: Path, body: bytes) -> Iterator[str]:
    (home / "body").write_bytes(body)
    port = str(free_port())
    env = {**os.environ, "BENCH_BODY": str(home / "body")}
    command = ["uvicorn", "bench.raw:app", "--port", port, "--log-level", "warning"]
    command += ["--no-access-log"]
    with served(command, env, f"http://{LOOPBACK}:{port}", "/") as at:
        yield at


async def _reading(at: str, count: int, found: dict[str, object]) -> bytes:
    """Measure lists and searches, one request at a time; return one item's bytes."""
    first = f"/v1/public/items?site_code={house.SITE}&first={PAGE}"
    page, ids = json.loads(await get(at, first)), []
    deep = first
    for _ in range(int(count * DEEP) // PAGE):
        ids += [item["id"] for item in page["items"]]
        deep = f"{first}&after={quote(page['next'])}"
        page = json.loads(await get(at, deep))
    found["ids"] = ids
    # In turn, so that whatever else the machine does befalls both.
    spent = await seconds(at, [first, deep] * PAGES, 1)
    found["list_first_ms"] = _ms(statistics.median(spent[::2]))
    found["list_deep_ms"] = _ms(statistics.median(spent[1::2]))
    found["list_deep_to_first"] = round(
        statistics.median(spent[1::2]) / statistics.median(spent[::2]), 2
    )
    words = [*texts.SUBJECTS, *texts.PLACES]
    asked = [
        f"/v1/public/search?site_code={house.SITE}&q={quote(words[number % len(words)])}"
        for number in range(SEARCHES)
    ]
    spent = await seconds(at, asked, 1)
    found["search_p50_ms"], found["search_p99_ms"] = _ms(_at(spent, 0.5)), _ms(_at(spent, 0.99))
    return await get(at, f"/v1/public/items/{ids[0]}")


async def _details(at: str, raw: str, found: dict[str, object]) -> None:
    """Measure items read over many connections, beside an app that only sends the same bytes."""
    ids = found.pop("ids")
    assert isinstance(ids, list)  # noqa: S101  # put there above
    step = max(1, len(ids) // READS)
    paths = [f"/v1/public/items/{one}" for one in ids[::step]][:READS]
    await seconds(at, paths[:500], CONNECTIONS)
    rounds: dict[str, list[list[float]]] = {"raw": [], "detail": []}
    # In turn, and several times: a machine that is not ours alone has better and worse moments.
    for _ in range(ROUNDS):
        for name, where in (("raw", raw), ("detail", at)):
            rounds[name].append(await seconds(where, paths, CONNECTIONS))
    for name, measured in rounds.items():
        slowest = sorted(_at(spent, 0.99) for spent in measured)
        found[f"{name}_p50_ms"] = _ms(statistics.median(_at(spent, 0.5) for spent in measured))
        found[f"{name}_p99_ms"] = _ms(statistics.median(slowest))
        found[f"{name}_p99_from_to_ms"] = [_ms(slowest[0]), _ms(slowest[-1])]
    one = await seconds(at, paths[:1_000], 1)
    found["detail_alone_p50_ms"], found["detail_alone_p99_ms"] = (
        _ms(_at(one, 0.5)),
        _ms(_at(one, 0.99)),
    )
    for share in ("p50", "p99"):
        mine, theirs = found[f"detail_{share}_ms"], found[f"raw_{share}_ms"]
        found[f"detail_to_raw_{share}"] = round(float(str(mine)) / float(str(theirs)), 1)


def _at(spent: Sequence[float], share: float) -> float:
    return sorted(spent)[min(len(spent) - 1, int(len(spent) * share))]


def _ms(spent: float) -> float:
    return round(spent * 1000, 2)
