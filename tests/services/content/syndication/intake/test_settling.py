from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.content.syndication.intake.commands import settling
from shared.auth import Permission
from tests.factories.content import ADMIN, CITY, COUNTY_SITE, OFFICE, SITE
from tests.factories.feeds import TEXT, item, rss
from tests.services.content.conftest import Announced
from tests.services.content.syndication.intake.conftest import (
    CLERK,
    HOUR,
    OTHER_HOST,
    Intake,
    body,
)
from tests.support.people import person
from tests.support.web import status

TITLE = "关于做好防汛工作的通知"
HARVEST = "各县、区农业农村局：为抓好今年的秋收工作，现将有关事项通知如下，请贯彻执行。"
PAGE = f"""<!DOCTYPE html><html><body><ul><li>首页</li><li>政策</li></ul><h1>{TITLE}</h1>
<p>来源：省政府办公厅　发布时间：2026-03-02</p><p>皖政办〔2026〕3号</p><p>{TEXT}</p>
<p>安徽省人民政府办公厅</p><p>2026年3月1日</p><p>版权所有 皖ICP备1号</p></body></html>"""
OTHER_PAGE = PAGE.replace(TITLE, "请登录后查看").encode()
HTML = "Content-Type: text/html; charset=utf-8"
CHIEF = person(
    *(Permission.READ_DRAFTS, Permission.EDIT, Permission.ISSUE_DIRECTIVE), at=CITY, name="chief"
)


async def read(intake: Intake, *items: str, rules: tuple[Any, ...] = ()) -> Any:
    """Have a feed with these items read; everything becomes a draft unless rules are given."""
    intake.web.answers["/feed.xml"] = body(rss(*items))
    feed = await intake.ruled(await intake.registered(), *rules)
    await intake.read()
    return feed


async def test_the_first_rule_that_matches_settles_where_an_entry_goes(intake: Intake) -> None:
    columns = intake.group.columns
    policy = {"kind": "policy", "column_id": columns["policies"], "becomes": "draft"}
    rules = (
        {"words": ["招标"], "becomes": "tray"},
        {"sources": ["办公厅"], **policy},
        {"categories": ["要闻"], "kind": "news", "column_id": columns["news"], "becomes": "draft"},
    )
    items = (
        item("1", "某项目招标公告", author="办公厅"),
        item("2", TITLE, author="省政府办公厅"),
        item("3", "省长调研防汛工作", category="要闻"),
        item("4", "其他消息一则"),
    )
    await read(intake, *items, rules=rules)
    entries = {entry["key"]: entry for entry in await intake.entries()}
    assert {key: (one["state"], one["rule"]) for key, one in entries.items()} == {
        "1": ("tray", 0),
        "2": ("drafted", 1),
        "3": ("drafted", 2),
        "4": ("tray", None),
    }
    assert entries["1"]["message"] == "按规则留待人工处理。"
    assert entries["4"]["message"] == "没有匹配的规则。"
    kinds = {one["title"]: (one["kind"], one["column_id"]) for one in await intake.items()}
    assert kinds[TITLE] == ("policy", columns["policies"])
    assert kinds["省长调研防汛工作"] == ("news", columns["news"])


async def test_a_text_the_feed_does_not_carry_is_taken_from_its_page(intake: Intake) -> None:
    intake.web.answers["/doc/1.html"] = body(PAGE.encode(), HTML)
    await read(intake, item("1", TITLE, None))
    (entry,) = await intake.entries()
    assert (entry["state"], entry["text_from"]) == ("drafted", "page")
    assert (entry["doc_no"], entry["written_on"]) == ("皖政办〔2026〕3号", "2026-03-01")
    (drafted,) = await intake.items()
    assert TEXT in drafted["body"]
    assert not {"首页", "版权所有"} & set(drafted["body"].split("\n"))
    assert drafted["doc_no"] == "皖政办〔2026〕3号"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (body(OTHER_PAGE, HTML), "没有读到这篇文章"),
        (body(b"<p>" + b"x" * 2_000_001, HTML), "过大"),
        (status(302, "Location: http://169.254.169.254/"), "不允许访问"),
    ],
)
async def test_an_entry_whose_page_cannot_be_read_says_so_and_waits_for_a_person(
    intake: Intake, answer: bytes, says: str
) -> None:
    intake.web.answers["/doc/1.html"] = answer
    await read(intake, item("1", TITLE, None))
    (entry,) = await intake.entries()
    assert (entry["state"], entry["text"]) == ("tray", None)
    assert says in entry["message"]
    assert await intake.items() == []


