"""What a draft may cover, and what must hold of it when it is published."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from services.interaction.duty.fairness import Candidate, Held
from services.interaction.duty.hours import figures, working_days
from shared.business_day import FURTHEST
from shared.problem import Conflict, Fault, Unprocessable
from shared.workdays import ONE_DAY, Calendar


class DraftOpen(Conflict):
    """The desk has a draft that is neither published nor discarded."""

    advice = "本单位已有未发布的排班草案，请先发布或作废。"


class NotADraft(Conflict):
    """The roster was published or discarded before."""

    advice = "该排班已发布或已作废。"


class NobodyServes(Unprocessable):
    """Nobody on the desk's register takes days of duty."""

    advice = "本单位尚未登记可排班的值班人员。"


class DraftOutdated(Conflict):
    """What the draft rests on has changed; the faults say where."""

    advice = "排班草案与当前的人员、请假或放假安排不符，请调整或重新生成。"


def period_faults(since: date, until: date, today: date) -> Iterator[Fault]:
    """Yield everything wrong with the days a draft is to cover."""
    longest = figures().drafting.longest_days
    if since < today:
        yield Fault("/since", "past", "开始日期不能早于今天。")
    elif since - today > FURTHEST:
        yield Fault("/since", "too_far", "开始日期最迟为一年以内。")
    if until < since:
        yield Fault("/until", "before_since", "结束日期不能早于开始日期。")
    elif until - since >= ONE_DAY * longest:
        yield Fault("/until", "too_long", f"一次最多排 {longest} 天。")


def absence_faults(since: date, until: date, today: date) -> Iterator[Fault]:
    """Yield everything wrong with the days of an absence, which is no older than a year."""
    if abs(since - today) > FURTHEST:
        yield Fault("/since", "too_far", "开始日期须在前后一年以内。")
    if until < since or until - since > FURTHEST:
        yield Fault("/until", "out_of_range", "结束日期须不早于开始日期，且不超过一年。")


def outdated(
    days: Sequence[Held],
    candidates: Mapping[UUID, Candidate],
    taken: Collection[date],
    expected: Collection[date],
    today: date,
) -> Iterator[Fault]:
    """Yield every day on which a draft no longer fits members, absences or the calendar."""
    drafted = {day.on for day in days}
    for on in sorted(set(expected) - drafted - set(taken)):
        yield _fault(on, "now_worked", "现为工作日，草案中没有。")
    for on, by in days:
        if on < today:
            yield _fault(on, "past", "日期已过。")
        elif on not in expected:
            yield _fault(on, "now_off", "现为非工作日。")
        elif on in taken:
            yield _fault(on, "taken", "已在其他已发布的排班中。")
        elif by is not None and not (by in candidates and candidates[by].can_take(on)):
            yield _fault(on, "cannot_take", "值班人当日不能值班。")


def open_days(since: date, until: date, calendar: Calendar, taken: Collection[date]) -> list[date]:
    """Return the working days from one day to another that are on no published roster."""
    return [day for day in working_days(since, until, calendar) if day not in taken]


def _fault(on: date, code: str, detail: str) -> Fault:
    return Fault(f"/days/{on.isoformat()}", code, f"{on.isoformat()}：{detail}")
