from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from services.content.supply.models import SupplyTask
from services.content.supply.schedule import tasks
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    SITE,
    STRANGER,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.services.content.supply.conftest import (
    CONTRIBUTOR,
    NOWHERE,
    UNIT,
    adopted,
    asked,
    contributed,
    send,
)
from tests.support.people import bearer

REMINDER = datetime(2026, 3, 6, 9, tzinfo=UTC)  # Friday; the task falls due on Monday
DUE = datetime(2026, 3, 9, 9, tzinfo=UTC)


async def _tick(sessions: Sessions, begin: BeginAs, watch: Watch, at: datetime) -> int:
    watch.now = at
    (clock,) = tasks(sessions, begin)
    return await clock.run(at)


async def _rows(sessions: Sessions) -> list[SupplyTask]:
    async with sessions() as session:
        return list(await session.scalars(select(SupplyTask).order_by(SupplyTask.id)))


async def _read(group: Group, task: Any) -> Any:
    return (await group.send(EDITOR, "GET", f"/v1/supply-tasks/{task['id']}")).json()


async def test_a_unit_sees_what_it_owes(group: Group, announced: Announced) -> None:
    task = await asked(group)
    assert (task["state"], task["late"], task["occurrence"]) == ("open", False, 1)
    assert (await announced())[-1] == "content.supply_task.asked"
    for actor in (EDITOR, CONTRIBUTOR, COUNTY_EDITOR):
        listed = await group.send(actor, "GET", "/v1/supply-tasks?state=open")
        assert listed.json()["items"] == [task]
    assert (await _read(group, task)) == task


async def test_a_site_asks_only_units_that_supply_it_and_only_its_editors_ask(
    group: Group, unchanged: Unchanged
) -> None:
    new = {
        "organization": UNIT,
        "site_code": SITE,
        "title": "标题",
        "brief": "要求",
        "kind": "news",
        "due_at": "2026-03-09T09:00:00Z",
    }
    async with unchanged():
        for actor, fields, problem in (
            (STRANGER, {}, "outside-authority"),
            (CONTRIBUTOR, {}, "outside-authority"),
            (EDITOR, {"due_at": "2026-03-02T01:00:00Z"}, "due-out-of-range"),
            (EDITOR, {"organization": "340000"}, "invalid"),
            (EDITOR, {"organization": "nowhere"}, "not-found"),
            (EDITOR, {"recurrence": "weekly"}, "invalid"),
        ):
            refused = await group.send(actor, "POST", "/v1/supply-tasks", {**new, **fields})
            assert refused.json()["type"] == f"/problems/{problem}", refused.text


