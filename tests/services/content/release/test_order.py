import asyncio
from collections import defaultdict
from typing import Any

from tests.factories.content import EDITOR, LEADER, Group

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
        for _ in range(3):
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
