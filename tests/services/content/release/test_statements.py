from typing import Any
from uuid import UUID

from sqlalchemy import update

from services.content.release.models import Live
from shared.db import Sessions
from tests.factories.content import COUNTY_SITE, Group
from tests.services.content.conftest import Announced, Unchanged


async def _statement(group: Group, column: str = "news") -> Any:
    return await group.cleared(kind="status_statement", column_id=group.columns[column])


async def test_a_status_statement_leaves_when_content_arrives_in_its_column(
    group: Group, announced: Announced
) -> None:
    statement, elsewhere = await _statement(group), await _statement(group, "policies")
    assert (await group.release(statement, elsewhere)).status_code == 201
    item = await group.cleared(kind="news")
    seq = (await group.release(item)).json()["seq"]
    gone = await group.client.get(f"/v1/public/items/{statement['id']}")
    assert gone.status_code == 410
    assert (gone.json()["kind"], gone.json()["successor"]) == ("superseded", item["id"])
    assert (await group.public(elsewhere))["id"] == elsewhere["id"]
    changes = (await group.client.get("/v1/public/changes")).json()["changes"]
    last = {(change["item_id"], change["act"]) for change in changes if change["seq"] == seq}
    assert last == {(statement["id"], "withdrawn"), (item["id"], "released")}
    assert (await announced())[-2:] == ["content.item.withdrawn", "content.item.released"]


async def test_another_statement_takes_none_away(group: Group) -> None:
    first, second = await _statement(group), await _statement(group)
    assert (await group.release(first)).status_code == 201
    assert (await group.release(second)).status_code == 201
    assert len((await group.client.get("/v1/public/items")).json()["items"]) == 2


async def test_a_repost_is_content_too(group: Group, sessions: Sessions) -> None:
    source = await group.released()
    statement = await _statement(group)
    assert (await group.release(statement)).status_code == 201
    column = UUID(group.county_columns["policies"])
    async with sessions.begin() as session:  # as if the county had released it
        stands = update(Live).where(Live.item_id == UUID(statement["id"]))
        await session.execute(stands.values(column_id=column, site_code=COUNTY_SITE))
    done = await group.answer(await group.owed(source), answer="accept", column_id=str(column))
    assert done.status_code == 200, done.text
    gone = await group.client.get(f"/v1/public/items/{statement['id']}")
    assert gone.json()["successor"] == done.json()["repost_id"]


async def test_statement_and_content_do_not_go_out_into_one_column_together(
    group: Group, unchanged: Unchanged
) -> None:
    statement, item = await _statement(group), await group.cleared(kind="news")
    async with unchanged():
        refused = await group.release(item, statement)
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]] == [
        (statement["id"], "statement_beside_content")
    ]


async def test_content_that_comes_again_takes_a_later_statement_away(group: Group) -> None:
    item = await group.released(kind="news")
    statement = await _statement(group)
    assert (await group.release(statement)).status_code == 201
    assert (await group.release(await group.revised(item, title="新题"))).status_code == 201
    gone = await group.client.get(f"/v1/public/items/{statement['id']}")
    assert gone.status_code == 410
