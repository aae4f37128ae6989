import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.content.editorial.models import Item
from shared.db import Sessions
from tests.factories.content import EDITOR, SITE, STRANGER, Group
from tests.services.content.conftest import Unchanged


def _new(group: Group, **fields: Any) -> Any:
    place = {"site_code": SITE, "column_id": group.columns["news"], "kind": "news"}
    return {"title": "标题", "body": "正文", "source": "来源", **place, **fields}


async def _write(group: Group, key: str, **fields: Any) -> httpx.Response:
    return await group.send(
        EDITOR, "POST", "/v1/items", _new(group, **fields), Idempotency_Key=key
    )


async def test_the_same_request_is_answered_the_same_and_carried_out_once(
    group: Group, unchanged: Unchanged
) -> None:
    first = await _write(group, "k1")
    assert "Idempotency-Replayed" not in first.headers
    async with unchanged():
        again = await _write(group, "k1")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_a_key_used_for_another_request_is_refused(
    group: Group, unchanged: Unchanged
) -> None:
    item = (await _write(group, "k1")).json()
    path = f"/v1/items/{item['id']}/submission"
    assert (
        await group.send(EDITOR, "POST", path, version=1, Idempotency_Key="k2")
    ).status_code == 200
    async with unchanged():
        for refused in (
            await _write(group, "k1", title="另一标题"),
            await group.send(EDITOR, "POST", path, version=2, Idempotency_Key="k1"),
            await group.send(EDITOR, "POST", path, version=2, Idempotency_Key="k2"),
        ):
            assert refused.status_code == 422, refused.text
            assert refused.json()["type"] == "/problems/key-used-for-another"


async def test_a_key_belongs_to_who_used_it(group: Group) -> None:
    item = (await _write(group, "k1")).json()
    other = await group.send(STRANGER, "POST", "/v1/items", _new(group), Idempotency_Key="k1")
    assert other.status_code == 403
    assert item["id"] not in other.text


async def test_a_refused_request_leaves_its_key_free(group: Group) -> None:
    refused = await _write(group, "k1", column_id=group.county_columns["news"])
    assert refused.status_code == 422
    assert (await _write(group, "k1")).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "\x01", "键".encode("gb18030").decode("latin-1")])
async def test_an_odd_key_is_refused(group: Group, unchanged: Unchanged, key: str) -> None:
    token = (await group.send(EDITOR, "GET", "/v1/viewer")).request.headers["Authorization"]
    headers = [(b"Authorization", token.encode()), (b"Idempotency-Key", key.encode("latin-1"))]
    async with unchanged():
        refused = await group.client.post("/v1/items", json=_new(group), headers=headers)
    assert refused.status_code == 422, refused.text
    assert refused.json()["faults"][0]["pointer"].lower() == "header:idempotency-key"


async def test_a_request_still_in_flight_is_not_carried_out_twice(
    real_group: Group, engine: AsyncEngine, real_sessions: Sessions
) -> None:
    actor_and_key = func.hashtextextended(f"{EDITOR.id}\nk1", 1)
    async with engine.begin() as other:
        await other.execute(select(func.pg_advisory_xact_lock(actor_and_key)))
        refused = await _write(real_group, "k1")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/still-in-flight")
    answers = await asyncio.gather(*(_write(real_group, "k1") for _ in range(6)))
    statuses = {answer.status_code for answer in answers}
    assert 201 in statuses
    assert statuses <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    async with real_sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Item)) == 1
