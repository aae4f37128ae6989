import pytest

from services.content.syndication.partners.interest import Filters, Matter, wants
from shared.contracts.content import ItemKind
from shared.contracts.registry import Level

MATTER = Matter(
    "3403210001", Level.COUNTY, "340321", ItemKind.POLICY, "综合政务/信访", "关于信访工作的通知"
)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Filters(), True),
        (Filters(site_codes=["3403210001"]), True),
        (Filters(site_codes=["3403000006"]), False),
        (Filters(kinds=["policy"]), True),
        (Filters(kinds=["news"]), False),
        (Filters(subjects=["综合政务"]), True),
        (Filters(subjects=["综合政务/信访"]), True),
        (Filters(subjects=["综合政务/政务公开"]), False),
        (Filters(subjects=["综合"]), False),
        (Filters(levels=["county"]), True),
        (Filters(levels=["province"]), False),
        (Filters(regions=["340300"]), True),
        (Filters(regions=["340322", "340321"]), True),
        (Filters(regions=["340400"]), False),
        (Filters(words=["林业", "信访"]), True),
        (Filters(words=["林业"]), False),
        (Filters(kinds=["policy"], levels=["city"]), False),
    ],
)
def test_every_filter_that_is_named_must_match(asked: Filters, wanted: bool) -> None:  # noqa: FBT001  # a column of the table
    assert wants(asked, MATTER) is wanted


def test_of_what_is_gone_nobody_who_asks_for_its_kind_or_words_wants_to_hear() -> None:
    gone = Matter("3403210001", Level.COUNTY, "340321")
    assert wants(Filters(levels=["county"]), gone)
    for asked in (
        Filters(kinds=["policy"]),
        Filters(subjects=["综合政务"]),
        Filters(words=["信"]),
    ):
        assert not wants(asked, gone)
