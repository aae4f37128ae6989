"""A provincial policy reaches a thousand sites, is proved at each by its page, and withdrawn."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from bench import house, province
from bench.county_sites import CountySites, Manner, serving
from bench.noting import circumstances, keep_found
from bench.province import (
    EVERYTHING,
    KEY,
    LOOPBACK,
    Province,
    Turned,
    clerk,
    code_of,
    domain_of,
)
from services.content.editorial.link_reading.adapters import Reader
from services.content.syndication.directives import schedule as directives
from services.content.syndication.directives.models import Obligation
from services.content.syndication.partners import schedule as partners
from services.content.syndication.partners.models import Delivery, Subscription
from services.content.syndication.recalls import schedule as recalls
from services.content.syndication.verification import schedule as verification
from services.content.syndication.verification.models import Copy
from shared.contracts.directives import ObligationState
from shared.db import Sessions, open_engine, open_readings, open_sessions, utc_now
from shared.destination import Address
from shared.outbound import Call, Outside, call
from shared.schedule import Task, keep
from shared.statements import verify
from shared.telemetry import configure
from shared.uow import BeginAs, beginner

SITES = 1_000
APART = timedelta(minutes=31)
A_DAY = timedelta(days=1)
CLAIMING = 8
SOON = 0.05
TITLE = "安徽省人民政府办公厅关于加强基层政务公开标准化规范化工作的实施意见"
PARAGRAPH = (
    "各市、县人民政府要把政策文件公开作为常态工作，第{number}项任务涉及资金5000万元，由省级财政统筹安排，"
    "于{number}月底前完成，并在本级政府门户网站原文转载，不得改动文字、数字和附件。"
)
TEXT = "\n\n".join(PARAGRAPH.format(number=number) for number in range(1, 13))
GOOD = (Manner.GOOD, Manner.SLOW)


@dataclass
class Reached:
    """What came of it: how long each step took, and where each site ended."""

    sites: int
    seconds: dict[str, float] = field(default_factory=dict)
    states: dict[Manner, Counter[str]] = field(default_factory=dict)
    withdrawn: dict[Manner, Counter[str]] = field(default_factory=dict)
    copies: dict[Manner, Counter[str]] = field(default_factory=dict)
    recall: dict[str, Any] = field(default_factory=dict)
    deliveries: dict[Manner, Counter[str]] = field(default_factory=dict)
    late: int = 0
    refused: int = 0

    async def timed(self, step: str, doing: Awaitable[Any]) -> Any:
        """Do a step, and note how long it took."""
        begun = time.perf_counter()
        done = await doing
        self.seconds[step] = round(time.perf_counter() - begun, 2)
        return done


async def journey(sessions: Sessions, readings: Sessions, count: int) -> Reached:
    """Let a policy go all the way to so many sites and back."""
    reached = Reached(count)
    async with serving() as sites:
        home = await province.found(sessions, readings, count)
        await reached.timed("subscribe", _subscribe(home, sites, count))
        outside = Outside(LOOPBACK, _here)
        await reached.timed("raw_posts", _raw(outside, sites, "POST"))
        item = await home.release(TITLE, TEXT)
        await home.order(item)
        await reached.timed("make_out", home.hear())
        await reached.timed("deliver_and_claim", _deliver_and_claim(home, sites, outside))
        await reached.timed("raw_reads", _raw(outside, sites, "GET"))
        reader = _pages(home, outside)
        await reached.timed("read", _all_due(reader, home.clock))
        home.clock.by = APART
        await reached.timed("read_again", _all_due(reader, home.clock))
        await _miss_deadlines(home)
        reached.states = await _states(home, sites)
        reached.late = await _late(home)
        await home.hear()
        await home.withdraw(item)
        await reached.timed("follow_withdrawal", home.hear())
        await reached.timed("deliver_withdrawal", _deliver_withdrawal(home, sites, outside))
        reached.withdrawn = await _states(home, sites)
        home.clock.by += APART
        await reached.timed("read_for_absence", _all_due(reader, home.clock))
        home.clock.by += APART
        await reached.timed("prove_absence", _all_due(reader, home.clock))
        await reached.timed("certify", _certify(home))
        reached.copies = await _copies(home, sites)
        await _give_in(sites)
        for later in (A_DAY, APART):
            home.clock.by += later
            await _all_due(reader, home.clock)
        await _certify(home)
        reached.recall = await _recall(home, item)
        reached.deliveries = await _receipts(home, sites)
        reached.refused = sites.refused
        await home.http.aclose()
    return reached


def measure(count: int) -> None:
    """Measure in a database of its own, print what was found and keep it."""
    configure("bench", "ERROR")
    found = circumstances()
    with house.database() as url:
        asyncio.run(house.create(url))
        house.migrate(url)
        reached = asyncio.run(_measured(url, count))
    seconds = reached.seconds
    rates: dict[str, float] = {
        "raw_posts_per_second": round(count / seconds["raw_posts"]),
        "deliveries_per_second": round(count / seconds["deliver_and_claim"]),
        "raw_reads_per_second": round(count / seconds["raw_reads"]),
        "pages_judged_per_second": round(count / seconds["read_again"]),
    }
    rates["deliveries_to_raw_posts"] = round(
        seconds["deliver_and_claim"] / seconds["raw_posts"], 1
    )
    rates["pages_judged_to_raw_reads"] = round(seconds["read_again"] / seconds["raw_reads"], 1)
    steps = ("make_out", "deliver_and_claim", "read", "read_again")
    keep_found(
        f"{count}-sites",
        {
            "sites": count,
            **found,
            "seconds": seconds,
            "seconds_to_all_verified": round(sum(seconds[step] for step in steps), 1),
            **rates,
            "states": reached.states,
            "late": reached.late,
            "after_withdrawal": reached.withdrawn,
            "copies": reached.copies,
            "recall": reached.recall,
            "deliveries": reached.deliveries,
            "messages_refused": reached.refused,
        },
    )


async def _measured(url: str, count: int) -> Reached:
    engine = open_engine(url)
    reached = await journey(open_sessions(engine), open_readings(engine), count)
    await engine.dispose()
    return reached


async def _here(_: str, __: int) -> Sequence[Address]:
    return [ip_address("127.0.0.1")]


async def _subscribe(home: Province, sites: CountySites, count: int) -> None:
    for number in range(1, count + 1):
        url = sites.url(domain_of(code_of(number)), "/hook")
        new = {"url": url, "payload": "full", "kinds": ["policy"]}
        opened = await home.send(clerk(number), "POST", "/v1/subscriptions", new)
        sites.add(number, opened["secret"])


async def _raw(outside: Outside, sites: CountySites, method: str) -> None:
    """Call every site once by the same road, with nothing kept: what the rest is measured by."""
    waiting = iter([domain for domain in sites.manners if _is_quick(sites, domain)])

    async def work() -> None:
        for domain in waiting:
            body = b"x" * 6000 if method == "POST" else None
            await call(outside, Call(method, sites.url(domain, "/hook"), content=body, most=10**6))

    await asyncio.gather(*(work() for _ in range(partners.MOST_UNDER_WAY)))
    sites.refused = 0


def _is_quick(sites: CountySites, domain: str) -> bool:
    return sites.manners[domain] is not Manner.SLOW


@asynccontextmanager
async def _delivering(home: Province, outside: Outside) -> AsyncIterator[None]:
    begin = beginner(home.sessions, utc_now, "/content")
    (deliver,) = partners.tasks(home.sessions, begin, KEY, outside)
    working = asyncio.ensure_future(keep(deliver, utc_now))
    try:
        yield
        while await _under_way(home):  # noqa: ASYNC110  # the database wakes nobody
            await asyncio.sleep(SOON)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _under_way(home: Province) -> int:
    """Count what was sent and is not noted yet; whoever is stopped now leaves it to its lease."""
    question = select(func.count()).where(Delivery.leased_until.is_not(None))
    async with home.sessions() as session:
        return await session.scalar(question) or 0


async def _deliver_and_claim(home: Province, sites: CountySites, outside: Outside) -> None:
    """Deliver until every site that takes messages has put its page up and claimed it."""
    taking = [one for one, how in sites.manners.items() if how is not Manner.FAILING]
    left = len(taking)

    async def claim() -> None:
        nonlocal left
        while left:
            left -= 1
            await _claim(home, sites, await sites.put_up.get())

    async with _delivering(home, outside):
        await asyncio.gather(*(claim() for _ in range(CLAIMING)))


async def _claim(home: Province, sites: CountySites, domain: str) -> None:
    number = sites.numbers[domain]
    path = f"/v1/obligations?site_code={code_of(number)}"
    (owed,) = (await home.send(clerk(number), "GET", path))["items"]
    new = {"url": sites.url(domain, "/policy.html")}
    path = f"/v1/obligations/{owed['id']}/claim"
    await home.send(clerk(number), "POST", path, new, owed["version"])


async def _deliver_withdrawal(home: Province, sites: CountySites, outside: Outside) -> None:
    taking = sum(how is not Manner.FAILING for how in sites.manners.values())
    async with _delivering(home, outside):
        for _ in range(taking):
            await sites.taken_down.get()


def _pages(home: Province, outside: Outside) -> Task:
    begin: BeginAs = beginner(home.sessions, home.clock, "/content")
    (task,) = verification.tasks(home.sessions, begin, Reader(outside, "bench"), soon=60)
    return task


async def _all_due(task: Task, clock: Turned) -> None:
    while await task.run(clock()):
        pass


async def _miss_deadlines(home: Province) -> None:
    clock = Turned(timedelta(hours=25))
    begin = beginner(home.sessions, clock, "/content")
    for task in directives.tasks(home.sessions, begin):
        await _all_due(task, clock)


async def _states(home: Province, sites: CountySites) -> dict[Manner, Counter[str]]:
    async with home.sessions() as session:
        rows = await session.execute(select(Obligation.site_code, Obligation.state))
        return _by_manner(sites, [(domain_of(code), state) for code, state in rows])


async def _certify(home: Province) -> None:
    begin = beginner(home.sessions, home.clock, "/content")
    for task in recalls.tasks(home.sessions, begin, home.statements.key):
        await _all_due(task, home.clock)


async def _give_in(sites: CountySites) -> None:
    """Let those who tamper take their pages down too, as nobody is let off."""
    sites.pages.clear()


async def _recall(home: Province, item: Any) -> dict[str, Any]:
    """Return how the withdrawal ended, by its certificate, whose signature holds."""
    path = f"/v1/recalls?item_id={item['id']}"
    (found,) = (await home.send(EVERYTHING, "GET", path))["items"]
    certificate = await home.send(EVERYTHING, "GET", f"/v1/recalls/{found['id']}/certificate")
    verify(certificate, home.statements.public())
    told = {name: found[name] for name in ("copies", "proved", "late", "returned", "unread")}
    return {**told, "certified": len(certificate["copies"])}


async def _copies(home: Province, sites: CountySites) -> dict[Manner, Counter[str]]:
    async with home.sessions() as session:
        rows = await session.execute(select(Copy.site_code, Copy.state))
        return _by_manner(sites, [(domain_of(code), state) for code, state in rows])


async def _late(home: Province) -> int:
    question = select(func.count()).where(Obligation.state == ObligationState.LATE)
    async with home.sessions() as session:
        return await session.scalar(question) or 0


async def _receipts(home: Province, sites: CountySites) -> dict[Manner, Counter[str]]:
    async with home.sessions() as session:
        question = select(Delivery, Subscription.url).join(Subscription)
        rows = await session.execute(question)
        return _by_manner(sites, [(urlsplit(url).hostname or "", one.state) for one, url in rows])


def _by_manner(sites: CountySites, found: Sequence[tuple[str, str]]) -> dict[Manner, Counter[str]]:
    told: dict[Manner, Counter[str]] = {manner: Counter() for manner in Manner}
    for domain, state in found:
        told[sites.manners[domain]][state] += 1
    return told
