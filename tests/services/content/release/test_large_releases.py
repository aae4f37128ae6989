import asyncio
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import inspect, text

from services.content.editorial.models import Approval, Item, Revision
from shared.contracts.release import LARGEST_RELEASE, ItemVersion, NewRelease
from shared.db import Sessions
from tests.factories.content import SITE, STRANGER, Group
from tests.services.content.conftest import Unchanged
from tests.support.queries import CountQueries

MANY = 500
# A text's hash says nothing of whose it is, so copies of a cleared item are cleared too.


def _copied(table: type[Revision | Item | Approval], changed: str, which: str) -> str:
    """Return SQL that copies rows of a table, without what the database makes itself."""
    kept = [column.name for column in inspect(table).columns if column.computed is None]
    names = ", ".join(f'"{name}"' for name in kept)
    name = table.__tablename__
    return f"""INSERT INTO {name} ({names}) SELECT {names} FROM (
        SELECT (jsonb_populate_record(one, jsonb_build_object({changed}))).*
        FROM {name} AS one, made WHERE one.{which} = :item) AS copied"""  # noqa: S608  # names of our own


OF_REVISION = "'id', made.revision_id, 'item_id', made.item_id"
OF_ITEM = "'id', made.item_id, 'revision_id', made.revision_id"
OF_APPROVAL = "'id', gen_random_uuid(), 'item_id', made.item_id"
COPIES = f"""
WITH made AS (
    SELECT gen_random_uuid() AS item_id, gen_random_uuid() AS revision_id
    FROM generate_series(1, :many)
), taken AS (
    INSERT INTO parts SELECT made.item_id, person, kind FROM parts, made
    WHERE parts.item_id = :item
), texts AS ({_copied(Revision, OF_REVISION, "item_id")}),
copies AS ({_copied(Item, OF_ITEM, "id")} RETURNING id, version),
consents AS ({_copied(Approval, OF_APPROVAL, "item_id")})
SELECT id, version FROM copies
"""  # noqa: S608  # as above


async def _copies(sessions: Sessions, item: Any, many: int) -> list[Any]:
    async with sessions.begin() as session:
        made = await session.execute(text(COPIES), {"item": UUID(item["id"]), "many": many})
        return [{"id": str(row.id), "version": row.version} for row in made]


async def _look(group: Group, items: list[Any]) -> list[int]:
    """Return how many of the items each API shows, of the hundred it can show at once."""
    some = "&id=".join(item["id"] for item in items[:100])
    seen = []
    for path in (
        f"/v1/public/items/{items[0]['id']}",
        f"/v1/public/items?first=100&id={some}",
        f"/v1/public/items?first=100&site_code={SITE}",
        "/v1/public/search?first=100&q=通知",
        "/v1/public/changes?first=1",
    ):
        shown = await group.client.get(path)
        page = shown.json()
        if "total" in page:
            assert bool(page["total"]["count"]) == bool(page["items"]), "one instant"
        seen.append(len(page.get("items", page.get("changes", [0]))) if shown.is_success else 0)
    return seen


async def test_a_reader_sees_all_of_a_large_release_or_nothing(
    real_group: Group, real_sessions: Sessions
) -> None:
    items = await _copies(real_sessions, await real_group.cleared(), MANY)
    done = asyncio.Event()

    async def read() -> list[int]:
        seen = []
        while not done.is_set():
            seen += await _look(real_group, items)
        return seen

    readers = [asyncio.create_task(read()) for _ in range(2)]
    await asyncio.sleep(0)
    began = time.monotonic()
    answer = await real_group.release(*items)
    took = time.monotonic() - began
    done.set()
    assert answer.status_code == 201, answer.text
    for seen in await asyncio.gather(*readers):
        shown = [count for count in seen if count]
        assert seen == [0] * (len(seen) - len(shown)) + shown, "once seen, it is seen everywhere"
        assert set(shown) <= {1, 100, MANY}
    assert await _look(real_group, items) == [1, 100, 100, 100, MANY]
    assert took < 30  # seconds, beside two readers on a busy machine


async def test_a_release_costs_the_same_statements_however_large(
    group: Group, sessions: Sessions, count_queries: CountQueries
) -> None:
    cleared = await group.cleared()
    few, many = await _copies(sessions, cleared, 2), await _copies(sessions, cleared, 60)
    for bundle in (few, many):
        with count_queries(29):
            assert (await group.release(*bundle)).status_code == 201
    for bundle in (few, many):
        async with sessions.begin() as session:
            ids = [UUID(item["id"]) for item in bundle]
            changed = "UPDATE live SET content_hash = item_id::text, summary = CASE WHEN"
            changed += " item_id < :middle THEN 'x' END WHERE item_id = ANY(:ids)"
            await session.execute(text(changed), {"ids": ids, "middle": sorted(ids)[1]})
        with count_queries(27):
            assert (await group.release(*bundle)).status_code == 201


async def test_every_fault_of_every_item_is_told_at_once(
    group: Group, unchanged: Unchanged
) -> None:
    items = [await group.cleared() for _ in range(2)]
    drafts = [await group.draft(disclosure="none", disclosure_reason="内部") for _ in range(2)]
    missing = {"id": str(uuid4()), "version": 1}
    async with unchanged():
        refused = await group.release(*items, *drafts)
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]] == [
            (draft["id"], code)
            for draft in drafts
            for code in ("not_cleared", "not_for_disclosure")
        ]
        old = [{**item, "version": 1} for item in items]
        refused = await group.release(*old)
        assert refused.status_code == 412
        assert [fault["pointer"] for fault in refused.json()["faults"]] == [
            item["id"] for item in items
        ]
        refused = await group.release(*items, missing)
        assert (refused.status_code, refused.json()["items"]) == (404, [missing["id"]])
        refused = await group.release(*items, actor=STRANGER)
        assert refused.json()["items"] == sorted(item["id"] for item in items)
        refused = await group.release(items[0], items[1], items[0])
        (fault,) = refused.json()["faults"]
        assert (fault["code"], fault["pointer"]) == ("item_twice", "/items")
        assert items[0]["id"] in fault["detail"]
        assert items[1]["id"] not in fault["detail"]


def test_a_release_has_a_largest_size() -> None:
    items = [ItemVersion(item_id=uuid4(), version=1) for _ in range(LARGEST_RELEASE + 1)]
    assert len(NewRelease(items=items[1:]).items) == LARGEST_RELEASE
    with pytest.raises(ValidationError):
        NewRelease(items=items)
