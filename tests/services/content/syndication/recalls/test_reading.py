from dataclasses import replace
from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    LEADER,
    PARTNER,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.recalls.conftest import Recaller
from tests.services.content.syndication.verification.conftest import APART, page
from tests.support.people import person
from tests.support.queries import CountQueries
from tests.support.web import status

BODY = "一、各地要于6月30日前完成水库除险加固工作。\n二、对逾期未完成整改的单位予以通报批评。"
ELSEWHERE = person(*Permission, at="340000.340400", name="elsewhere")


async def proved(group: Group, recaller: Recaller) -> tuple[Any, Any]:
    """A recall whose one copy is proved gone."""
    item = await group.released(body=BODY)
    await recaller.verified(item)
    await recaller.withdrawn(item)
    recaller.web.answers["/1"] = status(404)
    await recaller.tick_twice()
    return await recaller.recall(), await recaller.copy()


async def test_who_answers_for_item_order_or_page_reads_it_and_nobody_else(
    group: Group, recaller: Recaller
) -> None:
    recall, copy = await proved(group, recaller)
    of_recall = [f"/v1/recalls/{recall['id']}{part}" for part in ("", "/copies", "/certificate")]
    of_copy = [f"/v1/copies/{copy['id']}{part}" for part in ("", "/readings", "/certificate")]
    key = replace(COUNTY_EDITOR, sites=frozenset({SITE}))
    for path, readers, others in (
        *((path, (EDITOR, LEADER, SUPERVISOR), (COUNTY_EDITOR, PARTNER)) for path in of_recall),
        *((path, (EDITOR, SUPERVISOR, COUNTY_EDITOR), (PARTNER, key)) for path in of_copy),
    ):
        for actor in readers:
            assert (await recaller.ask(path, actor)).status_code == 200, (path, actor.id)
        for actor in (*others, ELSEWHERE):
            assert (await recaller.ask(path, actor)).status_code == 404, (path, actor.id)
    assert (await recaller.get("/v1/recalls", ELSEWHERE))["items"] == []
    assert (await recaller.get("/v1/recalls", STRANGER))["items"] == []
    for actor in (ELSEWHERE, key, EDITOR):
        assert await recaller.copies(actor) == []


async def test_lists_are_paged_and_filtered_at_a_constant_cost(
    group: Group, recaller: Recaller, count_queries: CountQueries
) -> None:
    item = await group.released(body=BODY)
    for path in ("/1", "/2", "/3"):
        owed = await group.owed(item)
        assert (await recaller.send(owed, recaller.url(path))).status_code == 200
    recall = await recaller.withdrawn(item)
    copies = f"/v1/recalls/{recall['id']}/copies"
    for path, rows, cost in (
        ("/v1/recalls", 1, 1),
        (f"/v1/recalls?item_id={item['id']}&site_code={SITE}", 1, 1),
        (f"/v1/recalls?site_code={COUNTY_SITE}", 0, 1),
        (copies, 3, 2),
        (f"{copies}?state=owed", 3, 2),
        (f"{copies}?state=proved", 0, 2),
        (f"/v1/items/{item['id']}/impact", 3, 4),
    ):
        with count_queries(cost):
            found = await recaller.get(path)
        assert len(found["items"]) == rows, path
    with count_queries(1):
        found = await recaller.get(f"/v1/copies?site_code={COUNTY_SITE}&state=owed", COUNTY_EDITOR)
    assert len(found["items"]) == 3
    seen, after = [], ""
    while after is not None:
        told = await recaller.get(f"{copies}?first=1{after and f'&after={after}'}")
        seen += [each["url"] for each in told["items"]]
        after = told["next"]
    assert sorted(seen) == [recaller.url(f"/{at}") for at in (1, 2, 3)]


