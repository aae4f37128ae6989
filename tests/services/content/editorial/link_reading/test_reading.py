from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.content.editorial.checks.links import page
from services.content.editorial.models import Item, Recheck
from shared.contracts.dead_links import LinkFound
from tests.factories.content import EDITOR, Group
from tests.services.content.conftest import Announced
from tests.services.content.editorial.link_reading.conftest import APART, Office
from tests.support.queries import CountQueries
from tests.support.web import OK, Web, status

DAY = timedelta(days=1)


async def shown(group: Group, item: Any) -> Any:
    return (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()


async def dead(office: Office, item: Any) -> list[Any]:
    async with office.sessions() as session:
        found = (await session.get_one(Item, UUID(item["id"]))).findings
    return [each for each in found if each["code"] == "links.dead"]


async def test_a_dead_link_is_found_answered_for_and_forgotten_when_it_lives_again(
    group: Group, office: Office, web: Web, announced: Announced
) -> None:
    web.answers["/gone"] = status(404)
    url = web.url("/gone", "page.test")
    body = f"办事指南详见 {url} 。"
    item = await group.draft(body=body, kind="news")
    assert await dead(office, item) == []
    await office.find_dead()
    (found,) = await dead(office, item)
    assert (found["severity"], found["waivable"], found["field"]) == ("warning", True, "body")
    assert body[found["start"] : found["end"]] == url == found["excerpt"]
    assert found["message"] == (
        "链接已失效：网页不存在（返回 404）；"
        "2026-03-02 09:00 首次发现，2026-03-02 09:10 复核相同。"
    )
    assert (await announced()).count("content.item.rechecked") == 1

    waiver = {"code": "links.dead", "field": "body", "quote": url, "reason": "留作凭证。"}
    item = await shown(group, item)
    text = {name: item[name] for name in ("title", "body", "source")} | {"waivers": [waiver]}
    path = f"/v1/items/{item['id']}"
    revised = await group.send(EDITOR, "PUT", path, text, version=item["version"])
    (found,) = [each for each in revised.json()["findings"] if each["code"] == "links.dead"]
    assert found["waived"] == {"by": EDITOR.id, "reason": "留作凭证。"}

    web.answers["/gone"] = OK
    await office.read(DAY)
    await office.run("check-items-again")
    assert await dead(office, item) == []


async def test_a_text_that_is_known_to_lead_nowhere_is_told_so_at_once(
    group: Group, office: Office, web: Web
) -> None:
    web.answers["/gone"] = status(410)
    link = {"text": "旧闻", "href": web.url("/gone", "page.test")}
    await group.draft(links=[link])
    await office.find_dead()
    again = await group.draft(links=[{**link, "href": link["href"] + "#top"}])
    (found,) = [each for each in again["findings"] if each["code"] == "links.dead"]
    assert (found["field"], found["start"], found["end"]) == ("links/0", 0, 0)


async def test_one_reading_judges_nothing_and_holds_nothing_up(
    group: Group, office: Office, web: Web
) -> None:
    web.answers["/gone"] = status(404)
    item = await group.draft(body=f"见 {web.url('/gone', 'page.test')}")
    await office.read()
    assert await office.run("check-items-again") == 0
    assert (await group.submit(item))["stage"] == "in_review"
    assert await dead(office, item) == []


@pytest.mark.parametrize("code", [401, 403, 405, 429, 451, 500, 503])
async def test_who_does_not_want_robots_or_is_in_trouble_is_not_dead(
    group: Group, office: Office, web: Web, code: int
) -> None:
    web.answers["/"] = status(code)
    item = await group.draft(body=f"见 {web.url('/', 'page.test')}")
    for _ in range(5):
        await office.read(DAY)
    assert await office.run("check-items-again") == 0
    assert await dead(office, item) == []


async def test_a_name_nobody_has_is_dead_beside_a_host_that_answers(
    group: Group, office: Office, web: Web
) -> None:
    body = f"见 http://nobody.test/a 和 {web.url('/', 'page.test')}"
    item = await group.draft(body=body)
    await office.find_dead()
    (found,) = await dead(office, item)
    assert found["excerpt"] == "http://nobody.test/a"
    assert "域名无法解析" in found["message"]
    assert [asked.headers["host"] for asked in web.asked] == [f"page.test:{web.port}"] * 2


async def test_our_own_network_makes_no_link_dead(group: Group, office: Office, web: Web) -> None:
    hosts = office.hosts
    body = " ".join(f"见 {web.url('/', host)} 。" for host in hosts)
    item = await group.draft(body=body)
    await office.read()
    office.hosts = set()
    for _ in range(5):
        await office.read(8 * DAY)
    links = await office.links()
    assert {link.found for link in links.values()} == {LinkFound.OWN_FAULT}
    assert await office.run("check-items-again") == 0
    office.hosts, office.is_cut_off = hosts, True
    for _ in range(5):
        await office.read(8 * DAY)
    assert all(link.dead_from is None for link in (await office.links()).values())
    office.is_cut_off = False
    await office.read(APART)
    assert {link.found for link in (await office.links()).values()} == {LinkFound.ANSWERED}
    assert await dead(office, item) == []


async def test_a_lone_link_that_falls_silent_is_judged_by_nobody(
    group: Group, office: Office
) -> None:
    item = await group.draft(body="见 http://nobody.test/a 。")
    for _ in range(5):
        await office.read(APART)
    assert await office.run("check-items-again") == 0
    assert await dead(office, item) == []


async def test_a_host_is_asked_for_one_link_at_a_time_and_then_left_alone(
    group: Group, office: Office, web: Web
) -> None:
    body = " ".join(f"见 {web.url(f'/{place}', 'page.test')} 。" for place in range(3))
    await group.draft(body=body)
    for asked in (1, 1, 2, 3):
        await office.read(timedelta(seconds=2) if asked > len(web.asked) else timedelta())
        assert len(web.asked) == asked


async def test_a_host_that_asks_for_rest_gets_it(group: Group, office: Office, web: Web) -> None:
    web.answers["/0"] = status(503, "Retry-After: 3600")
    urls = [web.url(f"/{place}", "page.test") for place in range(2)]
    await group.draft(links=[{"text": "链接", "href": url} for url in urls])
    await office.read()
    first = len(web.asked)
    await group.draft(body=f"另见 {web.url('/2', 'page.test')} 。")
    await office.read(timedelta(minutes=59))
    assert len(web.asked) == first
    await office.read(timedelta(minutes=1))
    assert len(web.asked) > first


async def test_links_of_no_item_any_more_are_forgotten(
    group: Group, office: Office, web: Web
) -> None:
    url = web.url("/", "page.test")
    item = await group.draft(body=f"见 {url} 。")
    await office.read()
    assert await office.run("forget-links") == 0
    text = {"title": item["title"], "body": "改写。", "source": item["source"]}
    path = f"/v1/items/{item['id']}"
    assert (await group.send(EDITOR, "PUT", path, text, version=1)).status_code == 200
    await office.hear()
    assert await office.run("forget-links") == 1
    assert await office.links() == {}
    assert await office.read(8 * DAY) == 0


async def test_without_a_way_out_nothing_is_read_and_nothing_is_dead(
    group: Group, office: Office, web: Web
) -> None:
    web.answers["/"] = status(404)
    item = await group.draft(body=f"见 {web.url('/', 'page.test')} 。")
    await office.find_dead()
    assert len(await dead(office, item)) == 1
    office.reads = False
    asked = len(web.asked)
    assert await office.run("unlearn-links") == 1
    await office.run("check-items-again")
    assert await dead(office, item) == []
    assert len(web.asked) == asked


async def test_a_link_that_is_written_again_is_read_before_its_day(
    group: Group, office: Office, web: Web
) -> None:
    web.answers["/"] = status(404)
    url = web.url("/", "page.test")
    item = await group.draft(body=f"见 {url} 。")
    await office.find_dead()
    web.answers["/"] = OK
    await group.submit(await shown(group, item))
    await office.read(APART)
    await office.run("check-items-again")
    assert await dead(office, item) == []


async def test_items_checked_again_cost_the_same_however_many_they_are(
    group: Group, office: Office, web: Web, count_queries: CountQueries
) -> None:
    web.answers |= {"/a": status(404), "/b": status(404)}
    again = office.task("check-items-again")
    for path, items in (("/a", 1), ("/b", 12)):
        url = web.url(path, "page.test")
        written = [await group.draft(body=f"见 {url} 。") for _ in range(items)]
        await office.read(timedelta(seconds=2))
        await office.read(APART)
        with count_queries(14):
            assert await again.run(office.watch()) == 1
        for item in written:
            assert len(await dead(office, item)) == 1


async def test_every_link_of_what_goes_out_is_noted_when_items_are_checked_again(
    group: Group, office: Office, web: Web
) -> None:
    url = web.url("/", "page.test")
    await group.draft(
        body=f"见 {url} 。", links=[{"text": "另见", "href": "https://a.gov.cn/b#c"}]
    )
    async with office.begin(EDITOR, "test") as uow:
        uow.session.add(Recheck(begun_at=uow.now, due_at=uow.now))
    await office.run("check-items-again")
    assert set(await office.links()) == {url, "https://a.gov.cn/b"}


@pytest.mark.parametrize(
    ("link", "read"),
    [
        ("www.a.gov.cn/b", "http://www.a.gov.cn/b"),
        ("https://a.gov.cn/b?c=d#e", "https://a.gov.cn/b?c=d"),
        ("ftp://a.gov.cn/b", None),
        ("https://user@a.gov.cn/", None),
        ("/a/b", None),
        ("mailto:a@a.gov.cn", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_only_pages_of_the_web_are_read(link: str, read: str | None) -> None:
    assert page(link) == read
