from datetime import timedelta
from typing import Any

import pytest

from services.content.release.schedule import tasks
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import EDITOR, LEADER, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import bearer

UNKNOWN = "019c0000-0000-7000-8000-000000000000"


async def _mark(group: Group, item: Any, **fields: Any) -> Any:
    new = {"state": "repealed", "reason": "已有新的规定", **fields}
    return await group.send(LEADER, "POST", f"/v1/items/{item['id']}/validity", new)


async def test_a_repealed_policy_says_so_on_its_page_and_leads_to_what_follows(
    group: Group, announced: Announced
) -> None:
    old, new = await group.released(title="旧规定"), await group.released(title="新规定")
    done = await _mark(group, old, successor=new["id"], since="2026-07-01")
    assert done.status_code == 201, done.text
    assert (await announced())[-1] == "content.item.validity_recorded"
    shown = await group.public(old)
    assert shown["validity"] == {
        "state": "repealed",
        "label": "自2026年7月1日起废止",
        "since": "2026-07-01",
        "successor": {"id": new["id"], "title": "新规定", "form": None},
        "document": None,
    }
    link = {"id": old["id"], "title": "旧规定", "form": None}
    assert (await group.public(new))["replaces"] == [link]
    assert shown["release_seq"] == (await group.public(new))["release_seq"] == 3
    assert "已有新的规定" not in str(shown)


async def test_every_step_is_kept_and_the_one_that_reaches_furthest_is_shown(
    group: Group,
) -> None:
    item = await group.released()
    document = "蚌政〔2026〕9号"
    await _mark(group, item, state="amended", document=document, since="2026-04-01")
    await _mark(group, item, since="2026-06-01")
    await _mark(group, item, state="expired", since="2026-05-01")
    assert (await group.public(item))["validity"]["label"] == "自2026年6月1日起废止"
    await _mark(group, item, state="effective", since="2026-06-01")
    assert (await group.public(item))["validity"]["state"] == "effective"
    path = f"/v1/items/{item['id']}/validity"
    steps = (await group.send(EDITOR, "GET", path)).json()["items"]
    states = ["effective", "expired", "repealed", "amended"]
    assert [step["state"] for step in steps] == states
    assert (steps[3]["document"], steps[3]["recorded_by"]) == (document, LEADER.id)
    assert (await group.send(STRANGER, "GET", path)).status_code == 404


async def test_a_mark_survives_a_new_text_and_a_withdrawal(group: Group) -> None:
    old, new = await group.released(), await group.released(title="新规定")
    await _mark(group, old, successor=new["id"])
    old = await group.revised(old, title="旧规定", correction_note="更正标题。")
    assert (await group.release(old)).status_code == 201
    assert (await group.public(new))["replaces"][0]["title"] == "旧规定"
    await group.withdraw(old)
    assert (await group.public(new))["replaces"] == []
    assert (await group.release(await group.cleared_again(old))).status_code == 201
    assert (await group.public(old))["validity"]["successor"]["id"] == new["id"]
    assert (await group.public(new))["replaces"][0]["id"] == old["id"]
    await group.withdraw(new)
    assert (await group.public(old))["validity"]["successor"] is None


async def test_no_chain_of_successors_comes_round(group: Group, unchanged: Unchanged) -> None:
    first, second, third = [await group.released() for _ in range(3)]
    assert (await _mark(group, first, successor=second["id"])).status_code == 201
    assert (await _mark(group, second, successor=third["id"])).status_code == 201
    async with unchanged():
        for item, successor in ((third, first), (second, first), (first, first)):
            refused = await _mark(group, item, successor=successor["id"])
            assert [fault["code"] for fault in refused.json()["faults"]] == ["cycle"]
    assert (await _mark(group, first, state="effective")).status_code == 201
    assert (await _mark(group, third, successor=first["id"])).status_code == 201


async def test_what_was_withdrawn_keeps_its_place_in_a_chain(
    group: Group, unchanged: Unchanged
) -> None:
    first, second, third = [await group.released() for _ in range(3)]
    assert (await _mark(group, first, successor=second["id"])).status_code == 201
    assert (await _mark(group, second, successor=third["id"])).status_code == 201
    await group.withdraw(second)
    async with unchanged():
        refused = await _mark(group, third, successor=first["id"])
        assert [fault["code"] for fault in refused.json()["faults"]] == ["cycle"]
    assert (await group.release(await group.cleared_again(second))).status_code == 201
    assert (await group.public(second))["validity"]["successor"]["id"] == third["id"]


