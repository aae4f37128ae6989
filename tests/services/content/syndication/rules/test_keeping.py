from typing import Any

import pytest
from sqlalchemy import select

from shared.db import Sessions
from shared.outbox import OutboxMessage
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Unchanged
from tests.services.content.syndication.rules.conftest import POLICIES, act, change, made, post
from tests.support.queries import CountQueries

RULES = "/v1/directive-rules"


async def test_a_rule_is_made_changed_suspended_resumed_and_ended(
    group: Group, sessions: Sessions
) -> None:
    rule = await made(group, later_days=30, column_kind="policies")
    assert (rule["issuer"], rule["state"], rule["version"]) == ("340000.340300", "active", 1)
    assert rule["trigger"] == {
        "from_levels": ["city"],
        "from_sites": [],
        "kinds": ["policy"],
        "subjects": [],
    }
    assert (rule["order"]["later_days"], rule["order"]["column_kind"]) == (30, "policies")
    changed = (await change(group, rule, subjects=["综合政务"], policy="target")).json()
    assert (changed["trigger"]["subjects"], changed["version"]) == (["综合政务"], 2)
    assert (changed["order"]["policy"], changed["order"]["later_days"]) == ("target", None)
    suspended = await act(group, changed, "suspension")
    assert suspended["state"] == "suspended"
    resumed = await act(group, suspended, "resumption")
    path = f"{RULES}/{rule['id']}"
    ended = await group.send(SUPERVISOR, "DELETE", path, version=resumed["version"])
    assert (ended.status_code, ended.json()["state"]) == (200, "ended")
    async with sessions() as session:
        kind = OutboxMessage.type == "content.directive_rule.changed"
        question = select(OutboxMessage.data).where(kind).order_by(OutboxMessage.position)
        acts = [data["act"] for data in await session.scalars(question)]
    assert acts == ["made", "changed", "suspended", "resumed", "ended"]


async def test_a_rule_is_changed_by_its_version_and_never_after_its_end(
    group: Group, unchanged: Unchanged
) -> None:
    rule = await made(group)
    path = f"{RULES}/{rule['id']}"
    newer = (await change(group, rule, name="改名")).json()
    async with unchanged():
        assert (await change(group, rule)).status_code == 412
        for method, at in (("DELETE", path), ("POST", f"{path}/suspension")):
            assert (await group.send(SUPERVISOR, method, at)).status_code == 428
        refused = await group.send(SUPERVISOR, "POST", f"{path}/resumption", version=2)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/wrong-rule-state")
    await group.send(SUPERVISOR, "DELETE", path, version=newer["version"])
    ended = (await group.send(SUPERVISOR, "GET", path)).json()
    async with unchanged():
        assert (await change(group, ended)).status_code == 409


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"from_levels": [], "kinds": []}, [("", "trigger_missing")]),
        ({"policy": None}, [("", "policy_missing")]),
        ({"policy": "soon"}, [("/policy", "unknown_policy")]),
        ({"name": " "}, [("/name", "string_too_short")]),
        ({"deadline": "2026-03-09T01:00:00Z"}, [("/deadline", "extra_forbidden")]),
        (
            {"from_sites": [SITE, "9999990000"], "subjects": ["诗歌"]},
            [("/from_sites/1", "unknown"), ("/subjects/0", "unknown_term")],
        ),
        (
            {"site_codes": [COUNTY_SITE, "9999990000"], "column_kind": "personnel"},
            [("/site_codes", "out_of_reach"), ("/column_kind", "not_taken")],
        ),
        ({"kinds": [], "column_kind": "policies"}, [("/column_kind", "not_taken")]),
        ({"organizations": ["999"]}, [("/organizations/0", "out_of_reach")]),
    ],
)
async def test_a_rule_that_leads_nowhere_is_named_before_and_when_it_is_made(
    group: Group, unchanged: Unchanged, fields: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    async with unchanged():
        for path in (RULES, f"{RULES}/preview"):
            refused = await group.send(SUPERVISOR, "POST", path, {**POLICIES, **fields})
            assert refused.status_code == 422, refused.text
            told = [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]]
            assert told == faults


async def test_a_rule_that_binds_nobody_is_refused(group: Group, unchanged: Unchanged) -> None:
    async with unchanged():
        refused = await post(group, level="province")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/nobody-bound")


async def test_a_preview_tells_whom_a_rule_would_bind_now(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        shown = (await group.send(SUPERVISOR, "POST", f"{RULES}/preview", POLICIES)).json()
    assert [site["code"] for site in shown["sites"]] == [COUNTY_SITE]
    assert (shown["count"], shown["deadline"]) == (1, "2026-03-03T01:00:00Z")


async def test_rules_are_made_and_known_in_their_issuers_name_only(
    group: Group, unchanged: Unchanged
) -> None:
    rule = await made(group)
    path = f"{RULES}/{rule['id']}"
    async with unchanged():
        for actor in (EDITOR, COUNTY_EDITOR, STRANGER):
            assert (await post(group, actor)).status_code == 403
            refused = await group.send(actor, "POST", f"{RULES}/preview", POLICIES)
            assert refused.status_code == 403
            assert (await group.send(actor, "GET", RULES)).json()["items"] == []
            for method, at in (
                *(("GET", path), ("GET", f"{path}/firings"), ("DELETE", path)),
                *(("POST", f"{path}/suspension"), ("POST", f"{path}/resumption")),
            ):
                hidden = await group.send(actor, method, at, version=1)
                assert hidden.status_code == 404, (method, at)


async def test_rules_are_listed_by_state_in_one_question(
    group: Group, count_queries: CountQueries
) -> None:
    first, second = await made(group), await made(group, name="另一条")
    await act(group, first, "suspension")
    with count_queries(1):
        listed = (await group.send(SUPERVISOR, "GET", RULES)).json()["items"]
    assert [each["id"] for each in listed] == [second["id"], first["id"]]
    suspended = await group.send(SUPERVISOR, "GET", f"{RULES}?state=suspended")
    assert [each["id"] for each in suspended.json()["items"]] == [first["id"]]
