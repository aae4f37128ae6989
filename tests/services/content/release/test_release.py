from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from services.content.editorial.models import Approval, Item, Part, PartKind
from shared.contracts.content import ReviewStep, Stage
from shared.db import Sessions
from tests.factories.content import EDITOR, LEADER, SECRECY, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import bearer


def _faults(refused: Any) -> list[tuple[str, str]]:
    assert refused.status_code == 422, refused.text
    assert refused.json()["type"] == "/problems/not-releasable"
    return [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]]


async def test_a_cleared_item_becomes_public_with_its_approved_hash(
    group: Group, announced: Announced
) -> None:
    item = await group.released()
    public = await group.client.get(f"/v1/public/items/{item['id']}")
    assert public.status_code == 200, public.text
    assert public.json()["content_hash"] == item["content_hash"]
    assert public.json()["first_public_at"].startswith("2026-03-02")
    assert (await announced())[-1] == "content.item.released"


async def test_nothing_is_released_without_both_reviews(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.submitted()
    item = (await group.review(LEADER, item, "leader")).json()
    async with unchanged():
        assert _faults(await group.release(item)) == [(item["id"], "not_cleared")]
    assert (await group.client.get(f"/v1/public/items/{item['id']}")).status_code == 404


async def test_if_one_item_may_not_go_out_none_does(group: Group, unchanged: Unchanged) -> None:
    ready, draft, other = await group.cleared(), await group.draft(), await group.submitted()
    async with unchanged():
        faults = _faults(await group.release(ready, draft, other))
    assert sorted(faults) == sorted((item["id"], "not_cleared") for item in (draft, other))
    assert (await group.release(ready)).status_code == 201


async def test_the_same_text_is_not_released_twice(group: Group, unchanged: Unchanged) -> None:
    item = await group.released()
    async with unchanged():
        assert _faults(await group.release(item)) == [(item["id"], "already_live")]


async def test_an_item_not_for_the_public_is_not_released(
    group: Group, unchanged: Unchanged
) -> None:
    reason = "涉及商业秘密"
    item = await group.cleared(disclosure="on_request", disclosure_reason=reason)
    async with unchanged():
        assert _faults(await group.release(item)) == [(item["id"], "not_for_disclosure")]


async def test_another_version_than_the_one_that_was_read_is_not_released(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.cleared()
    async with unchanged():
        refused = await group.release({**item, "version": item["version"] - 1})
    assert (refused.status_code, refused.json()["version"]) == (412, item["version"])


async def test_releasing_takes_authority(group: Group, unchanged: Unchanged) -> None:
    item = await group.cleared()
    async with unchanged():
        assert (await group.release(item, actor=LEADER)).status_code == 403
        assert (await group.release(item, actor=STRANGER)).status_code == 404
        nobody = {"items": [{"item_id": item["id"], "version": item["version"]}]}
        assert (await group.send(None, "POST", "/v1/releases", nobody)).status_code == 401


async def test_an_item_that_is_not_there_is_named(group: Group, unchanged: Unchanged) -> None:
    missing = "019c0000-0000-7000-8000-000000000000"
    item = await group.cleared()
    async with unchanged():
        refused = await group.release(item, {"id": missing, "version": 1})
    assert (refused.status_code, refused.json()["items"]) == (404, [missing])


@pytest.mark.parametrize(
    "body",
    [
        {"items": []},
        {"items": [{"item_id": "x", "version": 1}]},
        {"items": [{"item_id": "019c0000-0000-7000-8000-000000000000", "version": 2**31}]},
        {"items": [{"item_id": "019c0000-0000-7000-8000-000000000000", "version": 1}] * 2},
        {"items": None},
        {},
    ],
)
async def test_a_release_of_nothing_sensible_is_refused(
    group: Group, unchanged: Unchanged, body: Any
) -> None:
    async with unchanged():
        refused = await group.send(EDITOR, "POST", "/v1/releases", body)
    assert refused.status_code == 422, refused.text


async def test_consent_to_another_text_releases_nothing_even_if_forged(
    group: Group, sessions: Sessions
) -> None:
    item = await group.submitted()
    async with sessions.begin() as session:
        for step, reviewer in ((ReviewStep.LEADER, LEADER), (ReviewStep.SECRECY, SECRECY)):
            part = {"item_id": item["id"], "person": reviewer.id, "kind": PartKind.REVIEWER}
            await session.execute(insert(Part).values(part))
            forged = Approval(item_id=item["id"], content_hash="0" * 64, step=step)
            forged.reviewer, forged.decided_at = reviewer.id, Watch().now
            session.add(forged)
        await session.execute(update(Item).values(stage=Stage.CLEARED))
    assert _faults(await group.release(item)) == [(item["id"], "not_cleared")]


async def test_a_stage_without_its_consents_releases_nothing(
    group: Group, sessions: Sessions
) -> None:
    item = await group.cleared()
    async with sessions.begin() as session:
        await session.execute(delete(Approval).where(Approval.step == ReviewStep.SECRECY))
    assert _faults(await group.release(item)) == [(item["id"], "not_cleared")]


async def test_a_revised_item_stays_public_as_it_was_until_it_is_released_again(
    group: Group, watch: Watch
) -> None:
    item = await group.released(title="旧题")
    address = f"/v1/public/items/{item['id']}"
    before = await group.client.get(address)
    text = {"title": "新题", "body": "新文。", "source": "办公室", "correction_note": "更正标题。"}
    path = f"/v1/items/{item['id']}"
    revised = (await group.send(EDITOR, "PUT", path, text, version=item["version"])).json()
    assert (await group.client.get(address)).content == before.content
    revised = await group.submit(revised)
    revised = (await group.review(LEADER, revised, "leader")).json()
    revised = (await group.review(SECRECY, revised, "secrecy")).json()
    watch.now = watch.now.replace(hour=9)
    wanted = {"items": [{"item_id": item["id"], "version": revised["version"]}]}
    done = await group.client.post("/v1/releases", json=wanted, headers=bearer(EDITOR, watch()))
    assert done.status_code == 201, done.text
    after = (await group.client.get(address)).json()
    assert (after["title"], after["content_hash"]) == ("新题", revised["content_hash"])
    assert after["first_public_at"] == before.json()["first_public_at"]
    assert after["updated_at"] > before.json()["updated_at"]
    changes = (await group.client.get("/v1/public/changes")).json()["changes"]
    assert [change["item"] for change in changes] == [None, after]