async def test_a_site_reports_and_its_page_is_read_at_once(
    group: Group, recaller: Recaller, announced: Announced
) -> None:
    item = await group.released(body=BODY)
    await recaller.verified(item)
    await recaller.withdrawn(item)
    await recaller.tick_twice()
    asked = len(recaller.web.asked)
    recaller.web.answers["/1"] = status(404)
    copy = await recaller.copy()
    done = await recaller.report(copy, body={"note": "已撤下，联系人电话13805521234。"})
    assert (done.status_code, done.json()["reported_at"] is not None) == (200, True)
    assert done.headers["ETag"] == f'"{copy["version"] + 1}"'
    await recaller.tick()
    assert len(recaller.web.asked) == asked + 1
    await recaller.tick(APART)
    assert (await recaller.copy())["state"] == "proved"
    assert "content.copy.reported" in await announced()


async def test_a_report_names_the_version_comes_from_the_site_and_is_owed(
    group: Group, recaller: Recaller, unchanged: Unchanged
) -> None:
    _, copy = await proved(group, recaller)
    path = f"/v1/copies/{copy['id']}/report"
    async with unchanged():
        refused = await recaller.report(copy)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-owed")
        assert (await recaller.report({**copy, "version": 99})).status_code == 412
        missing = await group.send(COUNTY_EDITOR, "POST", path, {})
        assert missing.status_code == 428
        key = replace(COUNTY_EDITOR, sites=frozenset({SITE}))
        for actor in (EDITOR, SUPERVISOR, ELSEWHERE, key):
            assert (await recaller.report(copy, actor)).status_code == 404
        for body in ({"note": "a" * 5000}, {"unknown": 1}, {"note": 3}):
            refused = await recaller.report(copy, body=body)
            assert (refused.status_code, refused.json()["type"]) == (422, "/problems/invalid")


@pytest.mark.parametrize("query", ["state=gone", "first=0", "first=101", "after=x", "site_code=1"])
async def test_odd_questions_are_refused_by_name(recaller: Recaller, query: str) -> None:
    refused = await recaller.ask(f"/v1/copies?{query}")
    assert refused.status_code in {400, 422}
    assert refused.headers["Content-Type"] == "application/problem+json"


async def test_what_is_not_proved_has_no_certificate(group: Group, recaller: Recaller) -> None:
    item = await group.released(body=BODY)
    await recaller.claimed(item, page(item))
    recall = await recaller.withdrawn(item)
    copy = await recaller.copy()
    for path in (
        f"/v1/copies/{copy['id']}/certificate",
        f"/v1/recalls/{recall['id']}/certificate",
    ):
        refused = await recaller.ask(path, SUPERVISOR)
        assert (refused.status_code, "核验证明" in refused.json()["detail"]) == (404, True)


async def test_the_impact_tells_all_that_refers_to_an_item_and_what_is_followed_after(
    group: Group, recaller: Recaller
) -> None:
    topic = await group.topic()
    item = await group.released(body=BODY, topic_id=topic)
    url = (await group.public(item))["url"]
    note = await group.released(kind="interpretation", title="解读", interprets=item["id"])
    link = [{"text": "原文", "href": url.replace("https", "http") + "/"}]
    linking = await group.released(kind="news", title="报道", links=link)
    written = await group.released(kind="news", title="又一报道", body=f"详见{url}。")
    await recaller.verified(item)
    own = await recaller.reposted(item)
    path = f"/v1/items/{item['id']}/impact"
    links = [each for each in (await recaller.get(path))["items"] if each["relation"] == "link"]
    assert {each["item_id"] for each in links} == {linking["id"], written["id"]}
    told = {each["relation"]: each for each in (await recaller.get(path))["items"]}
    assert told.keys() == {"topic", "interpretation", "link", "claimed", "repost"}
    assert (told["topic"]["id"], told["topic"]["leaves"]) == (topic, False)
    assert (told["interpretation"]["id"], told["interpretation"]["leaves"]) == (note["id"], True)
    assert told["link"]["leaves"] is False
    assert (told["claimed"]["url"], told["claimed"]["site_code"]) == (recaller.url(), COUNTY_SITE)
    assert (told["repost"]["item_id"], told["repost"]["leaves"]) == (own["repost_id"], True)
    await recaller.withdrawn(item)
    after = (await recaller.get(path))["items"]
    assert sorted(each["relation"] for each in after) == ["copy", "copy", "link", "link"]
    for actor in (COUNTY_EDITOR, PARTNER, ELSEWHERE):
        assert (await recaller.ask(path, actor)).status_code == 404
