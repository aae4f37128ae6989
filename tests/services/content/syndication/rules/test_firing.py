import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from services.content.registry.models import Site
from services.content.syndication.rules.models import DirectiveRule
from services.content.worker import CONSUMER
from shared.contracts.registry import SiteState
from shared.db import Sessions
from shared.inbox import take_in
from shared.outbox import OutboxMessage
from shared.uow import BeginAs
from tests.factories.content import COUNTY_SITE, EDITOR, SITE, SUPERVISOR, Group
from tests.services.content.conftest import Hear, Watch
from tests.services.content.syndication.conftest import coverage, open_site, register
from tests.services.content.syndication.rules.conftest import act, change, firings, made


async def issued(group: Group, item: Any) -> Any:
    path = f"/v1/directives?item_id={item['id']}"
    return (await group.send(SUPERVISOR, "GET", path)).json()["items"]


async def test_a_release_that_a_rule_is_about_becomes_a_directive(
    group: Group, hear: Hear
) -> None:
    rule = await made(group, column_kind="policies")
    item = await group.released()
    await hear()
    [directive] = await issued(group, item)
    assert (directive["rule_id"], directive["issuer"]) == (rule["id"], "340000.340300")
    assert (directive["policy"], directive["column_kind"]) == ("red_line", "policies")
    assert set(await coverage(group, directive)) == {COUNTY_SITE}
    [firing] = await firings(group, rule)
    assert (firing["item_id"], firing["directive_id"]) == (item["id"], directive["id"])
    assert (firing["outcome"], firing["rule_version"]) == ("issued", 1)
    path = f"/v1/directives?rule_id={rule['id']}"
    assert (await group.send(SUPERVISOR, "GET", path)).json()["items"] == [directive]


async def test_what_no_rule_is_about_is_left_alone(group: Group, hear: Hear) -> None:
    rules = [
        await made(group, name="省级", from_levels=["province"]),
        await made(group, name="动态", kinds=["news"]),
        await made(group, name="主题", subjects=["综合政务/信访"]),
        await made(group, name="县网", from_sites=[COUNTY_SITE], from_levels=[]),
    ]
    item = await group.released(subject="综合政务/政务公开")
    await hear()
    assert await issued(group, item) == []
    assert [await firings(group, rule) for rule in rules] == [[], [], [], []]


async def test_rules_fire_by_subject_and_site_too(group: Group, hear: Hear) -> None:
    await made(group, name="主题", subjects=["综合政务"])
    await made(group, name="市网", from_sites=[SITE], from_levels=[])
    item = await group.released(subject="综合政务/政务公开")
    await hear()
    assert len(await issued(group, item)) == 2


async def test_a_new_edition_of_what_was_public_issues_nothing(
    group: Group, hear: Hear, watch: Watch
) -> None:
    before = await group.released()
    rule = await made(group)
    await hear()  # of the first release, which the rule still meets
    [firing] = await firings(group, rule)
    later = await made(group, name="后立的规则")
    watch.turn(timedelta(minutes=1))
    read = (await group.send(EDITOR, "GET", f"/v1/items/{before['id']}")).json()
    edition = await group.revised(read, title="更正后的标题", correction_note="更正标题")
    assert (await group.release(edition)).status_code == 201
    await hear()
    assert await firings(group, rule) == [firing]
    assert await firings(group, later) == []
    assert len(await issued(group, before)) == 1


async def test_what_comes_back_after_its_withdrawal_issues_nothing(
    group: Group, hear: Hear
) -> None:
    rule = await made(group)
    item = await group.released()
    await hear()
    await group.withdraw(item)
    assert (await group.release(await group.cleared_again(item))).status_code == 201
    await hear()
    assert len(await firings(group, rule)) == 1
    assert [each["withdrawn"] for each in await issued(group, item)] == [True]


