from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select

from services.content.topics.commands.timing import note_release
from services.content.topics.models import Clock
from services.content.topics.schedule import tasks
from shared.auth import system
from shared.contracts.content import ItemKind
from shared.db import Sessions
from shared.outbox import OutboxMessage
from shared.uow import BeginAs
from tests.factories.content import EDITOR, STRANGER, Group
from tests.services.content.conftest import Announced, Hear, Unchanged, Watch
from tests.services.content.topics.conftest import (
    CONCERN,
    HOUR,
    INCIDENT,
    SUPERVISOR,
    act,
    clocks,
    read,
    topic,
)
from tests.support.people import NOW, bearer


async def _pass(sessions: Sessions, begin: BeginAs, watch: Watch, by: timedelta) -> int:
    watch.turn(by)
    (miss,) = tasks(sessions, begin)
    return await miss.run(watch())


async def _listed(client: httpx.AsyncClient, watch: Watch, actor: Any, query: str = "") -> Any:
    shown = await client.get(f"/v1/topic-clocks{query}", headers=bearer(actor, watch()))
    assert shown.status_code == 200, shown.text
    return shown.json()["items"]


async def test_the_first_public_item_brings_the_facts_in_time(
    group: Group, hear: Hear, watch: Watch, announced: Announced
) -> None:
    incident = await topic(group, **INCIDENT)
    item = await group.cleared(kind="news", topic_id=incident["id"])
    watch.turn(timedelta(minutes=10))
    await group.release(item)
    watch.turn(timedelta(minutes=2))
    await hear()
    release, conference = (await read(group, incident))["clocks"]
    assert (release["state"], release["item_id"]) == ("met", item["id"])
    assert release["met_at"] == "2026-03-02T01:10:00Z"
    assert conference["state"] == "running"
    assert (await announced()).count("content.topic.clock_settled") == 1
    watch.turn(timedelta(minutes=2))
    await group.release(await group.cleared(kind="news", topic_id=incident["id"]))
    await hear()
    assert (await read(group, incident))["clocks"][0] == release


