"""Whether a policy is in force on a day, by what was recorded of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from shared.contracts.content import ItemKind
from shared.contracts.standing import ValidityState
from shared.problem import Conflict, Fault

LABELS: Mapping[ValidityState, str] = {
    ValidityState.EFFECTIVE: "起有效",
    ValidityState.AMENDED: "起修改",
    ValidityState.REPEALED: "起废止",
    ValidityState.EXPIRED: "起失效",
}


class AlreadyRecorded(Conflict):
    """The policy's page already says so."""

    advice = "该文件的有效性已如此标注，无需重复办理。"


class Mark(NamedTuple):
    """What a policy became on a day; of marks recorded for one day the later one holds."""

    since: date
    state: ValidityState


def label(state: ValidityState, since: date) -> str:
    """Return what a policy's page prints, true before that day and after."""
    return f"自{since.year}年{since.month}月{since.day}日{LABELS[state]}"


def day_after(last: date) -> date | None:
    """Return the first day on which what expires on `last` has expired, if there is one."""
    return None if last == date.max else last + timedelta(days=1)


def in_force(day: date, start: date, expires_on: date | None, marks: Sequence[Mark]) -> bool:
    """Say whether a policy was in force on a day, given its marks in the order of recording.

    A last day stated in the text counts as a mark of its own, recorded before all others.
    """
    known = list(marks)
    if expires_on is not None and (over := day_after(expires_on)) is not None:
        known.insert(0, Mark(over, ValidityState.EXPIRED))
    held = [mark for mark in known if mark.since <= day]
    latest = max(mark.since for mark in held) if held else None
    states = [mark.state for mark in held if mark.since == latest]
    return start <= day and (not states or states[-1] is ValidityState.EFFECTIVE)


def expires(over: date, state: ValidityState | None, since: date | None) -> bool:
    """Say whether reaching the day after its last one still changes a policy's validity."""
    if state is None or since is None:
        return True
    return state is ValidityState.EFFECTIVE and since < over


def faults(
    item_id: UUID,
    *,
    since: date,
    written_on: date | None,
    successor: UUID | None,
    kinds: Mapping[UUID, ItemKind],
    lapsing: Collection[ItemKind],
    followed_by: Collection[UUID],
) -> list[Fault]:
    """Return everything wrong with a mark.

    `kinds` holds the items that are public and no reposts, `followed_by` what stands, step by
    step, in the successor's own place.
    """
    found = []
    if kinds.get(item_id) not in lapsing:
        found.append(Fault("", "no_validity", "这类内容不标注有效性。"))
    if written_on is not None and since < written_on:
        found.append(Fault("/since", "before_written", "不能早于成文日期。"))
    if successor is None:
        return found
    if successor not in kinds:
        found.append(Fault("/successor", "not_public", "替代文件尚未公开。"))
    elif kinds[successor] not in lapsing:
        found.append(Fault("/successor", "wrong_kind", "替代文件须为同类文件。"))
    if successor == item_id or item_id in followed_by:
        found.append(Fault("/successor", "cycle", "文件不能经由他文件替代自身。"))
    return found
