from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from services.content.syndication.directives.schedule import tasks
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import (
    ADMIN,
    CITY,
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    PROVINCE,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Announced, Hear, Watch
from tests.support.people import bearer, person
from tests.support.queries import CountQueries

HOUR = timedelta(hours=1)
PROVINCE_SUPERVISOR = person(Permission.APPROVE_CHANGE, at=PROVINCE, name="province")


@dataclass
class Office:
    """The county, which owes a repost within a day, and its supervisors, as time passes."""

    group: Group
    sessions: Sessions
    begin: BeginAs
    watch: Watch

    async def at(self, hours: float) -> int:
        """Let the clocks tick so many hours after the directive was issued."""
        self.watch.now = self.watch.now.replace(hour=1, minute=0, day=2) + hours * HOUR
        return sum([await t.run(self.watch()) for t in tasks(self.sessions, self.begin)])

    async def listed(self, path: str, actor: Actor = COUNTY_EDITOR) -> list[Any]:
        read = await self.group.client.get(f"/v1/{path}", headers=bearer(actor, self.watch()))
        assert read.status_code == 200, read.text
        found: list[Any] = read.json()["items"]
        return found

    async def send(self, actor: Actor, path: str, body: Any, version: int) -> None:
        headers = bearer(actor, self.watch()) | {"If-Match": f'"{version}"'}
        done = await self.group.client.post(f"/v1/{path}", json=body, headers=headers)
        assert done.status_code == 200, done.text


@pytest.fixture
def office(group: Group, sessions: Sessions, begin: BeginAs, watch: Watch) -> Office:
    return Office(group, sessions, begin, watch)


async def owed(group: Group) -> Any:
    return await group.owed(await group.released(), deadline=None, policy="red_line")


async def test_a_site_is_reminded_at_half_its_time_and_again_before_the_end(
    office: Office, group: Group, announced: Announced
) -> None:
    before = await owed(group)
    assert await office.at(11.9) == 0
    assert await office.listed("obligations?due=soon") == []
    assert await office.at(12) == 1
    [reminded] = await office.listed("obligations?due=soon")
    assert reminded["reminded_at"] == "2026-03-02T13:00:00Z"
    assert reminded["version"] == before["version"], "a reminder makes no answer stale"
    assert await office.at(21.6) == 1
    assert await office.at(23.9) == 0
    assert (await announced()).count("content.obligation.due_soon") == 2


async def test_who_answered_is_not_reminded(
    office: Office, group: Group, announced: Announced
) -> None:
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    await group.answer(await owed(group), **given)
    for hours in (12, 21.6, 24.1, 31):
        await office.at(hours)
    assert not {"content.obligation.due_soon", "content.obligation.escalated"} & set(
        await announced()
    )
    assert await office.listed("obligations?due=soon") == []
    assert await office.listed("escalations", SUPERVISOR) == []


async def test_who_is_late_comes_to_its_supervisor(
    office: Office, group: Group, announced: Announced
) -> None:
    await owed(group)
    await office.at(24.1)
    assert [one["state"] for one in await office.listed("obligations?due=late")] == ["late"]
    assert await office.listed("escalations", SUPERVISOR) == []
    await office.at(29.9)
    assert "content.obligation.escalated" not in await announced()
    await office.at(30)
    assert (await announced()).count("content.obligation.escalated") == 1
    [late] = await office.listed("escalations", SUPERVISOR)
    assert (late["site_code"], late["escalated_to"]) == (COUNTY_SITE, CITY)
    assert late["escalated_at"] == "2026-03-03T07:00:00Z"
    assert await office.listed("obligations?due=escalated") == [late]
    assert await office.at(60) == 0
    for actor in (EDITOR, COUNTY_EDITOR, STRANGER):
        assert await office.listed("escalations", actor) == []


async def test_a_worker_that_was_away_makes_up_for_the_escalation_alone(
    office: Office, group: Group, announced: Announced
) -> None:
    await owed(group)
    assert await office.at(48) == 2
    assert await office.at(48) == 0
    told = await announced()
    assert told.count("content.obligation.missed") == 1
    assert told.count("content.obligation.escalated") == 1
    assert "content.obligation.due_soon" not in told


async def test_what_was_late_and_then_done_stays_with_its_supervisor_as_such(
    office: Office, group: Group
) -> None:
    await owed(group)
    await office.at(30)
    [late] = await office.listed("escalations?state=late", SUPERVISOR)
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    await office.send(COUNTY_EDITOR, f"obligations/{late['id']}/answer", given, late["version"])
    assert await office.listed("escalations?state=late", SUPERVISOR) == []
    [done] = await office.listed(f"escalations?site_code={COUNTY_SITE}", SUPERVISOR)
    assert (done["state"], done["late"]) == ("accepted", True)
    assert await office.listed(f"escalations?site_code={SITE}", SUPERVISOR) == []


async def test_an_issuer_sees_which_sites_are_late(office: Office, group: Group) -> None:
    directive = (await owed(group))["directive_id"]
    await office.at(12)
    coverage = f"directives/{directive}/obligations"
    assert len(await office.listed(f"{coverage}?due=soon", SUPERVISOR)) == 1
    assert await office.listed(f"{coverage}?due=late", SUPERVISOR) == []
    await office.at(25)
    assert len(await office.listed(f"{coverage}?state=late", SUPERVISOR)) == 1
    assert await office.listed(f"{coverage}?due=soon", SUPERVISOR) == []


async def test_what_a_site_is_late_with_follows_its_supervisor(
    office: Office, group: Group, hear: Hear
) -> None:
    await owed(group)
    await office.at(30)
    await office.at(0)
    change = {"act": "change_site", "supervising": "340000"}
    filed = await group.apply(**change, site_code=COUNTY_SITE)
    assert filed.status_code == 201, filed.text
    decided = await group.decide(filed.json())
    assert decided.status_code == 200, decided.text
    await hear()
    assert await office.listed("escalations", SUPERVISOR) == []
    [late] = await office.listed("escalations", PROVINCE_SUPERVISOR)
    assert late["escalated_to"] == PROVINCE
    assert len(await office.listed("escalations", ADMIN)) == 1


async def test_each_list_takes_one_question(
    office: Office, group: Group, count_queries: CountQueries
) -> None:
    await owed(group)
    await office.at(30)
    for path, actor in (("obligations?due=escalated", COUNTY_EDITOR), ("escalations", SUPERVISOR)):
        with count_queries(1):
            await office.listed(path, actor)
