from itertools import chain
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.comparison import (
    MOST_COMPARED,
    Written,
    authorship,
    compare,
    in_rows,
    paragraphs,
)
from shared.contracts.drafting import Draft
from shared.contracts.revising import ParagraphAct

LINES = st.lists(st.sampled_from(["一", "二", "三", "四", "五"]), max_size=12)
FIRST, SECOND = Written("person:first", 1), Written("person:second", 2)


def _revision(number: int, **fields: Any) -> Any:
    text = Draft(**{"title": "标题", "body": "正文", "source": "办公室", **fields})
    return SimpleNamespace(item_id=UUID(int=1), number=number, **text.model_dump())


def test_blank_lines_are_no_paragraphs() -> None:
    assert paragraphs("一\n\n  二  \r\n\t\n三") == ["一", "二", "三"]


@given(LINES, LINES)
def test_both_texts_can_be_read_out_of_their_comparison(
    before: list[str], after: list[str]
) -> None:
    body = compare(
        _revision(1, body="\n".join(["始", *before])),
        _revision(2, body="\n".join(["始", *after])),
    ).body
    kept_or_removed = [line.text for line in body if line.act is not ParagraphAct.ADDED]
    kept_or_added = [line.text for line in body if line.act is not ParagraphAct.REMOVED]
    assert kept_or_removed == ["始", *before]
    assert kept_or_added == ["始", *after]


@given(LINES, LINES)
def test_a_paragraph_is_its_first_writers_until_it_changes(
    before: list[str], after: list[str]
) -> None:
    wrote = authorship(before, [FIRST] * len(before), after, SECOND)
    assert len(wrote) == len(after)
    kept = [line for line, by in zip(after, wrote, strict=True) if by == FIRST]
    left = iter(before)
    assert all(line in left for line in kept)  # a subsequence of what stood before
    if before == after:
        assert wrote == [FIRST] * len(before)


def test_rows_tell_the_same_as_paragraph_by_paragraph() -> None:
    rows = in_rows([FIRST, FIRST, SECOND, FIRST])
    assert rows == [(FIRST, 2), (SECOND, 1), (FIRST, 1)]


def test_only_fields_that_changed_are_told_and_the_body_by_paragraph() -> None:
    before = _revision(1, keywords=["公开"], subject="综合政务")
    after = _revision(3, keywords=["公开", "网站"], title="新标题", body="新正文")
    told = compare(before, after)
    assert (told.since, told.number) == (1, 3)
    assert {change.field: (change.before, change.after) for change in told.fields} == {
        "title": ("标题", "新标题"),
        "keywords": (["公开"], ["公开", "网站"]),
        "subject": ("综合政务", None),
    }
    assert [line.act for line in told.body] == [ParagraphAct.REMOVED, ParagraphAct.ADDED]


def test_texts_that_share_little_and_are_long_count_as_replaced_between_their_ends() -> None:
    many = MOST_COMPARED + 1
    before = ["始", *chain.from_iterable(("同", f"甲{n}") for n in range(many)), "终"]
    after = ["始", *chain.from_iterable(("同", f"乙{n}") for n in range(many)), "终"]
    wrote = authorship(before, [FIRST] * len(before), after, SECOND)
    assert in_rows(wrote) == [(FIRST, 2), (SECOND, 2 * many - 1), (FIRST, 1)]