async def test_marking_takes_a_public_policy_authority_and_sense(
    group: Group, unchanged: Unchanged
) -> None:
    item, draft = await group.released(written_on="2026-03-01"), await group.draft()
    news = await group.released(kind="news")
    assert (await _mark(group, item)).status_code == 201
    async with unchanged():
        for of, fields, told in (
            (item, {}, "/problems/already-recorded"),
            (draft, {}, "/problems/not-found"),
            ({"id": UNKNOWN}, {}, "/problems/not-found"),
            (news, {}, "no_validity"),
            (item, {"since": "2026-02-28"}, "before_written"),
            (item, {"successor": draft["id"]}, "not_public"),
            (item, {"successor": news["id"]}, "wrong_kind"),
            (item, {"state": "amended"}, "amendment_missing"),
            (item, {"state": "effective", "document": "号"}, "successor_misplaced"),
            (item, {"reason": ""}, "string_too_short"),
            (item, {"state": "gone"}, "enum"),
        ):
            refused = await _mark(group, of, **fields)
            assert refused.status_code in {404, 409, 422}, refused.text
            assert told in refused.text, refused.text
        new = {"state": "repealed", "reason": "x"}
        for actor, status in ((EDITOR, 403), (STRANGER, 403), (None, 401)):
            path = f"/v1/items/{item['id']}/validity"
            assert (await group.send(actor, "POST", path, new)).status_code == status


async def _expire(sessions: Sessions, begin: BeginAs, watch: Watch, at: Any) -> int:
    _, expire, _ = tasks(sessions, begin)
    watch.now = at
    return await expire.run(at)


async def test_a_policy_expires_by_itself_when_its_last_day_is_over_in_china(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    item = await group.released(expires_on="2026-03-31")
    midnight = watch.now.replace(day=31, hour=16, minute=0)
    assert await _expire(sessions, begin, watch, midnight - timedelta(microseconds=1)) == 0
    assert (await group.public(item))["validity"] is None
    assert await _expire(sessions, begin, watch, midnight) == 1
    assert (await announced())[-1] == "content.item.validity_recorded"
    shown = await group.public(item)
    assert shown["validity"]["label"] == "自2026年4月1日起失效"
    assert await _expire(sessions, begin, watch, midnight + timedelta(days=1)) == 0


@pytest.mark.parametrize("meanwhile", ["withdrawn", "repealed", "prolonged", "unlimited"])
async def test_what_no_longer_ends_that_day_does_not_expire(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, meanwhile: str
) -> None:
    item = await group.released(expires_on="2026-03-31")
    if meanwhile == "withdrawn":
        await group.withdraw(item)
    elif meanwhile == "repealed":
        await _mark(group, item)
    else:
        last = {"expires_on": "2026-04-30"} if meanwhile == "prolonged" else {}
        item = await group.revised(item, **last)
        assert (await group.release(item)).status_code == 201
    before = (await group.client.get("/v1/public/changes")).json()["changes"]
    await _expire(sessions, begin, watch, watch.now.replace(month=4, day=10))
    assert (await group.client.get("/v1/public/changes")).json()["changes"] == before
    prolonged = await _expire(sessions, begin, watch, watch.now.replace(month=5, day=10))
    assert prolonged == (1 if meanwhile == "prolonged" else 0)


async def test_the_last_day_there_is_ends_nothing(group: Group) -> None:
    item = await group.released(expires_on="9999-12-31")
    assert (await group.public(item))["validity"] is None


async def test_a_mark_without_a_day_holds_from_the_day_it_is_recorded(
    group: Group, watch: Watch
) -> None:
    item = await group.released()
    watch.turn(timedelta(days=40))
    new = {"state": "expired", "reason": "期满"}
    path = f"/v1/items/{item['id']}/validity"
    done = await group.client.post(path, json=new, headers=bearer(LEADER, watch()))
    assert done.json()["since"] == "2026-04-11"
