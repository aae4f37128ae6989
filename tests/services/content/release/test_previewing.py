from tests.factories.content import EDITOR, LEADER, SITE, STRANGER, Group
from tests.services.content.conftest import Unchanged

PATH = "/v1/releases/preview"


async def test_a_preview_shows_what_would_be_public_and_writes_nothing(
    group: Group, unchanged: Unchanged
) -> None:
    policy = await group.cleared(to_be_interpreted=True)
    read = await group.cleared(kind="interpretation", interprets=policy["id"])
    wanted = {
        "items": [{"item_id": one["id"], "version": one["version"]} for one in (policy, read)]
    }
    async with unchanged():
        shown = await group.send(EDITOR, "POST", PATH, wanted)
    assert shown.status_code == 200, shown.text
    assert (shown.json()["faults"], shown.json()["leaving"]) == ([], [])
    assert (await group.release(policy, read)).status_code == 201
    assert shown.json()["items"] == [await group.public(policy), await group.public(read)]


async def test_a_preview_tells_every_fault_beside_the_pages(
    group: Group, unchanged: Unchanged
) -> None:
    statement = await group.released(kind="status_statement")
    draft = await group.draft(kind="news", title="草稿")
    policy = await group.cleared(to_be_interpreted=True)
    items = [{"item_id": one["id"], "version": one["version"]} for one in (draft, policy)]
    async with unchanged():
        shown = (await group.send(EDITOR, "POST", PATH, {"items": items})).json()
    assert [(fault["pointer"], fault["code"]) for fault in shown["faults"]] == [
        (draft["id"], "not_cleared"),
        (policy["id"], "interpretation_missing"),
    ]
    assert [item["title"] for item in shown["items"]] == ["草稿", policy["title"]]
    assert shown["leaving"] == [statement["id"]]
    listed = (await group.client.get(f"/v1/public/items?site_code={SITE}")).json()["items"]
    assert [item["id"] for item in listed] == [statement["id"]]


async def test_only_those_who_may_release_preview_it(group: Group, unchanged: Unchanged) -> None:
    item = await group.cleared()
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    stale = {"items": [{"item_id": item["id"], "version": 1}]}
    async with unchanged():
        for actor, body, status in (
            (LEADER, wanted, 403),
            (STRANGER, wanted, 404),
            (None, wanted, 401),
            (EDITOR, stale, 412),
            (EDITOR, {"items": []}, 422),
        ):
            assert (await group.send(actor, "POST", PATH, body)).status_code == status