async def test_a_unit_is_reminded_one_working_day_before_and_overdue_once(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    await asked(group)
    before = len(await announced())
    assert await _tick(sessions, begin, watch, REMINDER.replace(hour=8)) == 0
    assert await _tick(sessions, begin, watch, REMINDER) == 1
    assert await _tick(sessions, begin, watch, DUE) == 1
    assert await _tick(sessions, begin, watch, DUE) == 0
    told = [f"content.supply_task.{what}" for what in ("reminded", "overdue")]
    assert (await announced())[before:] == told
    (row,) = await _rows(sessions)
    assert row.late


async def test_what_was_fulfilled_is_neither_reminded_nor_overdue(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    task = await asked(group)
    item = await group.draft()
    done = await send(group, EDITOR, "supply-tasks", task, "fulfilment", {"item_id": item["id"]})
    assert (done.json()["state"], done.json()["item_id"]) == ("fulfilled", item["id"])
    assert done.json()["fulfilled_at"] == "2026-03-02T01:00:00Z"
    assert (await announced())[-1] == "content.supply_task.settled"
    assert await _tick(sessions, begin, watch, DUE) == 0


async def test_an_item_of_another_site_fulfils_nothing(group: Group, unchanged: Unchanged) -> None:
    task = await asked(group)
    place = {"site_code": COUNTY_SITE, "column_id": group.county_columns["news"], "kind": "news"}
    new = {"title": "标题", "body": "正文", "source": "来源", **place}
    item = (await group.send(COUNTY_EDITOR, "POST", "/v1/items", new)).json()
    async with unchanged():
        for wrong in (item["id"], NOWHERE):
            refused = await send(
                group, EDITOR, "supply-tasks", task, "fulfilment", {"item_id": wrong}
            )
            assert refused.status_code == 404, refused.text


async def test_an_adopted_contribution_fulfils_what_was_owed(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    task = await asked(group)
    sent = await contributed(group, task_id=task["id"])
    other = await contributed(group, task_id=task["id"])
    done = await adopted(group, sent)
    task = await _read(group, task)
    assert (task["state"], task["item_id"]) == ("fulfilled", done["item_id"])
    assert (await announced()).count("content.supply_task.settled") == 1
    await adopted(group, other)
    assert await _read(group, task) == task
    new = {"title": "a", "body": "b", "source": "c", "organization": UNIT, "site_code": SITE}
    async with unchanged():
        late = await group.send(
            CONTRIBUTOR, "POST", "/v1/contributions", {**new, "task_id": task["id"]}
        )
        assert late.json()["faults"][0]["code"] == "not_open"


async def test_a_unit_sends_a_task_back_and_a_site_calls_one_off(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    because = {"reason": "无此业务"}
    back, off = await asked(group), await asked(group)
    async with unchanged():
        assert (
            await send(group, EDITOR, "supply-tasks", back, "return", because)
        ).status_code == 403
        theirs = await send(group, CONTRIBUTOR, "supply-tasks", off, "cancellation", because)
        assert theirs.status_code == 403
    returned = (await send(group, CONTRIBUTOR, "supply-tasks", back, "return", because)).json()
    cancelled = (await send(group, EDITOR, "supply-tasks", off, "cancellation", because)).json()
    assert (returned["state"], returned["reason"]) == ("returned", because["reason"])
    assert cancelled["state"] == "cancelled"
    assert (await announced())[-2:] == ["content.supply_task.settled"] * 2
    async with unchanged():
        again = await send(group, EDITOR, "supply-tasks", cancelled, "cancellation", because)
        assert again.json()["type"] == "/problems/task-settled"
        stale = await send(group, EDITOR, "supply-tasks", off, "cancellation", because)
        assert stale.status_code == 412
        nobody = await send(
            group, STRANGER, "supply-tasks", {"id": NOWHERE, "version": 1}, "return", because
        )
        assert nobody.status_code == 404


async def test_what_recurs_is_asked_for_again_when_it_falls_due_fulfilled_or_not(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    task = await asked(group, recurrence="monthly")
    item = await group.draft()
    await send(group, EDITOR, "supply-tasks", task, "fulfilment", {"item_id": item["id"]})
    assert await _tick(sessions, begin, watch, DUE) == 1
    first, second = await _rows(sessions)
    assert (first.late, second.occurrence) == (False, 2)
    assert second.deadline == datetime(2026, 4, 9, 9, tzinfo=UTC)
    assert "content.supply_task.overdue" not in await announced()
    cancelled = await group.client.post(
        f"/v1/supply-tasks/{second.id}/cancellation",
        json={"reason": "不再需要"},
        headers={**bearer(EDITOR, watch()), "If-Match": f'"{second.version}"'},
    )
    assert cancelled.status_code == 200, cancelled.text
    assert await _tick(sessions, begin, watch, datetime(2026, 4, 9, 9, tzinfo=UTC)) == 0


async def test_a_worker_that_stood_still_asks_once_for_what_is_still_ahead(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    await asked(group, recurrence="monthly")
    await _tick(sessions, begin, watch, datetime(2026, 6, 1, tzinfo=UTC))
    _, second = await _rows(sessions)
    assert (second.occurrence, second.deadline) == (4, datetime(2026, 6, 9, 9, tzinfo=UTC))
