from typing import Any
from uuid import UUID

import pytest

from services.content.syndication.intake.sameness import (
    Known,
    Seen,
    likely_same,
    own,
    surely_same,
)
from shared.contracts.upstream_entries import SameBy, SameThing
from tests.factories.feeds import TEXT

PLAN = "关于印发2025年政务公开工作要点的通知"


def seen(title: str = PLAN, **told: Any) -> Seen:
    return Seen(
        title, **{"links": frozenset(), "doc_no": None, "index_no": None, "text": ""} | told
    )


def known(title: str = PLAN, **told: Any) -> Known:
    return Known(SameThing.ITEM, UUID(int=1), title, **told)


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (
            {"links": frozenset({"https://a.gov.cn/1/"})},
            {"links": frozenset({"http://a.gov.cn/1"})},
            SameBy.LINK,
        ),
        ({"doc_no": "皖政〔2026〕1号"}, {"doc_no": "皖政〔2026〕1号"}, SameBy.DOCUMENT_NUMBER),
        ({"index_no": "AH/1"}, {"index_no": "AH/1"}, SameBy.INDEX_NUMBER),
        ({"doc_no": None}, {"doc_no": None}, None),
        ({}, {}, None),
    ],
)
def test_links_and_numbers_leave_no_doubt(
    one: dict[str, Any], other: dict[str, Any], by: SameBy | None
) -> None:
    found = surely_same(seen(**one), [known(**other)])
    assert (found.by if found else None) is by


def test_a_title_and_text_that_are_alike_are_likely_the_same() -> None:
    found = likely_same(seen(text=TEXT), [known("关于印发2025年政务公开工作要点的通知 ")])
    assert found is not None
    assert found.by is SameBy.LIKENESS
    next_year = known("关于印发2026年政务公开工作要点的通知", text=TEXT * 3)
    assert likely_same(seen(text="完全不同的另一篇文章，讲的是别的事情。"), [next_year]) is None
    assert likely_same(seen(text=TEXT * 3), [next_year]) is not None


def test_what_came_from_our_own_sites_went_round_in_a_circle() -> None:
    found = own(["http://www.a.gov.cn/1", "http://our.gov.cn/2"], {"our.gov.cn"})
    assert found is not None
    assert found.by is SameBy.OWN
    assert own(["http://www.a.gov.cn/1"], {"a.gov.cn"}) is None
