from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import pytest

from services.content.editorial.link_reading.adapters import Reader
from services.content.syndication.intake.adapters import Fetched
from services.content.syndication.intake.commands import polling
from services.content.syndication.intake.commands.polling import Polled
from services.content.syndication.intake.parsing import parse
from services.content.syndication.intake.schedule import tasks
from shared.destination import Allowed
from shared.outbound import Outside
from tests.factories.feeds import item, rss
from tests.services.content.conftest import Announced
from tests.services.content.syndication.intake.conftest import (
    CLERK,
    HOUR,
    NAME,
    OTHER_HOST,
    PROVINCE_HOST,
    Intake,
    body,
)
from tests.support.web import names, status

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ONE = rss(item("1", "通知一"))


def due(feed: dict[str, object], intake: Intake) -> timedelta:
    standing = feed["standing"]
    assert isinstance(standing, dict)
    return datetime.fromisoformat(standing["due_at"]) - intake.watch()


async def test_a_feed_is_asked_by_name_and_then_only_for_what_is_new(intake: Intake) -> None:
    headers = ('ETag: "abc"', "Last-Modified: Mon, 02 Mar 2026 00:00:00 GMT")
    intake.web.answers["/feed.xml"] = body(ONE, *headers)
    feed = await intake.registered()
    await intake.poll()
    intake.web.answers["/feed.xml"] = status(304)
    await intake.poll(2 * HOUR)
    first, second = (asked.headers for asked in intake.web.asked)
    assert first["user-agent"] == NAME
    assert "if-none-match" not in first
    assert second["if-none-match"] == '"abc"'
    assert second["if-modified-since"] == "Mon, 02 Mar 2026 00:00:00 GMT"
    latest, earliest = await intake.polls(feed)
    assert (latest["result"], latest["status"], latest["seen"]) == ("unchanged", 304, 0)
    assert (earliest["result"], earliest["new"], earliest["size"]) == ("read", 1, len(ONE))


@pytest.mark.parametrize(
    ("ttl", "header", "minutes"),
    [("", "X: y", 60), ("120", "X: y", 120), ("", "Cache-Control: max-age=1200", 20)],
)
async def test_a_feed_is_asked_again_when_it_asks_to_be(
    intake: Intake, ttl: str, header: str, minutes: int
) -> None:
    intake.web.answers["/feed.xml"] = body(rss(item("1", "通知"), ttl=ttl), header)
    feed = await intake.registered()
    await intake.poll()
    assert abs(due(await intake.feed(feed), intake) / MINUTE - minutes) <= minutes * 0.11
    assert await intake.poll() == 0
    intake.web.answers["/feed.xml"] = status(304, header)
    await intake.poll(minutes * 2 * MINUTE)
    assert abs(due(await intake.feed(feed), intake) / MINUTE - minutes) <= minutes * 0.11


async def test_failures_wait_longer_each_time_and_the_third_is_announced_once(
    intake: Intake, announced: Announced
) -> None:
    intake.web.answers["/feed.xml"] = status(500)
    feed = await intake.registered()
    waits = []
    for _ in range(4):
        assert await intake.poll(DAY) == 1
        waits.append(due(await intake.feed(feed), intake))
    assert waits == sorted(waits)
    assert (await announced()).count("content.upstream_feed.turned") == 1
    standing = (await intake.feed(feed))["standing"]
    assert (standing["state"], standing["fault"]) == ("failing", "status")
    assert standing["message"] == "服务器返回状态码 500，稍后自动重试。"
    for filters, count in (("state=failing", 1), ("faulty=true", 1), ("faulty=false", 0)):
        listed = await intake.send("GET", f"/upstream-feeds?{filters}")
        assert len(listed.json()["items"]) == count, filters
    intake.web.answers["/feed.xml"] = body(ONE)
    await intake.poll(DAY)
    standing = (await intake.feed(feed))["standing"]
    assert (standing["state"], standing["message"], standing["failures"]) == ("working", None, 0)
    assert (await announced()).count("content.upstream_feed.turned") == 2


async def test_a_host_that_asks_for_rest_gets_it_from_all_its_feeds(intake: Intake) -> None:
    intake.web.answers["/feed.xml"] = status(503, "Retry-After: 7200")
    feed, other = await intake.registered(), await intake.registered("/other.xml")
    await intake.poll()
    for each in (feed, other):
        assert due(await intake.feed(each), intake) >= 2 * HOUR
        soon = await intake.send("POST", f"/upstream-feeds/{each['id']}/poll")
        assert soon.status_code == HTTPStatus.ACCEPTED
        assert due(soon.json(), intake) == 2 * HOUR


async def test_a_host_is_asked_for_one_feed_at_a_time(intake: Intake) -> None:
    intake.web.answers |= {"/feed.xml": body(ONE), "/other.xml": body(ONE)}
    await intake.registered()
    await intake.registered("/other.xml")
    assert [await intake.poll(), await intake.poll()] == [1, 0]
    assert await intake.poll(timedelta(seconds=2)) == 1
    assert [asked.path for asked in intake.web.asked] == ["/feed.xml", "/other.xml"]


