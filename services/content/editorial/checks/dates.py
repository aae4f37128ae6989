"""Dates that cannot be, and periods that end before they begin."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.rules import report
from services.content.editorial.checks.subject import Subject
from services.content.editorial.written_date import YEAR, number, read_date, read_year

NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
APART = r"(?<![\d第一二三四五六七八九十])"
DAY = re.compile(
    rf"{APART}(?:{YEAR}\s?年\s?)?(?P<month>{NUMERAL})\s?月\s?(?P<day>{NUMERAL})\s?日(?![均龄])"
)
MONTH = re.compile(rf"{APART}{YEAR}\s?年\s?(?P<month>{NUMERAL})\s?月(?!\s?{NUMERAL}\s?日|[薪龄])")
ISO_DAY = re.compile(
    r"(?<![0-9A-Za-z./〔\[(-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![0-9A-Za-z-])",
    re.ASCII,
)
TO = r"\s?(?:至|到|—{1,2}|–|－|-|~|～)\s?"
UNTIL = re.compile(
    rf"(?:\s?[（(][^（）()\n]{{1,8}}[)）])?{TO}"
    rf"(?:{YEAR}\s?年\s?)?(?:(?P<month>{NUMERAL})\s?月\s?)?(?P<day>{NUMERAL})\s?日"
)
YEARS = re.compile(
    rf"(?<![\d-])(?P<begin>(?:19|20)\d\d)\s?年?{TO}(?P<end>(?:19|20)\d\d)\s?年(?!\d)", re.ASCII
)
# What each holds, found much sooner: a search that begins with a sign leaps from one to the next.
IN_A_DAY = re.compile(rf"月\s?{NUMERAL}\s?日")
IN_A_MONTH = re.compile(rf"年\s?{NUMERAL}\s?月")
IN_AN_ISO_DAY = re.compile(r"-\d\d-", re.ASCII)
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
NAMES = "一二三四五六日"
WEEKDAY = re.compile(
    r"\s?(?:[（(]\s?(?:星期|周|礼拜)(?P<aside>[一二三四五六日天])(?=[)）、，, ])"
    r"|(?:星期|礼拜)(?P<named>[一二三四五六日天])"
    # 周 is a surname too, and what follows may be a given name.
    r"|周(?P<short>[一二三四五六日天])(?=[^\u4e00-\u9fff]|上午|下午|晚|早|至|到|起|前|\Z))"
)
LEAP_YEAR = 2000
MONTHS = 12


def findings(field: str, text: str) -> Iterator[CheckFinding]:
    """Yield the days and months no calendar has, wrong weekdays, and periods turned round."""
    for day in DAY.finditer(text) if IN_A_DAY.search(text) else ():
        if not _exists(day):
            yield _impossible(field, day)
        elif day["year"]:
            yield from _weekday(field, text, day)
            yield from _period(field, text, day)
        else:
            yield from _period(field, text, day)
    for month in MONTH.finditer(text) if IN_A_MONTH.search(text) else ():
        if number(month["month"]) not in {None, *range(1, MONTHS + 1)}:
            yield _impossible(field, month)
    for iso in ISO_DAY.finditer(text) if IN_AN_ISO_DAY.search(text) else ():
        if read_date(iso) is None:
            yield _impossible(field, iso)
    for years in YEARS.finditer(text):
        if years["end"] < years["begin"]:
            yield _reversed(field, text, years.span())


def of_metadata(subject: Subject) -> Iterator[CheckFinding]:
    """Yield what the item's own dates cannot be: written tomorrow, in force before written."""
    written, in_force, expires = subject.written_on, subject.in_force_on, subject.expires_on
    if written and written > subject.today:
        yield _fact("dates.written_in_future", "written_on", written, "成文日期晚于今天。")
    if written and in_force and in_force < written:
        advice = "生效日期早于成文日期。"
        yield _fact("dates.in_force_before_written", "in_force_on", in_force, advice)
    begins = in_force or written
    if expires and begins and expires < begins:
        advice = "失效日期早于生效或成文日期。"
        yield _fact("dates.expired_before_in_force", "expires_on", expires, advice)


def _fact(code: str, field: str, day: date, message: str) -> CheckFinding:
    return report(code, field, excerpt=str(day), suggestion="核对日期。", message=message)


def _exists(day: re.Match[str]) -> bool:
    """Say whether the calendar has the day; without a year, whether any year has it.

    What only looks like numerals, such as 二三月, is given the benefit of the doubt.
    """
    month, of_month = number(day["month"]), number(day["day"])
    if month is None or of_month is None:
        return True
    year = max(1, read_year(day["year"])) if day["year"] else LEAP_YEAR
    return 1 <= month <= MONTHS and 1 <= of_month <= monthrange(year, month)[1]


def _impossible(field: str, match: re.Match[str]) -> CheckFinding:
    return report(
        "dates.impossible",
        field,
        match.span(),
        excerpt=match[0],
        suggestion="核对日期。",
        message=f"“{match[0]}”是不存在的日期。",
    )


def _weekday(field: str, text: str, day: re.Match[str]) -> Iterator[CheckFinding]:
    named, when = WEEKDAY.match(text, day.end()), read_date(day)
    if named is None or when is None:
        return
    weekday = WEEKDAYS[named["aside"] or named["named"] or named["short"]]
    if weekday != when.weekday():
        right = f"星期{NAMES[when.weekday()]}"
        yield report(
            "dates.weekday",
            field,
            (day.start(), named.end()),
            excerpt=text[day.start() : named.end()],
            suggestion=f"{day[0]}（{right}）",
            message=f"{day[0]}是{right}，与文中所写不符。",
        )


def _period(field: str, text: str, begin: re.Match[str]) -> Iterator[CheckFinding]:
    """Yield a period whose end certainly lies before its begin.

    11月15日至3月15日 ends in the year that follows: without a year of its own only an end in the
    same month can be wrong.
    """
    end = UNTIL.match(text, begin.end())
    if end is None:
        return
    same_month = not end["month"] or number(end["month"]) == number(begin["month"])
    if end["year"] and begin["year"]:
        first, last = read_date(begin), _last(end, begin)
        turned = first is not None and last is not None and last < first
    else:
        days = number(begin["day"]), number(end["day"])
        turned = same_month and not end["year"] and None not in days and days[1] < days[0]  # type: ignore[operator]  # neither is None here
    if turned:
        yield _reversed(field, text, (begin.start(), end.end()))


def _last(end: re.Match[str], begin: re.Match[str]) -> date | None:
    month, day = number(end["month"] or begin["month"]), number(end["day"])
    try:
        return date(read_year(end["year"]), month or 0, day or 0)
    except ValueError:
        return None


def _reversed(field: str, text: str, span: tuple[int, int]) -> CheckFinding:
    written = text[slice(*span)]
    return report(
        "dates.period_reversed",
        field,
        span,
        excerpt=written,
        suggestion="核对起止日期。",
        message=f"“{written}”的结束早于开始。",
    )
