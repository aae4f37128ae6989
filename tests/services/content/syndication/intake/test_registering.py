import pytest

from shared.auth import Permission
from tests.factories.content import CITY, COUNTY_EDITOR, COUNTY_SITE, OFFICE, SITE
from tests.factories.feeds import item, rss
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.intake.conftest import CLERK, HOUR, Intake, body
from tests.support.people import bearer, person

NEW = {"organization": "340300-zfb", "title": "安徽省人民政府"}
READER = person(Permission.READ_DRAFTS, at=OFFICE, name="reader")
SUPERVISOR = person(
    *(Permission.READ_DRAFTS, Permission.EDIT, Permission.ISSUE_DIRECTIVE), at=CITY, name="chief"
)


async def test_a_feed_is_registered_once_and_read_at_once(
    intake: Intake, announced: Announced
) -> None:
    feed = await intake.registered()
    assert feed["organization"] == OFFICE
    assert (feed["standing"]["state"], feed["standing"]["failures"]) == ("working", 0)
    assert feed["standing"]["due_at"] == feed["registered_at"] == feed["since"]
    again = await intake.send("POST", "/upstream-feeds", {**NEW, "url": intake.url()})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/feed-known")
    assert (await announced())[-1] == "content.upstream_feed.changed"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://169.254.169.254/latest/meta-data", "forbidden_destination"),
        ("http://[fe80::1]/feed", "forbidden_destination"),
        ("http://224.0.0.1/feed", "forbidden_destination"),
        ("http://0.0.0.0/feed", "forbidden_destination"),
        ("http://user:secret@example.org/feed", "user_info"),
        (f"http://www.s{SITE}.gov.cn/feed.xml", "own_feed"),
        (f"https://www.s{COUNTY_SITE}.gov.cn/feed.xml", "own_feed"),
        ("http://127.0.0.1:8001/v1/public/changes", "own_feed"),
        ("ftp://example.org/feed", "url_scheme"),
        ("no address", "url_parsing"),
    ],
)
async def test_an_address_that_leads_nowhere_inside_or_round_is_named(
    intake: Intake, unchanged: Unchanged, url: str, code: str
) -> None:
    async with unchanged():
        refused = await intake.send("POST", "/upstream-feeds", {**NEW, "url": url})
    assert refused.status_code == 422, refused.text
    assert code in {fault["code"] for fault in refused.json()["faults"]}


async def test_only_those_who_write_for_the_organization_register_and_change(
    intake: Intake, unchanged: Unchanged
) -> None:
    feed = await intake.registered()
    path = f"/upstream-feeds/{feed['id']}"
    change = {"title": "国务院", "url": intake.url("/other.xml")}
    async with unchanged():
        for actor, status in ((COUNTY_EDITOR, 404), (READER, 403)):
            for method, at, given in (
                ("PUT", path, change),
                ("PUT", f"{path}/rules", {"rules": []}),
                ("DELETE", path, None),
                ("POST", f"{path}/poll", None),
            ):
                refused = await intake.send(method, at, given, version=1, actor=actor)
                assert refused.status_code == status, (method, at)
        stale = await intake.send("PUT", path, change, version=7)
        assert stale.status_code == 412
        new = {**NEW, "url": intake.url("/1")}
        refused = await intake.send("POST", "/upstream-feeds", new, actor=COUNTY_EDITOR)
        assert refused.status_code == 403


async def test_every_fault_of_the_rules_is_named_and_nothing_written(
    intake: Intake, unchanged: Unchanged
) -> None:
    feed = await intake.registered()
    columns, county = intake.group.columns, intake.group.county_columns
    order = {"issuer": "340300", "automatic": True}
    rules = [
        {"becomes": "draft", "kind": "news", "column_id": county["news"]},
        {"becomes": "draft", "kind": "news", "column_id": feed["id"]},
        {
            "becomes": "directive",
            "kind": "policy",
            "column_id": columns["policies"],
            "directive": order,
        },
        {
            "becomes": "directive",
            "kind": "policy",
            "column_id": columns["policies"],
            "directive": {"issuer": "999999"},
        },
    ]
    path = f"/upstream-feeds/{feed['id']}/rules"
    async with unchanged():
        refused = await intake.send("PUT", path, {"rules": rules}, version=1)
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]] == [
        ("/rules/0/column_id", "not_allowed"),
        ("/rules/1/column_id", "not_writable"),
        ("/rules/2/directive/automatic", "not_allowed"),
        ("/rules/3/directive/issuer", "unknown"),
    ]
    ruled = await intake.ruled(feed, rules[2], actor=SUPERVISOR)
    assert ruled["rules"][0]["directive"]["within_hours"] == 24
    assert ruled["ruled_by"] == SUPERVISOR.id


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"becomes": "draft"}, "place_missing"),
        ({"becomes": "tray", "directive": {"issuer": "340300"}}, "directive_unclear"),
    ],
)
async def test_a_rule_that_says_half_is_refused(
    intake: Intake, rule: dict[str, object], code: str
) -> None:
    feed = await intake.registered()
    path = f"/upstream-feeds/{feed['id']}/rules"
    refused = await intake.send("PUT", path, {"rules": [rule]}, version=1)
    assert refused.json()["faults"][0]["code"] == code


async def test_a_feed_that_ended_is_asked_no_more_and_told_only_by_its_state(
    intake: Intake,
) -> None:
    intake.web.answers["/feed.xml"] = body(rss(item("1", "通知")))
    feed = await intake.registered()
    await intake.read()
    ended = await intake.send("DELETE", f"/upstream-feeds/{feed['id']}", version=1)
    assert ended.json()["standing"]["state"] == "ended"
    assert await intake.poll(48 * HOUR) == 0
    assert len(await intake.entries()) == 1
    for filters, count in (("", 0), ("?state=ended", 1)):
        listed = await intake.send("GET", f"/upstream-feeds{filters}")
        assert len(listed.json()["items"]) == count
    soon = await intake.send("POST", f"/upstream-feeds/{feed['id']}/poll")
    assert soon.json()["type"] == "/problems/feed-ended"
    assert (await intake.registered())["id"] != feed["id"]


async def test_a_write_repeated_with_its_key_is_answered_the_same(intake: Intake) -> None:
    headers = bearer(CLERK, intake.watch()) | {"Idempotency-Key": "a-key-of-the-tests"}
    new = {**NEW, "url": intake.url()}
    for _ in range(2):
        done = await intake.group.client.post("/v1/upstream-feeds", json=new, headers=headers)
        assert done.status_code == 201, done.text
    assert done.headers["Idempotency-Replayed"] == "true"
