import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services.content.syndication.directives.commands.issuing import issue_directive
from shared.contracts.directives import NewDirective
from shared.db import Sessions
from shared.outbox import OutboxMessage
from shared.uow import BeginAs
from tests.factories.content import COUNTY_SITE, SUPERVISOR, Group
from tests.services.content.conftest import Hear, Watch
from tests.services.content.syndication.conftest import coverage, open_site, register
from tests.support.people import bearer

LATER: dict[str, Any] = {"deadline": None, "policy": "red_line", "later_days": 30}
LATER_SITE = "3403000020"


async def directed(group: Group, **fields: Any) -> Any:
    issued = await group.directive(await group.released(), **LATER | fields)
    assert issued.status_code == 201, issued.text
    return issued.json()


async def opened(group: Group, code: str = LATER_SITE, **fields: Any) -> None:
    await register(group, f"dept-{code}", "340300")
    await open_site(group, code, f"dept-{code}", **fields)


async def told_later(sessions: Sessions) -> list[Any]:
    async with sessions() as session:
        question = select(OutboxMessage.data).order_by(OutboxMessage.position)
        kind = OutboxMessage.type == "content.directive.extended"
        return list(await session.scalars(question.where(kind)))


async def test_a_site_that_opens_later_is_told_with_a_deadline_of_its_own(
    group: Group, hear: Hear, watch: Watch, sessions: Sessions
) -> None:
    directive = await directed(group)
    assert directive["later_until"] == "2026-04-01T01:00:00Z"
    watch.turn(timedelta(minutes=10))
    await opened(group)
    await hear()
    owed = await coverage(group, directive)
    assert set(owed) == {COUNTY_SITE, LATER_SITE}
    later = owed[LATER_SITE]
    assert (later["told_at"], later["deadline"]) == (
        "2026-03-02T01:10:00Z",
        "2026-03-03T01:10:00Z",
    )
    assert "自 2026-03-02 09:10 起算24小时" in later["deadline_basis"]
    assert "自 2026-03-02 09:00 起算24小时" in owed[COUNTY_SITE]["deadline_basis"]
    [event] = await told_later(sessions)
    assert (event["site_codes"], event["deadline"]) == ([LATER_SITE], "2026-03-03T01:10:00Z")


async def test_only_who_fits_the_scope_is_told(group: Group, hear: Hear) -> None:
    directive = await directed(group, regions=["340321"])
    await opened(group)
    await opened(group, "3403210020", region="340321", level="county")
    await hear()
    assert set(await coverage(group, directive)) == {COUNTY_SITE, "3403210020"}


async def test_who_was_bound_when_it_was_issued_is_not_told_again(
    group: Group, hear: Hear, sessions: Sessions
) -> None:
    await opened(group)
    directive = await directed(group)
    await hear()  # that the site opened is heard only now
    assert set(await coverage(group, directive)) == {COUNTY_SITE, LATER_SITE}
    assert await told_later(sessions) == []


async def test_nobody_is_told_who_did_not_ask_for_it_or_after_its_end(
    group: Group, hear: Hear, watch: Watch
) -> None:
    item = await group.released()
    for_now = (await group.directive(item, deadline=None, policy="red_line")).json()
    for_a_day = (await group.directive(item, **LATER | {"later_days": 1})).json()
    await opened(group)
    watch.turn(timedelta(days=1))
    await hear()
    headers = bearer(SUPERVISOR, watch())
    for directive in (for_now, for_a_day):
        path = f"/v1/directives/{directive['id']}/obligations"
        listed = (await group.client.get(path, headers=headers)).json()["items"]
        assert [owed["site_code"] for owed in listed] == [COUNTY_SITE]


async def test_a_withdrawn_item_is_told_to_nobody(group: Group, hear: Hear) -> None:
    item = await group.released()
    directive = (await group.directive(item, **LATER)).json()
    await group.withdraw(item)
    await opened(group)
    await hear()
    assert set(await coverage(group, directive)) == {COUNTY_SITE}


async def test_a_site_that_opens_while_a_directive_is_issued_is_told_all_the_same(
    real_group: Group, real_begin: BeginAs, real_hear: Hear
) -> None:
    item = await real_group.released()
    new = NewDirective(item_id=item["id"], issuer="340300", policy="red_line", later_days=30)
    async with real_begin(SUPERVISOR, "test") as uow:
        directive = await issue_directive(uow, new)
        await opened(real_group)
        hearing = asyncio.create_task(real_hear())
        await asyncio.sleep(0.5)
    await hearing
    shown = {"id": str(directive.id)}
    assert set(await coverage(real_group, shown)) == {COUNTY_SITE, LATER_SITE}
