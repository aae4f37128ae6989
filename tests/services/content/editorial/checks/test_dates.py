from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.checks.dates import NAMES, findings, of_metadata
from services.content.editorial.checks.subject import Subject

DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 30))
TODAY = date(2026, 3, 2)


def found(text: str) -> list[tuple[str, str]]:
    return [
        (finding.code.removeprefix("dates."), finding.excerpt)
        for finding in findings("body", text)
    ]


@pytest.mark.parametrize(
    "written",
    [
        "2026年2月30日",
        "2026 年 2 月 29 日",
        "2月30日",
        "6月31日",
        "13月5日",
        "2026年13月",
        "2026年0月",
        "２０２６年１３月１日",
        "二〇二六年十三月",
        "二○二六年二月三十日",
        "2026-02-30",
        "2026-13-01",
    ],
)
def test_a_day_no_calendar_has_is_found(written: str) -> None:
    assert found(f"请于{written}前报送") == [("impossible", written)]


@pytest.mark.parametrize(
    "text",
    [
        "2024年2月29日、2月29日、12月31日、二〇二六年十二月三十一日",
        "第13月起、13月龄、2026年13月薪、第2月30日龄",
        "二三月份、二〇二六年二三月",
        "每月32日均值、连续13个月",
        "编号2026-02-30-1、GB/T2026-13-01、皖B2-2026-13-01、〔2026-13-01〕",
        "截至2026年3月",
        "2月30日均降水量",
    ],
)
def test_what_only_looks_like_a_date_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("2026年3月2日星期二上午", "2026年3月2日星期二"),
        ("2026年3月2日（星期日）召开", "2026年3月2日（星期日"),
        ("2026年3月2日（周三，全天）", "2026年3月2日（周三"),
        ("2026年3月2日周六上午", "2026年3月2日周六"),
    ],
)
def test_a_weekday_that_does_not_fit_is_found(text: str, excerpt: str) -> None:
    (finding,) = findings("body", text)
    assert (finding.code, finding.excerpt) == ("dates.weekday", excerpt)
    assert "星期一" in finding.suggestion


@pytest.mark.parametrize(
    "text",
    ["2026年3月2日周二平同志", "3月2日（星期二）", "2026年3月2日（星期一）", "2026年3月2日一行"],
)
def test_a_weekday_nobody_can_judge_passes(text: str) -> None:
    assert found(text) == []


@given(DAYS, st.integers(0, 6))
def test_only_the_right_weekday_passes(day: date, weekday: int) -> None:
    text = f"{day.year}年{day.month}月{day.day}日（星期{NAMES[weekday]}）"
    assert bool(found(text)) == (weekday != day.weekday())


@pytest.mark.parametrize(
    "period",
    [
        "2026年3月5日至2026年3月2日",
        "2026年3月5日—3月2日",
        "3月5日至2日",
        "2026年3月5日（星期四）至3月2日",
        "2026年3月5日至2025年12月2日",
        "2026年至2025年",
        "2026-2025年",
    ],
)
def test_a_period_that_ends_before_it_begins_is_found(period: str) -> None:
    assert found(f"时间：{period}。") == [("period_reversed", period)]


@pytest.mark.parametrize(
    "text",
    [
        "11月15日至3月15日供暖",
        "2025年11月15日至3月15日",
        "2025年11月1日至2026年3月31日",
        "3月2日至5日",
        "12月31日到1月2日",
        "2025-2026年",
        "（0552-2026-2025年",
    ],
)
def test_a_period_that_may_run_on_passes(text: str) -> None:
    assert found(text) == []


@given(DAYS, st.integers(0, 400))
def test_no_period_in_order_is_ever_found(begin: date, days: int) -> None:
    end = begin + timedelta(days)
    text = f"{begin.year}年{begin.month}月{begin.day}日至{end.year}年{end.month}月{end.day}日"
    assert found(text) == []


@pytest.mark.parametrize(
    ("written", "in_force", "expires", "codes"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2), []),
        (None, None, None, []),
        (date(2026, 3, 3), None, None, ["written_in_future"]),
        (date(2026, 3, 1), date(2026, 2, 1), None, ["in_force_before_written"]),
        (date(2026, 3, 1), None, date(2026, 2, 1), ["expired_before_in_force"]),
        (None, date(2027, 1, 1), date(2026, 12, 1), ["expired_before_in_force"]),
    ],
)
def test_an_items_own_dates_must_fit_each_other(
    written: date | None, in_force: date | None, expires: date | None, codes: list[str]
) -> None:
    subject = Subject("题", "文", TODAY, None, written, in_force, expires)
    assert [finding.code.removeprefix("dates.") for finding in of_metadata(subject)] == codes