async def test_a_page_that_fails_is_tried_again_before_a_person_is_asked(intake: Intake) -> None:
    intake.web.answers["/doc/1.html"] = status(503)
    await read(intake, item("1", TITLE, None))
    for wait in (timedelta(minutes=5), HOUR):
        (entry,) = await intake.entries()
        assert entry["state"] == "waiting"
        intake.watch.turn(wait)
        await intake.settle()
    (entry,) = await intake.entries()
    assert entry["message"] == "原文网页返回状态码 503。请打开原文核对后人工采用。"
    asked = [one for one in intake.web.asked if one.path == "/doc/1.html"]
    assert len(asked) == 3


async def test_pages_of_one_host_are_asked_for_one_by_one(intake: Intake) -> None:
    titles = ("防汛工作", "防火工作", "秋收安排")
    items = [item(str(n), f"关于{title}的通知", None) for n, title in enumerate(titles)]
    intake.web.answers |= {f"/doc/{n}.html": status(404) for n in range(3)}
    intake.web.answers["/feed.xml"] = body(rss(*items))
    await intake.ruled(await intake.registered())
    await intake.poll()
    done = [await intake.tasks()[1].run(intake.watch()) for _ in range(2)]
    assert done == [1, 0]
    intake.watch.turn(timedelta(seconds=2))
    assert await intake.tasks()[1].run(intake.watch()) == 1


async def test_an_entry_without_text_and_link_says_so(intake: Intake) -> None:
    await read(intake, item("1", TITLE, None, link="javascript:alert(1)"))
    (entry,) = await intake.entries()
    assert entry["url"] is None
    assert "没有可用的原文链接" in entry["message"]


async def test_entries_from_before_the_feed_was_registered_stay_in_the_tray(
    intake: Intake,
) -> None:
    await read(intake, item("1", TITLE, None, pubDate="2025-01-01 09:00"))
    (entry,) = await intake.entries()
    assert (entry["state"], entry["message"]) == ("tray", "发布时间早于信息源登记的起始时间。")
    assert [asked.path for asked in intake.web.asked] == ["/feed.xml"]


async def test_the_same_text_through_another_feed_is_no_second_draft(intake: Intake) -> None:
    numbered = f"国发〔2026〕7号</p><p>{TEXT}"
    intake.web.answers["/other.xml"] = body(
        rss(
            item("a", "转发：同一链接", link=f"{intake.url('/doc/1.html')}#top"),
            item("b", "标题改了的同一文号", numbered),
            item(
                "c",
                "关于抓好秋收工作的通知",
                HARVEST,
            ),
        )
    )
    await read(
        intake,
        item("1", TITLE),
        item("2", "国务院关于某事的意见", numbered),
        item("3", "关于抓好秋收工作的通知", HARVEST),
    )
    await intake.ruled(await intake.registered("/other.xml"))
    await intake.read(timedelta(seconds=10))
    entries = {entry["key"]: entry for entry in await intake.entries()}
    found = {key: (entries[key]["state"], entries[key]["same_as"]["by"]) for key in "abc"}
    assert found == {
        "a": ("duplicate", "link"),
        "b": ("duplicate", "document_number"),
        "c": ("tray", "likeness"),
    }
    assert "文号相同" in entries["b"]["message"]
    assert "请人工判断" in entries["c"]["message"]
    assert len(await intake.items()) == 3