@pytest.mark.parametrize(("code", "remembers"), [(301, True), (308, True), (302, False)])
async def test_only_a_move_for_good_is_remembered(
    intake: Intake, code: int, *, remembers: bool
) -> None:
    intake.web.answers["/feed.xml"] = status(code, "Location: /new.xml")
    intake.web.answers["/new.xml"] = body(ONE)
    feed = await intake.registered()
    await intake.poll()
    standing = (await intake.feed(feed))["standing"]
    assert standing["reads_at"] == intake.url("/new.xml" if remembers else "/feed.xml")
    assert len(await intake.entries()) == 1
    await intake.poll(2 * HOUR)
    assert len(intake.web.asked) == (3 if remembers else 4)


async def test_a_feed_that_is_gone_is_asked_no_more_until_somebody_changes_it(
    intake: Intake, announced: Announced
) -> None:
    intake.web.answers["/feed.xml"] = status(410)
    feed = await intake.registered()
    await intake.poll()
    gone = await intake.feed(feed)
    assert (gone["standing"]["state"], gone["standing"]["due_at"]) == ("gone", None)
    assert "410" in gone["standing"]["message"]
    assert (await announced())[-1] == "content.upstream_feed.turned"
    assert await intake.poll(30 * DAY) == 0
    intake.web.answers["/new.xml"] = body(ONE)
    change = {"title": "省政府", "url": intake.url("/new.xml")}
    done = await intake.send("PUT", f"/upstream-feeds/{feed['id']}", change, version=1)
    assert done.json()["standing"]["state"] == "working"
    await intake.poll()
    assert len(await intake.entries()) == 1


