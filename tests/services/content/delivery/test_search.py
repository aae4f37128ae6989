import random
from datetime import timedelta

import pytest

from services.content.release.queries import searching
from services.content.release.queries.searching import Order
from services.content.release.words import MOST_WORDS, asked_words, document_number, words
from shared.contracts.delivery import SearchPage
from shared.db import Sessions
from tests.factories.content import COUNTY_SITE, EDITOR, LEADER, SITE, Group
from tests.factories.public import copies
from tests.services.content.conftest import Watch
from tests.support.people import bearer

NUMBER = "蚌政办秘〔2017〕97号"
TITLE = "关于加强农村饮水安全管理工作的通知"


async def _found(group: Group, q: str, **more: str) -> list[str]:
    answer = await group.client.get("/v1/public/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    "q",
    [
        "饮水",
        "饮水安全",
        "农村 管理",
        "通知 饮水",
        "水质监测",
        "GDP",
        "gdp",
        TITLE,
        "2024",
        "，饮水。",
    ],
)
async def test_an_item_is_found_by_its_words(group: Group, q: str) -> None:
    await group.released(title=TITLE, body="2024年开展水质监测，GDP增长5%。")
    await group.released(title="关于春季招生的公告", body="招生办法另行公布。")
    assert await _found(group, q) == [TITLE]


@pytest.mark.parametrize("q", ["饮水 招生", "森林", "！？", "' | '", "a:*", "\\", "%", "🦆"])
async def test_what_no_item_holds_finds_nothing(group: Group, q: str) -> None:
    await group.released(title=TITLE)
    await group.released(title="关于春季招生的公告")
    assert await _found(group, q) == []


@pytest.mark.parametrize(
    "q",
    [
        NUMBER,
        "蚌政办秘[2017]97号",
        "蚌政办秘［2017］97号",
        "蚌政办秘(2017)97号",
        "蚌政办秘（2017）97号",
        "  蚌政办秘〔2017〕97号 ",
        "蚌政办秘【2017】97号",
        "蚌政办秘 〔2017〕 97号",
        "蚌政办秘〔２０１７〕９７号",
        "蚌政办秘〖2017〗97号",
        "蚌政办秘〈2017〉97号",
        "蚌政办秘{2017}97号",
        "蚌政办秘＜2017＞97号",
        "蚌政办秘﹝2017﹞97号",
        "蚌政办秘〔2017〕第97号",
        "“蚌政办秘〔2017〕97号”",
    ],
)
async def test_a_document_number_is_found_in_any_form_people_type(group: Group, q: str) -> None:
    await group.released(title="此件", doc_no=NUMBER)
    await group.released(title="彼件", doc_no="蚌政办秘〔2017〕9号")
    assert await _found(group, q) == ["此件"]


async def test_a_search_keeps_to_the_site_asked_for(group: Group) -> None:
    await group.released(title=TITLE)
    assert await _found(group, "饮水", site_code=SITE) == [TITLE]
    assert await _found(group, "饮水", site_code=COUNTY_SITE) == []


async def test_only_what_is_public_is_found(group: Group) -> None:
    await group.draft(title=TITLE)
    await group.cleared(title=TITLE)
    assert await _found(group, "饮水") == []
    page = await _page(group, "饮水")
    assert (page.total.count, page.facets.kind) == (0, [])
    item = await group.released(title=TITLE)
    await group.send(LEADER, "POST", f"/v1/items/{item['id']}/withdrawal", {"reason": "有误"})
    assert await _found(group, "饮水") == []


async def test_the_longest_text_there_may_be_can_be_released_and_found(group: Group) -> None:
    chance = random.Random(1)  # noqa: S311  # the same text every time
    body = "".join(chr(chance.randrange(0x4E00, 0x9FA6)) for _ in range(199_000))
    await group.released(title="长文", body=f"水质监测{body}")
    assert await _found(group, "水质监测") == ["长文"]


async def test_a_word_too_long_to_be_a_word_does_no_harm(group: Group) -> None:
    await group.released(title="附录", body="x" * 5000 + " 水质监测")
    assert await _found(group, "水质监测") == ["附录"]


def test_signs_are_not_words() -> None:
    assert words("通知：（一）").split() == ["通知", "一"]


