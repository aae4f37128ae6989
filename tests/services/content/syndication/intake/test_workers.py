"""However many workers look, a feed is asked once and an entry drafted once."""

import asyncio
from uuid import UUID

import pytest

from services.content.syndication.intake.commands.settling import settle_entry
from services.content.syndication.intake.models import FeedStanding
from services.content.syndication.intake.schedule import CLOCK, LEASE
from shared.db import Sessions
from shared.schedule import claim
from shared.uow import BeginAs
from tests.factories.content import Group
from tests.factories.feeds import TEXT, item, rss
from tests.services.content.conftest import Hear, Watch
from tests.services.content.syndication.intake.conftest import OTHER_HOST, Intake, body
from tests.support.queries import CountQueries
from tests.support.web import Web

TITLE = "关于做好防汛工作的通知"


@pytest.fixture
def real_intake(
    real_group: Group,
    real_sessions: Sessions,
    real_begin: BeginAs,
    real_hear: Hear,
    watch: Watch,
    web: Web,
) -> Intake:
    """Workers whose transactions are their own."""
    return Intake(real_group, real_sessions, real_begin, real_hear, watch, web)


async def test_two_workers_ask_a_feed_once_and_draft_its_entries_once(
    real_intake: Intake,
) -> None:
    intake = real_intake
    numbered = f"皖政〔2026〕1号</p><p>{TEXT}"
    intake.web.answers |= {
        "/a.xml": body(rss(item("1", TITLE, numbered))),
        "/b.xml": body(rss(item("2", "转发一份文件的通知", numbered))),
    }
    await intake.ruled(await intake.registered("/a.xml"))
    await intake.ruled(await intake.registered(url=intake.url("/b.xml", OTHER_HOST)))
    now = intake.watch()
    await asyncio.gather(*(intake.tasks()[0].run(now) for _ in range(4)))
    assert sorted(asked.path for asked in intake.web.asked) == ["/a.xml", "/b.xml"]
    waiting = [UUID(entry["id"]) for entry in await intake.entries(state="waiting")]

    async def settle(entry_id: UUID) -> None:
        async with intake.begin(CLOCK, "worker") as uow:
            await settle_entry(uow, entry_id, None)

    await asyncio.gather(*(settle(each) for each in waiting * 2))
    states = sorted(entry["state"] for entry in await intake.entries())
    assert states == ["drafted", "duplicate"]
    assert len(await intake.items()) == 1


async def test_a_feed_whose_worker_died_comes_round_with_its_lease(real_intake: Intake) -> None:
    intake = real_intake
    intake.web.answers["/feed.xml"] = body(rss(item("1", TITLE)))
    await intake.registered()
    await claim(intake.sessions, FeedStanding, intake.watch(), lease=LEASE)
    assert await intake.poll() == 0
    assert await intake.poll(LEASE) == 1
    assert len(await intake.entries()) == 1


async def test_lists_cost_the_same_however_long_they_are(
    intake: Intake, count_queries: CountQueries
) -> None:
    items = [item(str(n), f"第{n}号通知") for n in range(30)]
    intake.web.answers["/feed.xml"] = body(rss(*items))
    feed = await intake.registered()
    await intake.registered("/other.xml")
    await intake.poll()
    for path in (
        "/upstream-feeds",
        "/upstream-entries?first=30",
        f"/upstream-entries?feed_id={feed['id']}&state=waiting",
    ):
        with count_queries(1):
            listed = await intake.send("GET", path)
        assert len(listed.json()["items"]) >= 2
    with count_queries(2):
        await intake.send("GET", f"/upstream-feeds/{feed['id']}/polls")
