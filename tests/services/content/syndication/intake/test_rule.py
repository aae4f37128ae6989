from typing import Any

import pytest

from services.content.syndication.intake.rule import first_match
from shared.contracts.upstream_feeds import EntryRule

ENTRY: dict[str, Any] = {
    "title": "关于做好防汛工作的通知",
    "url": "https://www.province.gov.cn/zwgk/2026/1.html",
    "categories": ["政策文件"],
    "sources": ("新华社", None),
}


def rule(**told: Any) -> EntryRule:
    return EntryRule(becomes="tray", **told)


@pytest.mark.parametrize(
    ("told", "matches"),
    [
        ({}, True),
        ({"words": ["抗旱", "防汛"]}, True),
        ({"words": ["抗旱"]}, False),
        ({"categories": ["政策文件"]}, True),
        ({"categories": ["政策"]}, False),
        ({"sources": ["新华"]}, True),
        ({"sources": ["人民日报"]}, False),
        ({"link_prefix": "http://www.province.gov.cn/zwgk/"}, True),
        ({"link_prefix": "https://www.province.gov.cn/zw"}, False),
        ({"words": ["防汛"], "sources": ["人民日报"]}, False),
    ],
)
def test_every_filter_that_is_named_must_match(
    told: dict[str, Any],
    *,
    matches: bool,
) -> None:
    assert (first_match([rule(**told)], **ENTRY) == 0) is matches


def test_the_first_rule_that_matches_holds() -> None:
    assert first_match([rule(words=["抗旱"]), rule(words=["防汛"]), rule()], **ENTRY) == 1
    assert first_match([], **ENTRY) is None
