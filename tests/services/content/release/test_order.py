import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from services.content.release.schedule import tasks
from shared.db import Sessions
from shared.uow import beginner
from tests.factories.content import EDITOR, LEADER, Group
from tests.services.content.conftest import Watch
from tests.support.people import NOW, bearer

WRITERS, RELEASES = 8, 2


async def _pairs(group: Group) -> list[tuple[Any, Any]]:
    pairs = []
    for _ in range(WRITERS * RELEASES):
        policy = await group.cleared(to_be_interpreted=True)
        pairs.append((policy, await group.cleared(kind="interpretation", interprets=policy["id"])))
    return pairs


async def _read_on(group: Group, done: asyncio.Event) -> list[list[Any]]:
    """Page the change feed until the writers are done and nothing more comes."""
    pages, since = [], ""
    while True:
        finished = done.is_set()
        query = f"?first=1{since and f'&since={since}'}"
        page = (await group.client.get(f"/v1/public/changes{query}")).json()
        since = page["next"]
        if page["changes"]:
            pages.append(page["changes"])
        elif finished:
            return pages


async def test_a_reader_misses_no_release_and_never_sees_half_of_one(real_group: Group) -> None:
    pairs = await _pairs(real_group)
    done = asyncio.Event()
    released: dict[int, set[str]] = {}

    async def write(mine: list[tuple[Any, Any]]) -> None:
        for pair in mine:
            answer = await real_group.release(*pair)
            assert answer.status_code == 201, answer.text
            released[answer.json()["seq"]] = {item["id"] for item in pair}

    readers = [asyncio.create_task(_read_on(real_group, done)) for _ in range(2)]
    await asyncio.gather(*(write(pairs[n::WRITERS]) for n in range(WRITERS)))
    done.set()
    assert sorted(released) == list(range(1, len(pairs) + 1))
    for pages in await asyncio.gather(*readers):
        for page in pages:
            seen = defaultdict(set)
            for change in page:
                seen[change["seq"]].add(change["item_id"])
            assert seen == {seq: released[seq] for seq in seen}
        assert [change["seq"] for page in pages for change in page] == sorted([*released] * 2)


