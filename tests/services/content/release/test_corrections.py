from datetime import timedelta
from typing import Any

from shared.auth import Permission
from tests.factories.content import EDITOR, OFFICE, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import bearer, person

CHIEF = person(
    Permission.READ_DRAFTS, Permission.RELEASE, Permission.WITHDRAW, at=OFFICE, name="chief"
)

TOMORROW = {
    "code": "dates.written_in_future",
    "field": "written_on",
    "reason": "将于次日签发。",
}


async def _release_later(group: Group, item: Any, watch: Watch, by: timedelta) -> None:
    now, watch.now = watch.now, watch.now + by
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    done = await group.client.post("/v1/releases", json=wanted, headers=bearer(EDITOR, watch()))
    assert done.status_code == 201, done.text
    watch.now = now


async def test_every_correction_is_told_for_ever_newest_first(group: Group, watch: Watch) -> None:
    item = await group.released()
    assert (await group.public(item))["corrections"] == []
    item = await group.revised(item, title="甲", correction_note="更正标题。")
    await _release_later(group, item, watch, timedelta(days=1))
    item = await group.revised(item, body="乙", correction_note="更正金额。")
    await _release_later(group, item, watch, timedelta(days=2))
    item = await group.revised(item, body="乙", title="甲")
    told = [
        {"at": "2026-03-04T01:00:00Z", "note": "更正金额。"},
        {"at": "2026-03-03T01:00:00Z", "note": "更正标题。"},
    ]
    assert (await group.public(item))["corrections"] == told
    await group.withdraw(item)
    await _release_later(group, item, watch, timedelta(days=3))
    assert (await group.public(item))["corrections"] == told


async def test_a_text_returns_without_telling_its_correction_twice(group: Group) -> None:
    item = await group.released()
    item = await group.revised(item, title="甲", correction_note="更正标题。")
    for _ in range(2):
        assert (await group.release(item)).status_code == 201
        assert len((await group.public(item))["corrections"]) == 1
        await group.withdraw(item)
        item = await group.cleared_again(item)


async def test_a_first_text_corrects_nothing(group: Group) -> None:
    item = await group.released(correction_note="更正标题。")
    assert (await group.public(item))["corrections"] == []


async def test_a_policy_in_public_is_not_changed_without_a_word(
    group: Group, unchanged: Unchanged
) -> None:
    item, news = await group.released(), await group.released(kind="news")
    item = await group.revised(item, body="改了。")
    async with unchanged():
        refused = await group.release(item)
    assert [fault["code"] for fault in refused.json()["faults"]] == ["correction_unexplained"]
    assert (await group.release(await group.revised(news, body="改了。"))).status_code == 201
    item = await group.revised(
        item, body="各县、区人民政府：现将有关事项通知如下。", summary="摘要"
    )
    assert (await group.release(item)).status_code == 201


async def _backdate(group: Group, item: Any, actor: Any = CHIEF, **fields: Any) -> Any:
    wanted = {"item_id": item["id"], "version": item["version"], **fields}
    return await group.send(actor, "POST", "/v1/releases", {"items": [wanted]})


STATED = {"stated_on": "2026-01-15", "stated_reason": "纸质文件当日印发"}


async def test_an_earlier_date_stands_beside_the_observed_one_and_is_announced(
    group: Group, announced: Announced
) -> None:
    item = await group.cleared(written_on="2026-01-10")
    done = await _backdate(group, item, **STATED)
    assert done.status_code == 201, done.text
    shown = await group.public(item)
    assert shown["stated_on"] == STATED["stated_on"]
    assert shown["first_public_at"] == "2026-03-02T01:00:00Z"
    assert STATED["stated_reason"] not in str(shown)
    assert (await announced())[-2:] == ["content.item.backdated", "content.item.released"]
    await group.withdraw(item)
    assert (await group.release(await group.cleared_again(item))).status_code == 201
    assert (await group.public(item))["stated_on"] == STATED["stated_on"]


async def test_the_day_itself_is_no_earlier_date(group: Group, announced: Announced) -> None:
    item = await group.cleared()
    done = await _backdate(group, item, stated_on="2026-03-02", stated_reason="当日")
    assert done.status_code == 201, done.text
    assert "content.item.backdated" not in await announced()


async def test_nobody_dates_back_without_authority_reason_and_sense(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.cleared(written_on="2026-01-10")
    early, late = STATED | {"stated_on": "2026-01-09"}, STATED | {"stated_on": "2026-03-03"}
    async with unchanged():
        refused = await _backdate(group, item, EDITOR, **STATED)
        assert (refused.status_code, refused.json()["permission"]) == (403, "withdraw")
        assert refused.json()["items"] == [item["id"]]
        for fields, code in (
            ({"stated_on": "2026-01-15"}, "reason_missing"),
            (early, "stated_before_written"),
            (late, "stated_in_future"),
        ):
            refused = await _backdate(group, item, **fields)
            assert refused.status_code == 422
            assert [fault["code"] for fault in refused.json()["faults"]] == [code]


async def test_nothing_goes_out_before_it_was_written(group: Group, unchanged: Unchanged) -> None:
    item = await group.cleared(written_on="2026-03-03", waivers=[TOMORROW])
    async with unchanged():
        refused = await group.release(item)
    assert [fault["code"] for fault in refused.json()["faults"]] == ["written_in_future"]