async def test_what_stands_here_already_is_known_by_its_number(intake: Intake) -> None:
    group = intake.group
    stands = await group.draft(doc_no="皖政办〔2026〕3号")
    await read(intake, item("1", "换了标题的文件", f"皖政办〔2026〕3号</p><p>{TEXT}"))
    (entry,) = await intake.entries()
    assert (entry["state"], entry["same_as"]["what"]) == ("duplicate", "item")
    assert entry["same_as"]["id"] == stands["id"]


async def test_what_another_office_has_is_no_duplicate_here(intake: Intake) -> None:
    intake.web.answers["/feed.xml"] = body(rss(item("1", TITLE)))
    new = {"organization": "340321-zfb", "title": "省政府", "url": intake.url()}
    county = person(
        *(Permission.READ_DRAFTS, Permission.EDIT), at="340000.340300.340321", name="county"
    )
    done = await intake.send("POST", "/upstream-feeds", new, actor=county)
    rule = {
        "becomes": "draft",
        "kind": "news",
        "column_id": intake.group.county_columns["news"],
    }
    await intake.ruled(done.json(), rule, actor=county)
    await intake.ruled(await intake.registered())
    await intake.read()
    await intake.read(timedelta(seconds=10))
    (entry,) = await intake.entries()
    assert entry["state"] == "drafted"
    (drafted,) = await intake.items()
    assert drafted["site_code"] == SITE
    listed = await intake.send("GET", "/items", actor=county)
    assert [one["site_code"] for one in listed.json()["items"]] == [COUNTY_SITE]


async def test_a_text_of_our_own_that_comes_back_is_no_repost(intake: Intake) -> None:
    own = f"http://www.s{COUNTY_SITE}.gov.cn/1.html"
    await read(intake, item("1", TITLE, link=own))
    (entry,) = await intake.entries()
    assert (entry["state"], entry["same_as"]["by"]) == ("duplicate", "own")
    assert "循环转载" in entry["message"]
    path = f"/upstream-entries/{entry['id']}/acceptance"
    given = {"kind": "news", "column_id": intake.group.columns["news"]}
    refused = await intake.send("POST", path, given, version=entry["version"])
    assert refused.json()["type"] == "/problems/own-entry"


async def test_a_change_upstream_is_a_new_state_and_never_a_second_draft(
    intake: Intake, announced: Announced
) -> None:
    await read(intake, item("1", TITLE))
    intake.web.answers["/feed.xml"] = body(rss(item("1", TITLE, f"{TEXT}另有补充规定。")))
    await intake.read(2 * HOUR)
    (entry,) = await intake.entries(changed="true")
    assert (entry["state"], entry["changed"]) == ("drafted", True)
    assert entry["text"] == f"{TEXT}另有补充规定。"
    assert [former["title"] for former in entry["former"]] == [TITLE]
    (drafted,) = await intake.items()
    assert drafted["body"] == TEXT
    assert (await announced())[-1] == "content.upstream_entry.changed"
    path = f"/upstream-entries/{entry['id']}/note"
    noted = await intake.send("POST", path, version=entry["version"])
    assert not noted.json()["changed"]
    await intake.read(2 * HOUR)
    assert await intake.entries(changed="true") == []


async def test_an_entry_in_the_tray_that_changes_is_settled_anew(intake: Intake) -> None:
    rule = {
        "words": ["防汛"],
        "becomes": "draft",
        "kind": "news",
        "column_id": intake.group.columns["news"],
    }
    await read(intake, item("1", "关于工作的通知"), rules=(rule,))
    assert [entry["state"] for entry in await intake.entries()] == ["tray"]
    intake.web.answers["/feed.xml"] = body(rss(item("1", TITLE)))
    await intake.read(2 * HOUR)
    assert [entry["state"] for entry in await intake.entries()] == ["drafted"]


async def test_what_cannot_be_written_as_an_item_stays_in_the_tray_with_every_fault(
    intake: Intake,
) -> None:
    await read(intake, item("1", "长" * 250))
    (entry,) = await intake.entries()
    assert entry["state"] == "tray"
    assert "未能按规则写成稿件" in entry["message"]
    assert "标题：最多200个字。" in entry["message"]
    assert await intake.items() == []


