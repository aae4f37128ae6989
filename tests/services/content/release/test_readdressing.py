import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.content.registry import queries as registry
from services.content.release.commands import readdressing
from services.content.release.commands.reposting import place_repost
from services.content.release.models import Live, Readdressing
from services.content.release.queries import standing
from services.content.release.schedule import CLOCK, tasks
from shared.db import Sessions
from shared.outbox import OutboxMessage
from shared.uow import BeginAs, beginner
from tests.factories.content import COUNTY_SITE, SITE, Group
from tests.factories.public import copies
from tests.services.content.conftest import Hear, Watch, hear_all

OLD, NEW = f"https://www.s{SITE}.gov.cn/", "https://www.bengbu.gov.cn/"
PUBLIC = "/v1/public"


async def follow(sessions: Sessions, begin: BeginAs, watch: Watch) -> int:
    """Let the clock of release run until nothing is due; say how often it had to."""
    clock = next(task for task in tasks(sessions, begin) if task.name == "follow-domains")
    rounds = 0
    while await clock.run(watch.now):
        rounds += 1
    return rounds


async def reposted(group: Group, item: Any) -> Any:
    owed = await group.owed(item)
    column = group.county_columns["policies"]
    done = await group.answer(owed, answer="accept", column_id=column)
    assert done.status_code == 200, done.text
    return await group.public({"id": done.json()["repost_id"]})


