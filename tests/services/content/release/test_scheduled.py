import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from services.content.release.commands.scheduling import carry_out
from services.content.release.models import Change, ScheduledRelease
from services.content.release.schedule import CLOCK, tasks
from services.content.staff.models import Person
from shared.db import Sessions
from shared.schedule import LEASE, claim
from shared.uow import BeginAs, beginner
from tests.factories.content import (
    ADMIN,
    COUNTY_EDITOR,
    EDITOR,
    LEADER,
    STRANGER,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import NOW, bearer
from tests.support.queries import CountQueries

AT = NOW + timedelta(hours=1)

TOMORROW = {
    "code": "dates.written_in_future",
    "field": "written_on",
    "reason": "将于次日签发。",
}


async def _come_due(
    sessions: Sessions, begin: BeginAs, watch: Watch, late: timedelta = timedelta()
) -> int:
    release, *_ = tasks(sessions, begin)
    watch.now = AT + late
    return await release.run(watch.now)


async def _read(group: Group, scheduled: Any, watch: Watch) -> Any:
    path = f"/v1/scheduled-releases/{scheduled['id']}"
    shown = await group.client.get(path, headers=bearer(EDITOR, watch()))
    assert shown.status_code == 200, shown.text
    return shown.json()


async def _scheduled(group: Group, *items: Any) -> Any:
    done = await group.schedule(*items)
    assert done.status_code == 202, done.text
    return done.json()


async def test_a_scheduled_release_is_public_from_its_time_on_and_not_before(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    policy = await group.cleared(to_be_interpreted=True)
    interpretation = await group.cleared(kind="interpretation", interprets=policy["id"])
    scheduled = await _scheduled(group, policy, interpretation)
    assert (scheduled["state"], scheduled["size"], scheduled["version"]) == ("scheduled", 2, 1)
    assert (await announced())[-1] == "content.release.scheduled"
    release, *_ = tasks(sessions, begin)
    watch.now = AT - timedelta(microseconds=1)
    assert await release.run(watch.now) == 0
    assert (await group.client.get("/v1/public/items")).json()["items"] == []
    assert await _come_due(sessions, begin, watch, timedelta(seconds=3)) == 1
    assert (await group.public(policy))["first_public_at"] == "2026-03-02T02:00:03Z"
    read = await _read(group, scheduled, watch)
    assert (read["state"], read["late_seconds"], read["faults"]) == ("released", 3.0, [])
    assert [item["item_id"] for item in read["items"]] == [policy["id"], interpretation["id"]]
    told = ["content.item.released", "content.item.released", "content.release.kept"]
    assert (await announced())[-3:] == told
    assert await release.run(watch.now + LEASE * 2) == 0


async def test_whoever_set_the_release_is_its_releaser(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    item = await group.cleared()
    await _scheduled(group, item)
    await _come_due(sessions, begin, watch)
    path = f"/v1/items/{item['id']}/public-history"
    (step,) = (await group.client.get(path, headers=bearer(EDITOR, watch()))).json()["items"]
    assert (step["act"], step["by"]) == ("released", EDITOR.id)


@pytest.mark.parametrize("meanwhile", ["edited", "returned", "withdrawn", "released"])
async def test_what_changed_meanwhile_is_not_released_and_its_schedule_fails(
    group: Group,
    sessions: Sessions,
    begin: BeginAs,
    watch: Watch,
    announced: Announced,
    meanwhile: str,
) -> None:
    item, other = await group.released(kind="news"), await group.cleared(kind="news")
    item = await group.revised(item, title="新题")
    scheduled = await _scheduled(group, other, item)
    if meanwhile == "edited":
        item = await group.revised(item, title="再改")
    elif meanwhile == "returned":
        await group.review(LEADER, item, "leader", verdict="return", reason="再看看")
    elif meanwhile == "withdrawn":
        await group.withdraw(item)
    else:
        assert (await group.release(item)).status_code == 201
    before = (await group.client.get("/v1/public/changes")).json()["changes"]
    assert await _come_due(sessions, begin, watch) == 1
    assert (await group.client.get("/v1/public/changes")).json()["changes"] == before
    read = await _read(group, scheduled, watch)
    codes = {"withdrawn": "withdrawn_meanwhile", "released": "already_live"}
    assert read["state"] == "failed"
    assert [(fault["pointer"], fault["code"]) for fault in read["faults"]] == [
        (item["id"], codes.get(meanwhile, "stale"))
    ]
    assert (await announced())[-1] == "content.release.failed"
    release, *_ = tasks(sessions, begin)
    assert await release.run(watch.now + LEASE * 2) == 0


async def test_what_could_not_go_out_is_not_scheduled_either(
    group: Group, unchanged: Unchanged
) -> None:
    draft, item = await group.draft(), await group.cleared()
    waiting = await group.cleared(written_on="2026-03-03", waivers=[TOMORROW])
    await _scheduled(group, item)
    async with unchanged():
        refused = await group.schedule(draft, item, waiting)
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]] == [
            (draft["id"], "not_cleared"),
            (waiting["id"], "written_in_future"),
            (item["id"], "already_scheduled"),
        ]
        for at in ("2026-03-02T01:00:00Z", "2027-03-04T01:00:00Z", "9999-12-31T23:59:59-12:00"):
            refused = await group.schedule(waiting, at=at)
            assert refused.json()["type"] == "/problems/time-out-of-range", refused.text
        assert (await group.schedule(waiting, at="2026-03-05T01:00:00")).status_code == 422
        assert (await group.schedule(item, actor=STRANGER)).status_code == 404
        assert (await group.schedule(item, actor=LEADER)).status_code == 403
    assert (await group.schedule(waiting, at="2026-03-03T01:00:00Z")).status_code == 202


async def test_a_scheduled_release_is_called_off_or_set_for_another_time(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    kept, dropped = await group.cleared(), await group.cleared()
    one, other = await _scheduled(group, kept), await _scheduled(group, dropped)
    path = f"/v1/scheduled-releases/{other['id']}/cancellation"
    done = await group.send(EDITOR, "POST", path, version=1)
    assert (done.json()["state"], done.headers["ETag"]) == ("cancelled", '"2"')
    path = f"/v1/scheduled-releases/{one['id']}/rescheduling"
    later = {"at": "2026-03-02T02:00:10Z"}
    done = await group.send(EDITOR, "POST", path, later, version=1)
    assert (done.json()["at"], done.json()["version"]) == (later["at"], 2)
    told = ["content.release.cancelled", "content.release.rescheduled"]
    assert (await announced())[-2:] == told
    assert await _come_due(sessions, begin, watch) == 0
    assert await _come_due(sessions, begin, watch, timedelta(seconds=10)) == 1
    listed = (await group.client.get("/v1/public/items")).json()["items"]
    assert [item["id"] for item in listed] == [kept["id"]]


async def test_a_settled_schedule_or_an_older_version_of_one_is_left_alone(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.cleared()
    scheduled = await _scheduled(group, item)
    path = f"/v1/scheduled-releases/{scheduled['id']}"
    assert (await group.send(EDITOR, "POST", f"{path}/cancellation", version=1)).is_success
    again = await _scheduled(group, item)
    other = f"/v1/scheduled-releases/{again['id']}"
    later = {"at": "2026-03-02T03:00:00Z"}
    async with unchanged():
        for actor, at, version, status in (
            (EDITOR, path, 2, 409),
            (EDITOR, path, 1, 412),
            (EDITOR, other, None, 428),
            (LEADER, other, 1, 403),
            (STRANGER, other, 1, 404),
            (None, other, 1, 401),
        ):
            for act, body in (("cancellation", None), ("rescheduling", later)):
                refused = await group.send(actor, "POST", f"{at}/{act}", body, version=version)
                assert refused.status_code == status, refused.text
        past = {"at": "2026-03-01T00:00:00Z"}
        refused = await group.send(EDITOR, "POST", f"{other}/rescheduling", past, version=1)
        assert refused.status_code == 422


async def test_schedules_are_listed_for_those_who_may_see_every_item(
    group: Group, count_queries: CountQueries
) -> None:
    first = await _scheduled(group, await group.cleared())
    second = await _scheduled(group, await group.cleared(), await group.cleared())
    with count_queries(1):
        listed = await group.send(LEADER, "GET", "/v1/scheduled-releases?state=scheduled")
    assert [one["id"] for one in listed.json()["items"]] == [second["id"], first["id"]]
    for actor in (STRANGER, COUNTY_EDITOR, ADMIN):
        listed = await group.send(actor, "GET", "/v1/scheduled-releases")
        assert listed.json()["items"] == []
        path = f"/v1/scheduled-releases/{first['id']}"
        assert (await group.send(actor, "GET", path)).status_code == 404
    with count_queries(2):
        await group.send(EDITOR, "GET", f"/v1/scheduled-releases/{second['id']}")


async def _join(group: Group, sessions: Sessions) -> Any:
    """Admit a person who may release, and return their way of acting."""
    new = {
        "login": "chen",
        "name": "陈",
        "organization": "340300-zfb",
        "password": "a long enough password",
    }
    assert (await group.send(ADMIN, "POST", "/v1/people", new)).status_code == 201
    post = {"login": "chen", "kind": "editor", "organization": "340300-zfb"}
    assert (await group.send(ADMIN, "POST", "/v1/posts", post)).status_code == 201
    async with sessions() as session:
        person = await session.scalar(select(Person).where(Person.login == "chen"))
    assert person is not None
    return person


@pytest.mark.parametrize("stays", [True, False])
async def test_who_left_meanwhile_releases_nothing(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, *, stays: bool
) -> None:
    person = await _join(group, sessions)
    actor = type(EDITOR)(f"person:{person.id}", person.organization, EDITOR.grants)
    item = await group.cleared()
    done = await group.schedule(item, actor=actor)
    assert done.status_code == 202, done.text
    async with sessions.begin() as session:
        await session.execute(update(Person).where(Person.id == person.id).values(active=stays))
    await _come_due(sessions, begin, watch)
    read = await _read(group, done.json(), watch)
    assert read["state"] == ("released" if stays else "failed")
    assert bool(read["faults"]) is not stays


@pytest.mark.parametrize("revoked", [None, "", "/keys/{key_id}"])
async def test_a_program_that_was_shut_out_releases_nothing(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, revoked: str | None
) -> None:
    new = {"name": "采编系统", "kind": "program", "organization": "340300-zfb"}
    made = (await group.send(ADMIN, "POST", "/v1/clients", new)).json()
    actor = type(EDITOR)(f"client:{made['id']}", EDITOR.organization, EDITOR.grants)
    done = await group.schedule(await group.cleared(), actor=actor)
    assert done.status_code == 202, done.text
    if revoked is not None:
        path = f"/v1/clients/{made['id']}{revoked.format(**made)}"
        assert (await group.send(ADMIN, "DELETE", path)).status_code == 200
    await _come_due(sessions, begin, watch)
    read = await _read(group, done.json(), watch)
    assert read["state"] == ("released" if revoked is None else "failed")


async def test_of_many_workers_at_once_one_releases(
    real_group: Group, real_sessions: Sessions, watch: Watch
) -> None:
    bundles = [[await real_group.cleared() for _ in range(2)] for _ in range(3)]
    for bundle in bundles:
        await _scheduled(real_group, *bundle)
    begin = beginner(real_sessions, watch, "/content")
    watch.now = AT + timedelta(seconds=1)

    async def work() -> int:
        release, *_ = tasks(real_sessions, begin)
        done = 0
        while await release.run(watch.now):
            done += 1
        return done

    assert sum(await asyncio.gather(*(work() for _ in range(5)))) == len(bundles)
    await _each_was_released_once(real_sessions, bundles)


async def test_a_worker_killed_after_its_claim_leaves_the_release_to_another(
    real_group: Group, real_sessions: Sessions, watch: Watch
) -> None:
    item = await real_group.cleared()
    await _scheduled(real_group, item)
    begin = beginner(real_sessions, watch, "/content")
    release, *_ = tasks(real_sessions, begin)
    watch.now = AT
    (claimed,) = await claim(real_sessions, ScheduledRelease, watch.now)
    assert await release.run(watch.now) == 0
    watch.turn(LEASE)
    # It was not dead after all: both now carry out the same claim.
    await asyncio.gather(release.run(watch.now), _carry_on(begin, claimed))
    await _each_was_released_once(real_sessions, [[item]])


async def _carry_on(begin: BeginAs, claimed: ScheduledRelease) -> None:
    async with begin(CLOCK, "late") as uow:
        await carry_out(uow, claimed.id)


async def _each_was_released_once(sessions: Sessions, bundles: list[list[Any]]) -> None:
    async with sessions() as session:
        changes = (await session.scalars(select(Change).order_by(Change.seq))).all()
        states = (await session.scalars(select(ScheduledRelease.state))).all()
    assert sorted(str(change.item_id) for change in changes) == sorted(
        item["id"] for bundle in bundles for item in bundle
    )
    assert [change.seq for change in changes] == sorted(
        seq for seq, bundle in enumerate(bundles, 1) for _ in bundle
    )
    assert set(states) == {"released"}
