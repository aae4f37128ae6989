from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interaction.mailbox.answering.promised_day import holds, names_time

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "3月20日前",
        "三月二十日前",
        "2026年3月10日",
        "二〇二六年四月一日",
        "2026-04-01",
        "4月底",
        "三个工作日内",
        "15日内",
        "两周内",
        "本周五",
        "年底前",
        "3月",
        "12月上旬",
    ],
)
def test_a_day_or_span_to_come_can_be_held_to(text: str) -> None:
    assert holds(f"将于{text}完工", TODAY)


@pytest.mark.parametrize(
    "text", ["3月9日", "三月九日", "2025年12月31日", "2026-03-09", "2月", "30月40日", "", "七彩路"]
)
def test_what_is_past_or_no_day_cannot(text: str) -> None:
    assert not holds(f"将于{text}完工", TODAY)


def test_a_past_day_is_a_time_all_the_same() -> None:
    assert names_time("已于三月九日换新", TODAY)
    assert not names_time("已经换新", TODAY)


def test_without_a_year_this_one_is_meant_or_the_next_if_nearer() -> None:
    assert holds("1月15日前完工", date(2026, 12, 20))
    assert not holds("3月15日完工", date(2026, 4, 20))


@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_written_day_holds_exactly_while_it_is_not_past(day: date) -> None:
    assert holds(f"于{day.year}年{day.month}月{day.day}日前办结", TODAY) == (day >= TODAY)