async def test_everything_that_names_an_items_address_follows_its_sites_domain(
    group: Group, hear: Hear, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    item = await group.released()
    repost = await reposted(group, item)
    address = f"{PUBLIC}/items/{item['id']}"
    held = (await group.client.get(address)).headers["ETag"]
    since = (await group.client.get(f"{PUBLIC}/changes")).json()["next"]
    await group.change("change_site", domain="www.bengbu.gov.cn")
    assert (await group.public(item))["url"].startswith(OLD)
    await hear()
    assert await follow(sessions, begin, watch) == 1
    shown = await group.public(item)
    assert shown["url"] == f"{NEW}items/{item['id']}"
    after = await group.public(repost)
    assert (after["url"], after["origin"]["url"]) == (repost["url"], shown["url"])
    assert after["content_hash"] == shown["content_hash"] == item["content_hash"]
    assert shown["updated_at"] == shown["first_public_at"]
    again = await group.client.get(address, headers={"If-None-Match": held})
    assert again.status_code == 200
    for path in (
        f"sites/{SITE}/feed.atom",
        f"sites/{SITE}/feed.rss",
        f"sites/{SITE}/feed.json",
        f"columns/{item['column_id']}/feed.json",
        f"sites/{SITE}/sitemaps/2026-03-1.xml",
        f"sites/{SITE}/catalogue",
        f"sites/{SITE}/labels",
        "policies/in-force",
        "search?q=通知",
        f"items/{item['id']}/labels",
        f"items/{item['id']}/share",
        f"items/{item['id']}/qr.svg",
        f"sites/{COUNTY_SITE}/feed.json",
        f"items/{repost['id']}/share",
    ):
        told = (await group.client.get(f"{PUBLIC}/{path}")).text
        assert OLD not in told, path
        if COUNTY_SITE not in path and repost["id"] not in path:
            assert "www.bengbu.gov.cn" in told, path
    changes = (await group.client.get(f"{PUBLIC}/changes?since={since}")).json()["changes"]
    assert {change["item"]["id"] for change in changes} == {item["id"], repost["id"]}
    assert len({change["seq"] for change in changes}) == 1


async def test_addresses_are_written_some_at_a_time_each_under_a_number_of_its_own(
    group: Group, hear: Hear, sessions: Sessions, begin: BeginAs
) -> None:
    item = await group.released()
    await copies(sessions, item["id"], 4)
    await group.change("change_site", domain="www.bengbu.gov.cn")
    await hear()
    async with sessions() as session:
        due = (await session.scalars(select(Readdressing))).one()
        first, _ = await standing.last_change(session)
    done = []
    for number in range(3):
        async with begin(CLOCK, f"round:{number}") as uow:
            done.append(await readdressing.follow_domain(uow, due.id, most=2))
    async with sessions() as session:
        rows = (await session.scalars(select(Live).order_by(Live.release_seq))).all()
        told = select(OutboxMessage.data).where(OutboxMessage.type == "content.items.readdressed")
        events = (await session.scalars(told.order_by(OutboxMessage.position))).all()
        assert (await session.get_one(Readdressing, due.id)).due_at is None
    assert done == [2, 2, 1]
    assert [row.release_seq - first for row in rows] == [1, 1, 2, 2, 3]
    assert all(row.url == f"{NEW}items/{row.item_id}" for row in rows)
    assert [(each["items"], each["release_seq"] - first) for each in events] == [
        (2, 1),
        (2, 2),
        (1, 3),
    ]


async def test_a_change_that_leaves_the_domain_changes_nothing_the_public_reads(
    group: Group, hear: Hear, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    item = await group.released()
    before = await group.public(item)
    await group.change("change_site", name="蚌埠市人民政府网")
    await hear()
    assert await follow(sessions, begin, watch) == 1
    assert await group.public(item) == before
    async with sessions() as session:
        assert (await standing.last_change(session))[0] == before["release_seq"]


async def test_a_domain_that_changes_twice_ends_at_the_last_one(
    group: Group, hear: Hear, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    item = await group.released()
    for domain in ("one.gov.cn", "two.gov.cn"):
        await group.change("change_site", domain=domain)
    await hear()
    await follow(sessions, begin, watch)
    assert (await group.public(item))["url"].startswith("https://two.gov.cn/")


@pytest.mark.parametrize("most", [1, 500])
async def test_what_is_released_while_the_domain_changes_stands_at_the_new_one(
    real_group: Group, real_sessions: Sessions, watch: Watch, most: int
) -> None:
    begin = beginner(real_sessions, watch, "/content")
    before = await real_group.released()
    items = [await real_group.cleared() for _ in range(4)]
    filed = (await real_group.apply("change_site", domain="www.bengbu.gov.cn")).json()
    done = asyncio.Event()

    async def work() -> None:
        hear = hear_all(real_sessions, begin)
        while True:
            last = done.is_set()
            await hear()
            async with real_sessions() as session:
                due = (await session.scalars(select(Readdressing.id))).all()
            for one in due:
                async with begin(CLOCK, "follow") as uow:
                    while await readdressing.follow_domain(uow, one, most) == most:
                        pass
            if last:
                return

    worker = asyncio.create_task(work())
    answers = await asyncio.gather(
        *(real_group.release(item) for item in items), real_group.decide(filed)
    )
    assert [answer.status_code for answer in answers] == [201] * 4 + [200]
    done.set()
    await worker
    for item in (before, *items):
        assert (await real_group.public(item))["url"] == f"{NEW}items/{item['id']}"


async def test_a_repost_that_waited_for_its_turn_names_the_address_of_that_moment(
    real_group: Group, real_sessions: Sessions, watch: Watch
) -> None:
    begin = beginner(real_sessions, watch, "/content")
    item = await real_group.released()
    async with begin(CLOCK, "repost") as uow:
        await uow.session.get_one(Live, UUID(item["id"]))
        site = await registry.site(uow.session, COUNTY_SITE)
        column = await registry.column(uow.session, UUID(real_group.county_columns["policies"]))
        await real_group.change("change_site", domain="www.bengbu.gov.cn")
        filed = await real_group.apply(
            "change_site", site_code=COUNTY_SITE, domain="www.ahhy.gov.cn"
        )
        assert (await real_group.decide(filed.json())).status_code == 200
        await hear_all(real_sessions, begin)()
        await follow(real_sessions, begin, watch)
        repost = (await place_repost(uow, UUID(item["id"]), site, column)).row
        assert repost.origin_url == f"{NEW}items/{item['id']}"
        assert repost.url == f"https://www.ahhy.gov.cn/items/{repost.item_id}"