def test_short_words_within_long_ones_are_words_too() -> None:
    assert {"政府", "人民政府"} <= set(words("蚌埠市人民政府").split())


def test_a_question_is_cut_off_after_many_words() -> None:
    assert len(asked_words("通知 " * 100)) == MOST_WORDS


@pytest.mark.parametrize("q", ["关于2017年的通知", "〔2017〕97号", "蚌政办秘〔17〕97号", ""])
def test_what_is_no_document_number_is_searched_as_words(q: str) -> None:
    assert document_number(q) is None


async def _page(group: Group, q: str, **more: str) -> SearchPage:
    answer = await group.client.get("/v1/public/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return SearchPage.model_validate_json(answer.content)


async def test_each_name_of_a_thing_finds_the_other(group: Group) -> None:
    await group.released(title="户籍管理办法")
    await group.released(title="最低生活保障标准")
    assert await _found(group, "户口 管理") == ["户籍管理办法"]
    assert await _found(group, "低保") == ["最低生活保障标准"]
    assert await _found(group, "户口 低保") == []


async def test_quotes_find_exactly_these_characters(group: Group) -> None:
    await group.released(title="其一", body="公开政府信息，答复申请。")
    await group.released(title="其二", body="政府应当公开信息，政府的信息。")
    assert sorted(await _found(group, "政府 信息 公开")) == ["其一", "其二"]
    assert await _found(group, "“政府信息”") == ["其一"]
    assert await _found(group, "“公开信息” 应当") == ["其二"]
    assert await _found(group, "“政府_信息”") == []


async def test_who_bears_a_number_stands_before_who_mentions_it(
    group: Group, sessions: Sessions
) -> None:
    item = await group.released(title="此件", doc_no=NUMBER)
    await group.released(title="转发此件", body=f"现将{NUMBER}转发给你们。")
    await copies(sessions, item["id"], 1, apart=timedelta(days=1))
    for order in Order:
        page = await _page(group, NUMBER, order=order)
        assert [item.title for item in page.items] == ["此件", "此件", "转发此件"]
        assert page.total.count == 3
        walked = await _walk(group, q=NUMBER, order=order)
        assert walked == [str(item.id) for item in page.items]


@pytest.mark.parametrize("before", ["文号见", "按照", "《关于做好工作的通知》（", ""])
async def test_a_number_is_found_in_whatever_text_mentions_it(group: Group, before: str) -> None:
    await group.released(title="转发", body=f"{before}国发〔2026〕1号文件要求）。")
    await group.released(title="其他", body="皖政〔2026〕1号、国发〔2026〕10号。")
    page = await _page(group, "国发[2026]1号")
    assert [item.title for item in page.items] == ["转发"]
    (highlight,) = page.highlights
    told = [part.text for part in highlight.body[0] if part.found]
    assert told == ["国发〔2026〕1号"]


async def test_an_index_number_of_our_own_making_is_found(group: Group) -> None:
    item = await group.released(title="此件")
    number = (await group.public(item))["index_no"]
    for typed in (number, number.upper(), f" {number} ", f"“{number}”"):
        assert await _found(group, typed) == ["此件"]


@pytest.mark.parametrize("q", ["ABC", "ＡＢＣ", "abc"])
async def test_wide_letters_and_narrow_ones_are_the_same(group: Group, q: str) -> None:
    await group.released(title="其一", body="关于ＡＢＣ项目。")
    await group.released(title="其二", body="关于ABC项目。")
    assert sorted(await _found(group, q)) == ["其一", "其二"]


async def test_the_total_is_what_a_walk_meets_in_either_order(
    group: Group, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await group.released(title=TITLE)
    await copies(sessions, item["id"], 4)
    monkeypatch.setattr(searching, "RANKED", 3)
    for order, met in ((Order.NEWEST, 5), (Order.RELEVANCE, 3)):
        page = await _page(group, "饮水", order=order)
        assert len(await _walk(group, q="饮水", order=order)) == page.total.count == met
        assert sum(one.count for one in page.facets.kind) == met
        assert page.total.exact is (order is Order.NEWEST)


async def _walk(group: Group, **query: str) -> list[str]:
    met: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = await group.client.get("/v1/public/search", params={"first": "2", **query, **after})
        assert page.status_code == 200, page.text
        met += [item["id"] for item in page.json()["items"]]
        if page.json()["next"] is None:
            return met
        after = {"after": page.json()["next"]}


async def test_by_relevance_the_title_counts_more_and_a_walk_meets_each_once(
    group: Group, sessions: Sessions
) -> None:
    title = await group.released(title="农村饮水安全", body="一、二、三。")
    body = await group.released(title="通知", body="有关农村饮水的事项，" + "其他工作安排。" * 50)
    made = await copies(sessions, body["id"], 4)
    assert (await _found(group, "饮水"))[0] == "通知"
    walked = await _walk(group, q="饮水", order="relevance")
    assert walked[0] == title["id"]
    assert sorted(walked) == sorted([title["id"], body["id"], *map(str, made)])


async def test_a_walk_by_relevance_keeps_to_what_there_was(group: Group, watch: Watch) -> None:
    for _ in range(3):
        await group.released(title="饮水", body="通知。")
    first = await group.client.get("/v1/public/search?q=饮水&order=relevance&first=1")
    late = await group.cleared(title="饮水饮水", body="饮水。")
    watch.turn(timedelta(minutes=1))
    wanted = {"items": [{"item_id": late["id"], "version": late["version"]}]}
    done = await group.client.post("/v1/releases", json=wanted, headers=bearer(EDITOR, watch.now))
    assert done.status_code == 201
    rest = await _walk(group, q="饮水", order="relevance", after=first.json()["next"])
    assert late["id"] not in rest
    assert len(rest) == 2


async def test_what_was_found_is_counted_by_kind_site_and_year(
    group: Group, sessions: Sessions
) -> None:
    policy = await group.released(title=TITLE)
    await group.released(title=TITLE, kind="news")
    await copies(sessions, policy["id"], 2, apart=timedelta(days=90))
    page = await _page(group, "饮水")
    assert (page.total.count, page.total.exact) == (4, True)
    told = page.facets.model_dump()
    assert told["kind"] == [{"value": "policy", "count": 3}, {"value": "news", "count": 1}]
    assert told["site_code"] == [{"value": SITE, "count": 4}]
    assert told["year"] == [{"value": "2025", "count": 2}, {"value": "2026", "count": 2}]
    assert (await _page(group, "饮水", kind="news")).total.count == 1
    assert (await _page(group, "饮水", year="2025")).total.count == 2


async def test_counting_ends_at_a_bound(
    group: Group, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await group.released(title=TITLE)
    await copies(sessions, item["id"], 4)
    monkeypatch.setattr(searching, "COUNTED", 3)
    page = await _page(group, "饮水", first="5")
    assert (page.total.count, page.total.exact, len(page.items)) == (3, False, 5)
    assert sum(one.count for one in page.facets.kind) == 3


async def test_each_item_says_why_it_was_found(group: Group) -> None:
    body = "甲" * 100 + "为保障农村饮水，" + "乙" * 200
    item = await group.released(title="农村饮水<安全>", body=body)
    (shown,) = (await _page(group, "饮水")).highlights
    assert str(shown.item_id) == item["id"]
    assert [(part.text, part.found) for part in shown.title] == [
        ("农村", False),
        ("饮水", True),
        ("<安全>", False),
    ]
    ((before, found, after),) = shown.body
    assert (found.text, found.found) == ("饮水", True)
    assert before.text.endswith("农村")
    assert len(after.text) == 60


async def test_the_same_search_is_not_sent_again(group: Group) -> None:
    await group.released(title=TITLE)
    await group.released(title=TITLE)
    for order in Order:
        address = f"/v1/public/search?q=饮水&first=1&order={order}"
        first = await group.client.get(address)
        held = {"If-None-Match": first.headers["ETag"]}
        assert (await group.client.get(address, headers=held)).status_code == 304


async def test_a_cursor_of_another_order_is_refused(group: Group) -> None:
    for _ in range(2):
        await group.released(title=TITLE)
    page = await _page(group, "饮水", first="1")
    for more in ({"order": "relevance"}, {"kind": "policy"}):
        query = {"q": "饮水", "after": page.next or "", **more}
        refused = await group.client.get("/v1/public/search", params=query)
        assert refused.json()["type"] == "/problems/invalid-cursor"
