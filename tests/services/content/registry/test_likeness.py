from uuid import UUID

import pytest

from services.content.registry.likeness import alike, name_likeness

A, B, C = (UUID(int=n) for n in range(1, 4))
SHARED = ["关于开展检查的通知", "关于放假的通知", "关于公布名单的公告", "关于招聘的公告"]


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("通知公告", "通知公告", 1.0),
        ("通知公告", "公告 通知", 1.0),
        ("通知、公告", "通知公告", 1.0),
        ("财政预算", "财政预决算", 0.89),
        ("政策文件", "政策解读", 0.5),
        ("工作动态", "办事指南", 0.0),
    ],
)
def test_names_are_alike_whatever_the_order_of_their_words(
    one: str, other: str, likeness: float
) -> None:
    assert name_likeness(one, other) == pytest.approx(likeness, abs=0.01)
    assert name_likeness(other, one) == name_likeness(one, other)


def test_columns_with_the_same_titles_are_alike_whatever_they_are_called() -> None:
    names = {A: "通知公告", B: "最新消息", C: "办事指南"}
    titles = {A: [*SHARED, "其他"], B: [title + " " for title in SHARED], C: ["办理须知"]}
    [pair] = alike(names, titles)
    assert {pair.one, pair.other} == {A, B}
    assert (pair.name_likeness, pair.title_share, pair.shared_titles) == (0.0, 1.0, 4)
    assert sorted(pair.samples) == sorted(SHARED)


def test_two_titles_in_common_are_no_evidence() -> None:
    assert alike({A: "通知公告", B: "最新消息"}, {A: SHARED[:2], B: SHARED[:2]}) == []


def test_columns_with_like_names_are_alike_without_any_items() -> None:
    [pair] = alike({A: "财政预算", B: "财政预决算"}, {})
    assert (pair.name_likeness, pair.title_share, pair.samples) == (0.89, 0.0, [])


def test_the_strongest_evidence_comes_first() -> None:
    pairs = alike({A: "财政预算", B: "财政预决算", C: "财政预算"}, {})
    assert [round(pair.name_likeness, 2) for pair in pairs] == [1.0, 0.89, 0.89]