async def test_a_rule_is_carried_out_with_the_authority_its_maker_has_now(intake: Intake) -> None:
    group = intake.group
    new = {"login": "writer", "name": "编辑", "organization": "340300-zfb", "password": "x" * 12}
    writer = (await group.send(ADMIN, "POST", "/v1/people", new)).json()
    post = {"login": "writer", "kind": "editor", "organization": "340300-zfb"}
    filled = (await group.send(ADMIN, "POST", "/v1/posts", post)).json()
    maker = person(*(Permission.READ_DRAFTS, Permission.EDIT), at=OFFICE)
    maker = replace(maker, id=f"person:{writer['id']}")
    intake.web.answers["/feed.xml"] = body(rss(item("1", TITLE)))
    await intake.ruled(await intake.registered(), actor=maker)
    left = await group.send(ADMIN, "DELETE", f"/v1/posts/{filled['id']}")
    assert left.status_code < 300, left.text
    await intake.read()
    (entry,) = await intake.entries()
    assert (entry["state"], entry["item_id"]) == ("tray", None)
    assert "不在您的管理权限范围内" in entry["message"]


async def test_one_entry_is_settled_once_however_often_it_is_tried(intake: Intake) -> None:
    await read(intake, item("1", TITLE))
    (entry,) = await intake.entries()
    async with intake.begin(CLERK, "again") as uow:
        await settling.settle_entry(uow, entry["id"], None)
    assert len(await intake.items()) == 1


async def test_a_directive_is_issued_once_the_item_is_public_by_whoever_may(
    intake: Intake, announced: Announced
) -> None:
    order = {"issuer": "340300", "within_hours": 12, "automatic": True}
    rule = {
        "becomes": "directive",
        "kind": "news",
        "column_id": intake.group.columns["news"],
        "directive": order,
    }
    intake.web.answers["/feed.xml"] = body(rss(item("1", TITLE)))
    await intake.ruled(await intake.registered(), rule, actor=CHIEF)
    await intake.read()
    (entry,) = await intake.entries()
    assert (entry["directive"]["within_hours"], entry["directive_id"]) == (12, None)
    (drafted,) = await intake.items()
    released = await intake.group.release(
        await intake.group.clear(await intake.group.submit(drafted))
    )
    assert released.status_code == 201, released.text
    await intake.hear()
    (entry,) = await intake.entries()
    assert entry["directive_id"] is not None
    assert (await announced()).count("content.directive.issued") == 1
    await intake.hear()
    assert (await announced()).count("content.directive.issued") == 1


async def test_a_directive_that_is_only_proposed_waits_for_somebody_who_may(
    intake: Intake,
) -> None:
    rule = {
        "becomes": "directive",
        "kind": "news",
        "column_id": intake.group.columns["news"],
        "directive": {"issuer": "340300"},
    }
    await read(intake, item("1", TITLE), rules=(rule,))
    (entry,) = await intake.entries()
    path = f"/upstream-entries/{entry['id']}/directive"
    early = await intake.send("POST", path, version=entry["version"], actor=CHIEF)
    assert early.status_code == 404  # nothing is public yet
    (drafted,) = await intake.items()
    await intake.group.release(await intake.group.clear(await intake.group.submit(drafted)))
    await intake.hear()
    refused = await intake.send("POST", path, version=entry["version"])
    assert refused.status_code == 403
    issued = await intake.send("POST", path, version=entry["version"], actor=CHIEF)
    assert issued.json()["directive_id"] is not None, issued.text
    again = await intake.send("POST", path, version=entry["version"] + 1, actor=CHIEF)
    assert again.json()["type"] == "/problems/no-directive-proposed"


async def test_feeds_of_two_hosts_are_read_side_by_side(intake: Intake) -> None:
    intake.web.answers |= {
        "/feed.xml": body(rss(item("1", TITLE))),
        "/b.xml": body(rss(item("1", "关于抓好秋收工作的通知"))),
    }
    await intake.registered()
    await intake.registered(url=intake.url("/b.xml", OTHER_HOST))
    assert await intake.poll() == 2