async def test_a_deadline_that_passes_is_told_once(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    await topic(group, **INCIDENT)
    assert await _pass(sessions, begin, watch, 4 * HOUR) == 0
    assert await _pass(sessions, begin, watch, 1 * HOUR) == 1
    assert await _pass(sessions, begin, watch, 1 * HOUR) == 0
    assert (await announced()).count("content.topic.clock_missed") == 1
    (missed,) = await _listed(group.client, watch, SUPERVISOR, "?state=missed")
    assert (missed["kind"], missed["title"]) == ("authoritative_release", "防汛抗旱")


async def test_a_release_after_the_deadline_is_late_for_good(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, hear: Hear
) -> None:
    incident = await topic(group, **INCIDENT)
    item = await group.cleared(kind="news", topic_id=incident["id"])
    await _pass(sessions, begin, watch, 6 * HOUR)
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    done = await group.client.post("/v1/releases", json=wanted, headers=bearer(EDITOR, watch()))
    assert done.status_code == 201, done.text
    await hear()
    async with sessions() as session:
        states = {row.kind: row.state for row in await session.scalars(select(Clock))}
    assert {kind.value: state.value for kind, state in states.items()} == {
        "authoritative_release": "late",
        "press_conference": "running",
    }


async def test_a_release_heard_of_too_late_puts_the_miss_right(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, hear: Hear
) -> None:
    incident = await topic(group, **INCIDENT)
    await group.released(kind="news", topic_id=incident["id"])
    assert await _pass(sessions, begin, watch, 5 * HOUR) == 1
    await hear()
    async with sessions() as session:
        question = select(OutboxMessage.type, OutboxMessage.data).order_by(OutboxMessage.position)
        told = (await session.execute(question)).all()
    (missed, _), (righted, data) = told[-2:]
    assert (missed, righted) == ("content.topic.clock_missed", "content.topic.clock_settled")
    assert data["state"] == "met"


async def test_the_earliest_release_counts_in_whatever_order_they_are_heard_of(
    group: Group, begin: BeginAs, announced: Announced
) -> None:
    incident = await topic(group, **INCIDENT)
    first, second = uuid4(), uuid4()
    async with begin(system("test"), "1") as uow:
        for item, at in ((second, NOW + 6 * HOUR), (first, NOW + HOUR), (second, NOW + 2 * HOUR)):
            await note_release(uow, UUID(incident["id"]), item, ItemKind.NEWS, at)
    (release, _) = (await read(group, incident))["clocks"]
    assert (release["state"], release["item_id"]) == ("met", str(first))
    assert (await announced()).count("content.topic.clock_settled") == 2


async def test_an_item_that_was_public_before_does_not_count_from_then(
    group: Group, hear: Hear, watch: Watch
) -> None:
    item = await group.released(kind="news")
    watch.turn(timedelta(minutes=5))
    incident = await topic(group, **INCIDENT)
    text = {"title": item["title"], "body": item["body"], "source": item["source"]}
    path = f"/v1/items/{item['id']}"
    joined = await group.send(
        EDITOR, "PUT", path, {**text, "topic_id": incident["id"]}, version=item["version"]
    )
    assert joined.status_code == 200, joined.text
    await hear()
    assert clocks(await read(group, incident))["authoritative_release"] == "running"
    done = await group.release(await group.clear(await group.submit(joined.json())))
    assert done.status_code == 201, done.text
    await hear()
    met = (await read(group, incident))["clocks"][0]
    assert (met["state"], met["met_at"]) == ("met", "2026-03-02T01:05:00Z")


async def test_a_concern_waits_for_a_response_also_after_an_explanation(
    group: Group, hear: Hear, watch: Watch
) -> None:
    concern = await topic(group, **CONCERN)
    place = {"column_id": group.columns["news"], "topic_id": concern["id"]}
    await group.released(kind="news", **place)
    await hear()
    assert clocks(await read(group, concern)) == {"response": "running"}
    reason = {"reason": "正在核实"}
    told = (await act(group, EDITOR, await read(group, concern), "explanation", reason)).json()
    assert clocks(told) == {"response": "explained"}
    watch.turn(timedelta(minutes=1))
    await _respond(group, concern)
    await hear()
    assert clocks(await read(group, concern)) == {"response": "met"}


async def _respond(group: Group, concern: Any) -> None:
    new = {
        "site_code": concern["site_code"],
        "column_id": group.columns["news"],
        "kind": "response",
        "title": "关于网友反映问题的回应",
        "body": "经核实，现回应如下。",
        "source": "蚌埠市人民政府办公室",
        "topic_id": concern["id"],
    }
    item = (await group.send(EDITOR, "POST", "/v1/items", new)).json()
    done = await group.release(await group.clear(await group.submit(item)))
    assert done.status_code == 201, done.text


async def test_a_press_conference_is_recorded_with_when_it_was(
    group: Group, announced: Announced, unchanged: Unchanged, watch: Watch
) -> None:
    incident = await topic(group, **INCIDENT)
    watch.turn(timedelta(minutes=10))
    async with unchanged():
        for held_at in ("2026-03-02T00:29:59Z", "2026-03-02T01:10:01Z"):
            held = {"held_at": held_at, "place": "市政务中心"}
            refused = await act(group, EDITOR, incident, "press-conference", held)
            assert refused.json()["faults"][0]["code"] == "out_of_range"
        concern_only = await act(group, EDITOR, incident, "explanation", {"reason": "x"})
        assert concern_only.json()["type"] == "/problems/not-a-concern"
    held = {"held_at": "2026-03-02T01:05:00Z", "place": "市政务中心"}
    done = (await act(group, EDITOR, incident, "press-conference", held)).json()
    clock = done["clocks"][1]
    assert (clock["state"], clock["place"]) == ("met", "市政务中心")
    assert (clock["met_at"], clock["recorded_at"]) == (
        "2026-03-02T01:05:00Z",
        "2026-03-02T01:10:00Z",
    )
    assert done["version"] == incident["version"] + 1
    assert (await announced())[-1] == "content.topic.clock_settled"
    async with unchanged():
        again = await act(group, EDITOR, done, "press-conference", held)
        assert again.json()["type"] == "/problems/clock-settled"


async def test_the_supervisor_sees_running_clocks_the_most_urgent_first(
    group: Group, watch: Watch
) -> None:
    await topic(group, title="甲", **CONCERN)
    watch.turn(timedelta(minutes=1))
    await topic(group, title="乙", **INCIDENT)
    shown = await _listed(group.client, watch, SUPERVISOR)
    assert [clock["title"] for clock in shown] == ["乙", "乙", "甲"]
    first = await group.client.get("/v1/topic-clocks?first=2", headers=bearer(SUPERVISOR, watch()))
    following = await _listed(group.client, watch, SUPERVISOR, f"?after={first.json()['next']}")
    assert [clock["title"] for clock in following] == ["甲"]
    assert await _listed(group.client, watch, STRANGER) == []