@pytest.mark.parametrize(
    ("answer", "fault", "says"),
    [
        (body(b"<!DOCTYPE html><html><body>x</body></html>"), "not_a_feed", "网页"),
        (body(b"x" * 5_000_001), "too_long", "5 MB"),
        (b"not http at all", "no_answer", "没有应答"),
        (status(302, "Location: http://169.254.169.254/"), "forbidden", "不允许访问"),
        (status(302, "Location: http://[::ffff:10.0.0.1]/"), "forbidden", "不允许访问"),
        (status(302, "Location: file:///etc/passwd"), "forbidden", "不允许访问"),
        (status(302, "Location: /feed.xml"), "too_many_redirects", "跳转"),
        (body(b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a">]><rss/>'), "entities", "攻击"),
    ],
)
async def test_what_is_wrong_with_a_feed_is_named_in_chinese(
    intake: Intake, answer: bytes, fault: str, says: str
) -> None:
    intake.web.answers["/feed.xml"] = answer
    feed = await intake.registered()
    await intake.poll()
    (poll,) = await intake.polls(feed)
    assert (poll["result"], poll["fault"]) == ("failed", fault)
    assert says in poll["message"]
    assert await intake.entries() == []


async def test_a_name_that_leads_inside_is_not_followed(intake: Intake) -> None:
    feed = await intake.registered()
    resolve = names(**{PROVINCE_HOST.replace(".", "_"): "127.0.0.1"})
    reader = Reader(Outside(Allowed(), resolve), NAME)
    await tasks(intake.sessions, intake.begin, reader)[0].run(intake.watch())
    assert (await intake.polls(feed))[0]["fault"] == "forbidden"
    assert intake.web.asked == []


async def test_broken_xml_says_where_and_still_brings_what_could_be_read(intake: Intake) -> None:
    broken = rss(item("1", "通知一"), "<item><title>甲 & 乙</title></item>")
    intake.web.answers["/feed.xml"] = body(broken, 'ETag: "x"')
    feed = await intake.registered()
    await intake.poll()
    (poll,) = await intake.polls(feed)
    assert (poll["result"], poll["fault"], poll["line"]) == ("read", "broken_xml", 1)
    assert f"第 1 行第 {poll['column']} 列" in poll["message"]
    assert (await intake.feed(feed))["standing"]["message"] == poll["message"]
    assert len(await intake.entries()) == 2
    intake.web.answers["/feed.xml"] = status(304)
    await intake.poll(2 * HOUR)
    assert intake.web.asked[-1].headers["if-none-match"] == '"x"'
    assert (await intake.feed(feed))["standing"]["fault"] == "broken_xml"


async def test_after_a_failure_a_feed_is_read_in_whole(intake: Intake) -> None:
    intake.web.answers["/feed.xml"] = body(ONE, 'ETag: "x"')
    await intake.registered()
    await intake.poll()
    intake.web.answers["/feed.xml"] = status(500)
    await intake.poll(2 * HOUR)
    await intake.poll(2 * HOUR)
    first, second, third = (asked.headers.get("if-none-match") for asked in intake.web.asked)
    assert (first, second, third) == (None, '"x"', None)


async def test_a_bad_entry_is_named_and_loses_no_other(intake: Intake) -> None:
    intake.web.answers["/feed.xml"] = body(rss(item("1", ""), item("2", "通知二")))
    feed = await intake.registered()
    await intake.poll()
    (poll,) = await intake.polls(feed)
    assert (poll["seen"], poll["new"], poll["fault"]) == (2, 1, "bad_entries")
    assert poll["bad"] == [{"place": 1, "title": None, "message": "没有标题。"}]


async def test_a_feed_silent_far_beyond_its_rhythm_is_announced(
    intake: Intake, announced: Announced
) -> None:
    told = [item(str(n), f"通知{n}", pubDate=f"2026-02-{20 + n} 09:00") for n in range(5)]
    intake.web.answers["/feed.xml"] = body(rss(*told))
    feed = await intake.registered()
    await intake.poll()
    assert (await intake.feed(feed))["standing"]["usual_hours"] == 24
    await intake.poll(DAY)
    assert (await intake.feed(feed))["standing"]["state"] == "working"
    await intake.poll(5 * DAY)
    standing = (await intake.feed(feed))["standing"]
    assert standing["state"] == "quiet"
    assert "没有新条目" in standing["message"]
    assert (await announced())[-1] == "content.upstream_feed.turned"
    new = item("9", "通知九", pubDate=f"{intake.watch():%Y-%m-%d} 09:00")
    intake.web.answers["/feed.xml"] = body(rss(new, *told))
    await intake.poll(DAY)
    assert (await intake.feed(feed))["standing"]["state"] == "working"


async def test_a_feed_that_moved_to_another_host_by_hand_is_asked_there(intake: Intake) -> None:
    intake.web.answers["/feed.xml"] = body(ONE)
    feed = await intake.registered()
    change = {"title": "部委", "url": intake.url("/feed.xml", OTHER_HOST)}
    done = await intake.send("PUT", f"/upstream-feeds/{feed['id']}", change, version=1)
    assert done.json()["standing"]["reads_at"] == change["url"]
    await intake.poll()
    assert intake.web.asked[-1].headers["host"].startswith(OTHER_HOST)


async def test_what_came_of_an_address_the_feed_has_left_is_not_kept(intake: Intake) -> None:
    feed = await intake.registered()
    fetched = Fetched(intake.url("/former.xml"), 0.1, status=200, body=ONE)
    parsed = parse(ONE, None, fetched.url)
    async with intake.begin(CLERK, "late") as uow:
        polled = Polled(fetched.url, fetched, parsed)
        await polling.record(uow, UUID(feed["id"]), polled, chance=0)
    assert await intake.polls(feed) == []
    assert await intake.entries() == []


async def test_a_text_lost_to_broken_xml_is_no_change_upstream(intake: Intake) -> None:
    intake.web.answers["/feed.xml"] = body(ONE)
    await intake.registered()
    await intake.read()
    intake.web.answers["/feed.xml"] = body(
        rss(item("1", "通知一"), "<item><title>&</title></item>")
    )
    await intake.read(2 * HOUR)
    assert [entry["changed"] for entry in await intake.entries() if entry["key"] == "1"] == [False]


async def test_a_change_feed_is_followed_by_its_cursor_until_it_has_no_more(
    intake: Intake,
) -> None:
    def change(item_id: str, act: str = "released") -> str:
        told = (
            f'{{"title": "通知{item_id}", "body": "正文{item_id}，共一段。", "source": "省政府",'
            f' "url": "http://{PROVINCE_HOST}/{item_id}",'
            ' "first_public_at": "2026-03-02T00:00:00Z"}'
        )
        return f'{{"act": "{act}", "item_id": "{item_id}", "item": {told}}}'

    def page(cursor: str, *changes: str) -> bytes:
        text = f'{{"changes": [{", ".join(changes)}], "next": "{cursor}"}}'
        return body(text.encode(), "Content-Type: application/json")

    here = "/v1/public/changes"
    intake.web.answers |= {
        here: page("c1", change("1"), change("2")),
        f"{here}?since=c1&first=100": page("c2", change("3"), change("2", "withdrawn")),
        f"{here}?since=c2&first=100": page("c2"),
    }
    feed = await intake.registered(here)
    for _ in range(3):
        assert await intake.poll(timedelta(seconds=3)) == 1
    assert [asked.path for asked in intake.web.asked] == list(intake.web.answers)
    assert (await intake.feed(feed))["standing"]["form"] == "changes"
    assert due(await intake.feed(feed), intake) > 50 * MINUTE
    entries = {entry["key"]: entry for entry in await intake.entries()}
    assert entries.keys() == {"1", "2", "3"}
    assert (entries["2"]["state"], entries["2"]["changed"]) == ("dismissed", True)
    assert entries["2"]["withdrawn_at"] is not None


async def test_polls_are_kept_for_a_while(intake: Intake) -> None:
    intake.web.answers["/feed.xml"] = body(ONE)
    feed = await intake.registered()
    await intake.poll()
    await intake.poll(91 * DAY)
    assert len(await intake.polls(feed)) == 1
