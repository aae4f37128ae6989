"""Dates as Chinese documents write them: 2017年6月2日 or 二〇一七年六月二日."""

import re
from datetime import date

DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零OoＯ", 0
)
YEAR = r"(?P<year>\d{4}|[〇○零OoＯ一二三四五六七八九]{4})"
WRITTEN_DATE = re.compile(
    rf"{YEAR}\s*年"
    r"\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")


def read_date(match: re.Match[str]) -> date | None:
    """Return the day that was matched, or None where the calendar has no such day."""
    month, day = number(match["month"]), number(match["day"])
    try:
        return date(read_year(match["year"]), month or 0, day or 0)
    except ValueError:
        return None


def read_year(text: str) -> int:
    """Return the year four signs name, each a digit or a numeral."""
    return int("".join(str(DIGITS.get(sign, sign)) for sign in text))


def number(text: str) -> int | None:
    """Read 6, 六, 十二 or 二十一; what is none of these is no number of a day or month."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.partition("十")
    if not ten:
        return DIGITS.get(text)
    head, tail = DIGITS.get(tens or "一"), DIGITS.get(units or "〇")
    return None if head is None or tail is None else head * 10 + tail