async def test_of_many_who_release_one_item_at_once_one_succeeds(real_group: Group) -> None:
    item = await real_group.cleared()
    answers = await asyncio.gather(*(real_group.release(item) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, *[422] * 5]


async def test_releases_and_withdrawals_at_once_leave_one_history(real_group: Group) -> None:
    items = [await real_group.cleared() for _ in range(4)]

    async def turn(item: Any) -> None:
        for round_ in range(3):
            item = await real_group.cleared_again(item) if round_ else item
            assert (await real_group.release(item)).status_code == 201
            path = f"/v1/items/{item['id']}/withdrawal"
            done = await real_group.send(LEADER, "POST", path, {"reason": "有误"})
            assert done.status_code == 200, done.text

    await asyncio.gather(*(turn(item) for item in items))
    changes = (await real_group.client.get("/v1/public/changes?first=100")).json()["changes"]
    assert [change["seq"] for change in changes] == list(range(1, 25))
    for item in items:
        acts = [change["act"] for change in changes if change["item_id"] == item["id"]]
        assert acts == ["released", "withdrawn"] * 3
    assert (await real_group.client.get("/v1/public/items")).json()["items"] == []


async def test_a_text_revised_while_it_is_released_does_not_go_out_unread(
    real_group: Group,
) -> None:
    item = await real_group.cleared()
    text = {"title": "偷换", "body": "偷换的正文。", "source": "办公室"}
    path = f"/v1/items/{item['id']}"
    for _ in range(3):
        revised, released = await asyncio.gather(
            real_group.send(EDITOR, "PUT", path, text, version=item["version"]),
            real_group.release(item),
        )
        assert revised.status_code in {200, 412}
        assert released.status_code in {201, 412, 422}
    shown = await real_group.client.get(f"/v1/public/items/{item['id']}")
    assert "偷换" not in shown.text


MARKER = "麒麟阁"
PUBLIC = (
    "/v1/public/items?first=100",
    "/v1/public/changes?first=100",
    "/v1/public/policies/in-force?first=100",
    f"/v1/public/search?q={MARKER}",
)


class Race:
    """Writers of every kind at once on real connections, each pausing as chance will have it."""

    def __init__(self, group: Group, sessions: Sessions, watch: Watch, seed: int) -> None:
        self.group, self.sessions, self.watch = group, sessions, watch
        self.chance = random.Random(seed)  # noqa: S311  # the same again for the same seed
        self.acts = 0
        self.done = asyncio.Event()

    async def rounds(self, many: int) -> AsyncIterator[int]:
        for turn in range(many):
            await asyncio.sleep(self.chance.random() / 50)
            yield turn

    async def come_and_go(self, item: Any) -> None:
        async for turn in self.rounds(3):
            item = await self.group.cleared_again(item) if turn else item
            answer = await self.group.release(item)
            assert answer.status_code == 201, answer.text
            await self.group.withdraw(item)
            self.acts += 2
            gone = await self.group.client.get(f"/v1/public/items/{item['id']}")
            assert gone.status_code == 410
            for path in PUBLIC[:3]:
                assert item["title"] not in (await self.group.client.get(path)).text

    async def be_revised(self, item: Any) -> None:
        """Hide a draft behind a public text, again and again."""
        text = {"title": MARKER, "body": MARKER, "source": MARKER}
        path = f"/v1/items/{item['id']}"
        async for turn in self.rounds(4):
            version = item["version"] + turn
            done = await self.group.send(EDITOR, "PUT", path, text, version=version)
            assert done.status_code == 200, done.text

    async def be_marked(self, item: Any) -> None:
        async for turn in self.rounds(4):
            since = f"2026-0{turn + 1}-01"
            mark = {"state": "repealed", "since": since, "reason": "清理"}
            path = f"/v1/items/{item['id']}/validity"
            done = await self.group.send(LEADER, "POST", path, mark)
            assert done.status_code == 201, done.text
            self.acts += 1

    async def work(self) -> None:
        """Carry out what is due, as one of several workers."""
        release, *_ = tasks(self.sessions, beginner(self.sessions, self.watch, "/content"))
        async for _ in self.rounds(12):
            released = await release.run(self.watch.now)
            self.acts += released

    async def read(self) -> list[tuple[int, str]]:
        """Page the change feed, look around between the pages, and return every step seen."""
        seen: list[tuple[int, str]] = []
        since = ""
        while True:
            finished = self.done.is_set()
            page = await self.group.client.get(f"/v1/public/changes?first=2{since}")
            assert MARKER not in page.text
            found = page.json()["changes"]
            seen += [(change["seq"], change["item_id"]) for change in found]
            if finished and not found:
                return seen
            since = f"&since={page.json()['next']}"
            for path in PUBLIC:
                shown = await self.group.client.get(path)
                assert shown.status_code == 200
                assert MARKER not in shown.text
            await asyncio.sleep(self.chance.random() / 100)


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_reader_misses_a_step_or_meets_a_draft_whoever_writes(
    real_group: Group, real_sessions: Sessions, watch: Watch, seed: int
) -> None:
    race = Race(real_group, real_sessions, watch, seed)
    coming = [await real_group.cleared(title=f"来去{number}") for number in range(2)]
    standing = [await real_group.released(title=f"常在{number}") for number in range(2)]
    for number in range(3):
        item = await real_group.cleared(title=f"定时{number}")
        done = await real_group.schedule(item, at="2026-03-02T01:01:00Z")
        assert done.status_code == 202, done.text
    watch.turn(timedelta(minutes=1))
    readers = [asyncio.create_task(race.read()) for _ in range(2)]
    await asyncio.gather(
        *(race.come_and_go(item) for item in coming),
        *(race.be_revised(item) for item in standing),
        *(race.be_marked(item) for item in standing),
        *(race.work() for _ in range(2)),
    )
    race.done.set()
    steps = race.acts + len(standing)
    whole = (await real_group.client.get("/v1/public/changes?first=100")).json()["changes"]
    assert [change["seq"] for change in whole] == list(range(1, steps + 1))
    for seen in await asyncio.gather(*readers):
        assert seen == [(change["seq"], change["item_id"]) for change in whole]


async def test_who_waited_bears_no_earlier_instant_than_those_before(
    group: Group, watch: Watch
) -> None:
    items = [await group.cleared() for _ in range(3)]
    shown = []
    for behind in (0, 3, 3600):
        watch.now = NOW + timedelta(seconds=5) - timedelta(seconds=behind)
        item = items.pop()
        wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
        done = await group.client.post(
            "/v1/releases", json=wanted, headers=bearer(EDITOR, watch())
        )
        assert done.status_code == 201, done.text
        shown.append((await group.public(item))["first_public_at"])
    assert shown == ["2026-03-02T01:00:05Z", "2026-03-02T01:00:05Z", "2026-03-02T00:00:05Z"]
