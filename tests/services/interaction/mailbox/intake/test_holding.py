from datetime import UTC, datetime, timedelta

import pytest

from services.interaction.mailbox.intake.holding import (
    RULES,
    Mark,
    Seen,
    TooManyLetters,
    holding,
    reasons,
    refuse_flood,
    worded,
)
from services.interaction.mailbox.letters.writing import Writing
from shared.contracts.held_letters import HoldingRule

HOLDING = holding()
NOW = datetime(2026, 3, 2, tzinfo=UTC)
PLAIN = Writing(
    title="东海大道路灯不亮",
    text="东海大道中段的路灯坏了两周。",
    name="李小龙",
    phone="13855201234",
    email="lixiaolong@example.com",
)


def found(seen: dict[Mark, Seen] | None = None, **over: str) -> list[HoldingRule]:
    return list(reasons(PLAIN.model_copy(update=over), seen or {}, HOLDING))


def test_an_ordinary_letter_is_not_held() -> None:
    assert found() == []
    assert found(text="见 https://www.bengbu.gov.cn/a.html 和 http://b.cn 两处。") == []


@pytest.mark.parametrize(
    ("over", "rule"),
    [
        ({"text": "看 https://a.cn https://b.cn 再看 http://c.cn"}, HoldingRule.LINKS),
        ({"text": "看 WWW.a.cn www.b.cn www.c.cn"}, HoldingRule.LINKS),
        ({"title": "代开发票"}, HoldingRule.LISTED_WORDS),
        ({"text": "专业代 开\n发－票，量大从优，欢迎来电咨询。"}, HoldingRule.LISTED_WORDS),
        ({"text": "啊啊啊啊啊啊啊啊"}, HoldingRule.NO_SUBSTANCE),
        ({"text": "。。。！！！"}, HoldingRule.NO_SUBSTANCE),
        ({"text": "111 111"}, HoldingRule.NO_SUBSTANCE),
    ],
)
def test_each_rule_of_wording_holds_a_letter(over: dict[str, str], rule: HoldingRule) -> None:
    assert found(**over) == [rule]


@pytest.mark.parametrize(
    ("mark", "rule", "most"),
    [
        (Mark.TEXT, HoldingRule.REPEATED_TEXT, HOLDING.repeated_text.letters),
        (Mark.PHONE, HoldingRule.SAME_CONTACT, HOLDING.same_contact.letters),
        (Mark.EMAIL, HoldingRule.SAME_CONTACT, HOLDING.same_contact.letters),
        (Mark.PLACE, HoldingRule.SAME_PLACE, HOLDING.same_place.letters),
    ],
)
def test_so_many_letters_with_the_same_mark_hold_the_next(
    mark: Mark, rule: HoldingRule, most: int
) -> None:
    assert found({mark: Seen(most - 1, NOW)}) == []
    assert found({mark: Seen(most, NOW)}) == [rule]


def test_every_reason_is_named_not_only_the_first() -> None:
    text = "刷单返利 https://a.cn https://b.cn https://c.cn"
    assert found({Mark.TEXT: Seen(50, NOW)}, text=text) == [
        HoldingRule.LINKS,
        HoldingRule.LISTED_WORDS,
        HoldingRule.REPEATED_TEXT,
    ]


def test_a_letter_is_the_same_however_it_is_spaced_or_set() -> None:
    other = PLAIN.model_copy(
        update={"text": "东海大道 中段的路灯，坏了两周！\n", "phone": "138-5520-1234"}
    )
    assert worded(other) == worded(PLAIN)
    assert set(worded(PLAIN.model_copy(update={"email": None}))) == {Mark.TEXT, Mark.PHONE}


def test_a_place_is_refused_only_beyond_what_any_office_sends_and_until_some_are_old() -> None:
    most, since = HOLDING.refused, NOW - timedelta(minutes=HOLDING.same_place.minutes - 5)
    refuse_flood({Mark.PLACE: Seen(most - 1, since)}, HOLDING, NOW)
    with pytest.raises(TooManyLetters) as refused:
        refuse_flood({Mark.PLACE: Seen(most, since)}, HOLDING, NOW)
    assert refused.value.headers == {"Retry-After": "300"}
    assert refused.value.status == 429


def test_every_rule_has_a_name_for_clerks() -> None:
    assert set(RULES) == set(HoldingRule)
