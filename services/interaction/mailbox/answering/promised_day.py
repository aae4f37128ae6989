"""Whether a text names a time by which it can be held to its word."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
GAP = r"\s{0,3}"
COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
CALENDAR_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}}|[〇零一二三四五六七八九]{{4}}){GAP}年{GAP})?"
    rf"(?P<month>{COUNT}){GAP}月(?:份)?(?:{GAP}(?P<day>{COUNT}){GAP}[日号])?"
)
ISO_DAY = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
SPAN = re.compile(rf"{COUNT}{GAP}个?(?:工作日|小时|日|天|周|星期|月|季度)(?:之内|以内|内|后)")
SPOKEN = re.compile(
    "今天|今日|今晚|明天|明日|后天|本周|下周|本月|下月|月底|月末|本季度|下季度|季度末|上半年|下半年"
    "|年内|年底|年末|年前|明年|节前"
)
NO_DAY = date.min


def holds(text: str, today: date) -> bool:
    """Say whether a text names a day or span that is still to come."""
    return bool(SPAN.search(text) or SPOKEN.search(text)) or any(
        day >= today for day in _days(text, today)
    )


def names_time(text: str, today: date) -> bool:
    """Say whether a text names any time at all, past ones too."""
    return holds(text, today) or any(True for _ in _days(text, today))


def _days(text: str, today: date) -> Iterator[date]:
    """Yield the days a text names; a month alone is its last day."""
    for pattern in (CALENDAR_DAY, ISO_DAY):
        for match in pattern.finditer(text):
            day = _read(match, today)
            if day is not NO_DAY:
                yield day


def _read(match: re.Match[str], today: date) -> date:
    month, day = number(match["month"]), number(match["day"]) if match["day"] else None
    if match["year"]:
        return _day(_year(match["year"]), month, day)
    # Whoever leaves out the year means this one, or the next where that is nearer.
    this, coming = _day(today.year, month, day), _day(today.year + 1, month, day)
    return coming if this < today and coming - today < today - this else this


def _day(year: int, month: int, day: int | None) -> date:
    try:
        if day is None:
            return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return date(year, month, day)
    except ValueError:
        return NO_DAY


def _year(text: str) -> int:
    return int("".join(str(NUMERALS.get(sign, sign)) for sign in text))


def number(text: str) -> int:
    """Read 6, 六, 十二 or 二十一; anything else is 0, which no month or day is."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.partition("十")
    if not ten:
        return NUMERALS.get(text, 0)
    return NUMERALS.get(tens or "一", 0) * 10 + NUMERALS.get(units or "〇", 0)
