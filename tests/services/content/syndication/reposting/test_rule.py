from dataclasses import dataclass, field

import pytest

from services.content.editorial.vocabulary import vocabularies
from services.content.syndication.reposting.rule import (
    Ordered,
    fits,
    fitting,
    unknown_subjects,
)


@dataclass
class Said:
    issuers: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)


ORDER = Ordered("340000.340300", "policy", "综合政务/政务公开", "repost")


@pytest.mark.parametrize(
    ("rule", "fitted"),
    [
        (Said(), True),
        (Said(issuers=["340000.340300"]), True),
        (Said(issuers=["340000"]), False),
        (Said(kinds=["news", "policy"]), True),
        (Said(kinds=["news"]), False),
        (Said(subjects=["综合政务"]), True),
        (Said(subjects=["综合政务/政务公开"]), True),
        (Said(subjects=["综合政务/信访"]), False),
        (Said(subjects=["综合"]), False),
        (Said(asks=["link"]), False),
        (Said(kinds=["policy"], asks=["link"]), False),
    ],
)
def test_a_rule_fits_if_everything_it_names_matches(rule: Said, *, fitted: bool) -> None:
    assert fits(rule, ORDER) is fitted


def test_what_has_no_subject_fits_only_rules_that_name_none() -> None:
    unclassed = ORDER._replace(subject=None)
    assert fits(Said(), unclassed)
    assert not fits(Said(subjects=["综合政务"]), unclassed)


def test_of_several_that_fit_the_first_holds() -> None:
    rules = [Said(kinds=["news"]), Said(kinds=["policy"]), Said()]
    assert fitting(rules, ORDER) is rules[1]
    assert fitting(rules[:1], ORDER) is None


def test_a_subject_outside_the_vocabulary_is_named_by_its_place() -> None:
    known = vocabularies()["subject"][0]
    assert [fault.pointer for fault in unknown_subjects([known, "诗歌"])] == ["/subjects/1"]
