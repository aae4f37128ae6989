"""Dates as Chinese documents write them: 2017年6月2日 or 二〇一七年六月二日."""

import re
from datetime import date

DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零OoＯ", 0
)
WRITTEN_DATE = re.compile(
    r"(?P<year>\d{4}|[〇○零OoＯ一二三四五六七八九]{4})\s*年"
    r"\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")


def read_date(match: re.Match[str]) -> date | None:
    """Return the day that was matched, or None where the calendar has no such day."""
    year, month, day = match["year"], _number(match["month"]), _number(match["day"])
    try:
        return date(int("".join(str(DIGITS.get(sign, sign)) for sign in year)), month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Read 6, 六, 十二 or 二十一; what is none of these is no day and no month."""
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return DIGITS.get(text, 0)
    tens, _, units = text.partition("十")
    return DIGITS.get(tens, 0 if tens else 1) * 10 + (DIGITS.get(units, 99) if units else 0)