async def test_a_repost_issues_nothing(group: Group, hear: Hear) -> None:
    rule = await made(group, from_levels=["city", "county"], level=None)
    item = await group.released()
    await hear()
    [directive] = await issued(group, item)
    owed = (await coverage(group, directive))[COUNTY_SITE]
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    assert (await group.answer(owed, **given)).status_code == 200
    await hear()
    assert [firing["item_id"] for firing in await firings(group, rule)] == [item["id"]]


async def test_what_is_heard_again_issues_once(
    group: Group, hear: Hear, sessions: Sessions, begin: BeginAs
) -> None:
    rule = await made(group)
    item = await group.released()
    await hear()
    async with sessions() as session:
        kind = OutboxMessage.type == "content.item.released"
        [message] = (await session.scalars(select(OutboxMessage).where(kind))).all()
    again = message.envelope().model_copy(update={"id": rule["id"]})  # as another event
    assert await take_in(CONSUMER, begin, again)
    assert len(await issued(group, item)) == 1


async def test_a_rule_is_followed_as_it_stands_when_the_release_is_heard(
    group: Group, hear: Hear
) -> None:
    suspended, ended = await made(group), await made(group, name="已终止")
    suspended = await act(group, suspended, "suspension")
    path = f"/v1/directive-rules/{ended['id']}"
    await group.send(SUPERVISOR, "DELETE", path, version=ended["version"])
    passed_over = await group.released()
    await hear()
    assert await issued(group, passed_over) == []
    resumed = await act(group, suspended, "resumption")
    await change(group, resumed, policy="target")
    item = await group.released(title="另一件")
    await hear()
    [directive] = await issued(group, item)
    assert directive["policy"] == "target"
    assert [firing["rule_version"] for firing in await firings(group, resumed)] == [4]
    assert await issued(group, passed_over) == []


async def test_a_rule_that_finds_nobody_left_says_so(group: Group, hear: Hear) -> None:
    rule = await made(group, site_codes=[SITE], level=None)
    item = await group.released()
    await hear()
    [firing] = await firings(group, rule)
    assert (firing["outcome"], firing["directive_id"]) == ("nobody_bound", None)
    assert await issued(group, item) == []


async def test_a_policy_that_is_there_no_more_holds_nothing_else_up(
    group: Group, hear: Hear, sessions: Sessions
) -> None:
    broken, whole = await made(group), await made(group, name="另一条")
    async with sessions.begin() as session:
        kept = await session.get_one(DirectiveRule, UUID(broken["id"]))
        kept.order = {**kept.order, "policy": "former"}
    item = await group.released()
    await hear()
    assert [firing["outcome"] for firing in await firings(group, broken)] == ["policy_gone"]
    [directive] = await issued(group, item)
    assert directive["rule_id"] == whole["id"]


async def test_a_named_site_that_closed_since_holds_nobody_up(
    group: Group, hear: Hear, sessions: Sessions
) -> None:
    await register(group, "340300-lj", "340300")
    await open_site(group, "3403000030", "340300-lj", level="county")
    await made(group, site_codes=[COUNTY_SITE, "3403000030"])
    async with sessions.begin() as session:
        closed = update(Site).where(Site.code == "3403000030").values(state=SiteState.CLOSED)
        await session.execute(closed)
    item = await group.released()
    await hear()
    [directive] = await issued(group, item)
    assert set(await coverage(group, directive)) == {COUNTY_SITE}


async def test_what_was_withdrawn_before_it_is_heard_issues_nothing(
    group: Group, hear: Hear
) -> None:
    rule = await made(group)
    item = await group.released()
    await group.withdraw(item)
    await hear()
    assert await firings(group, rule) == []


async def test_two_workers_that_hear_of_a_release_at_once_issue_once(
    real_group: Group, real_hear: Hear
) -> None:
    rule = await made(real_group)
    item = await real_group.released()
    await asyncio.gather(real_hear(), real_hear(), return_exceptions=True)
    await real_hear()
    assert len(await issued(real_group, item)) == 1
    assert len(await firings(real_group, rule)) == 1
