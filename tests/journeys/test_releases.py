from typing import Any

import pytest

from deploy.local.demonstration.tour import CITY, eventually
from tests.journeys.office import Office, ahead, wanted, word

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.asyncio(loop_scope="session")]

POLICY: dict[str, Any] = {"written_on": "2026-03-02", "subject": "综合政务", "genre": "通知"}


async def policy(office: Office, number: int, **fields: Any) -> Any:
    """Return a public policy that went out with its own number."""
    doc_no = f"{word()}〔2026〕{number}号"
    return await office.released("policy", **{**POLICY, "doc_no": doc_no, **fields})


async def test_a_bundle_goes_out_at_one_instant_or_not_at_all(office: Office) -> None:
    items = [await office.cleared() for _ in range(3)]
    draft = await office.draft()
    order = wanted(*items, draft)
    preview = (await office.editor.rest("POST", "/v1/releases/preview", order)).json()
    assert [fault["code"] for fault in preview["faults"]] == ["not_cleared"]
    await office.editor.rest("POST", "/v1/releases", order, status=422)
    for item in items:
        await office.citizen.rest("GET", f"/v1/public/items/{item['id']}", status=404)
    release = await office.release(*items)
    assert {(await office.public(item))["release_seq"] for item in items} == {release["seq"]}


async def test_a_release_set_for_a_time_is_carried_out_by_the_worker(office: Office) -> None:
    item, other = await office.cleared(), await office.cleared()
    order = wanted(item, at=ahead(seconds=1))
    set_for = (await office.editor.rest("POST", "/v1/releases", order, status=202)).json()
    later = wanted(other, at=ahead(days=1))
    held = (await office.editor.rest("POST", "/v1/releases", later, status=202)).json()
    await office.citizen.rest("GET", f"/v1/public/items/{item['id']}", status=404)

    async def carried_out() -> Any:
        path = f"/v1/scheduled-releases/{set_for['id']}"
        shown = (await office.editor.rest("GET", path)).json()
        return shown if shown["state"] == "released" else None

    done = await eventually(carried_out, "the scheduled release")
    assert 0 <= done["late_seconds"] < 5
    assert (await office.public(item))["first_public_at"] == done["released_at"]
    cancel = f"/v1/scheduled-releases/{held['id']}/cancellation"
    await office.editor.rest("POST", cancel, If_Match='"1"')
    await office.editor.rest("POST", cancel, status=409, If_Match='"2"')


async def test_a_changed_policy_says_what_was_put_right(office: Office) -> None:
    item = await policy(office, 1)
    shown = (await office.editor.rest("GET", f"/v1/items/{item['id']}")).json()
    text = {name: item[name] for name in ("title", "source", "doc_no", *POLICY)}
    text["body"] = f"{item['body']}\n\n三、认真贯彻执行。"
    again = await office.clear(await office.act(office.editor, shown, "", text))
    refused = await office.editor.rest("POST", "/v1/releases", wanted(again), status=422)
    assert [one["code"] for one in refused.json()["faults"]] == ["correction_unexplained"]
    text["correction_note"] = "补充第三条。"
    again = await office.clear(await office.act(office.editor, again, "", text))
    await office.release(again)
    public = await office.public(item)
    assert public["index_no"]
    assert [one["note"] for one in public["corrections"]] == ["补充第三条。"]


async def test_what_is_withdrawn_says_as_what_and_no_more(office: Office) -> None:
    successor = await policy(office, 2)
    for kind, told in (("mistaken", {}), ("superseded", {"successor": successor["id"]})):
        item = await policy(office, 3)
        path = f"/v1/items/{item['id']}/withdrawal"
        await office.editor.rest("POST", path, {"reason": "不对", "kind": kind}, status=403)
        await office.leader.rest("POST", path, {"reason": "不对", "kind": kind, **told})
        gone = await office.citizen.rest("GET", f"/v1/public/items/{item['id']}", status=410)
        assert gone.json() | {"kind": kind, **told} == gone.json()
        assert "不对" not in gone.text
    item = await policy(office, 4)
    path = f"/v1/items/{item['id']}/withdrawal"
    await office.leader.rest("POST", path, {"reason": "涉密", "kind": "security"})
    gone = await office.citizen.rest("GET", f"/v1/public/items/{item['id']}", status=410)
    assert "kind" not in gone.json()


async def test_one_can_ask_what_was_in_force_on_a_day(office: Office) -> None:
    old = await policy(office, 5, in_force_on="2026-04-01")
    new = await policy(office, 6, in_force_on="2026-07-01")
    mark = {"state": "repealed", "since": "2026-07-01", "successor": new["id"], "reason": "修订"}
    await office.leader.rest("POST", f"/v1/items/{old['id']}/validity", mark)

    async def in_force(day: str) -> set[str]:
        path = f"/v1/public/policies/in-force?on={day}&site_code={CITY}&first=100"
        return {one["id"] for one in (await office.citizen.rest("GET", path)).json()["items"]}

    both = {old["id"], new["id"]}
    assert both & await in_force("2026-03-31") == set()
    assert both & await in_force("2026-06-30") == {old["id"]}
    assert both & await in_force("2026-07-01") == {new["id"]}
    assert (await office.public(old))["validity"]["label"] == "自2026年7月1日起废止"
    assert [one["id"] for one in (await office.public(new))["replaces"]] == [old["id"]]
