import random

import pytest

from services.content.release.words import MOST_WORDS, asked_words, document_number, words
from tests.factories.content import COUNTY_SITE, LEADER, SITE, Group

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
