"""Sharing out days of duty so that nobody has more than their part.

A day is owed in equal parts by all who could have taken it. So whoever joined late or was away
owes nothing of the days before, and makes up for none of them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID


class Span(NamedTuple):
    """Some days, the first and the last counted in."""

    since: date
    until: date


class Candidate(NamedTuple):
    """Someone who takes days from `since` on, not from `left_on` on, and not while away."""

    id: UUID
    since: date
    left_on: date | None = None
    away: Sequence[Span] = ()

    def can_take(self, day: date) -> bool:
        """Say whether this day may be given to them."""
        there = self.since <= day and (self.left_on is None or day < self.left_on)
        return there and not any(span.since <= day <= span.until for span in self.away)


class Held(NamedTuple):
    """A day and who has it; nobody where nobody could take it."""

    on: date
    by: UUID | None


class _Account:
    """What one candidate had of the days so far beyond the part they owed."""

    def __init__(self) -> None:
        self.beyond = Fraction()
        self.last = date.min


def share_out(
    candidates: Collection[Candidate], history: Iterable[Held], days: Iterable[date]
) -> list[Held]:
    """Give each day to whoever had least beyond their part; equal ones, whose last is longest ago.

    Drafted at once or in pieces, in whatever order things are told, it comes to the same.
    """
    accounts = {each.id: _Account() for each in candidates}
    for held in sorted(history, key=lambda held: held.on):
        _enter(accounts, candidates, held)
    shared: list[Held] = []
    for day in sorted(days):
        able = [each.id for each in candidates if each.can_take(day)]
        chosen = min(
            able, key=lambda id_: (accounts[id_].beyond, accounts[id_].last, id_), default=None
        )
        shared.append(Held(day, chosen))
        _enter(accounts, candidates, shared[-1])
    return shared


def _enter(accounts: dict[UUID, _Account], candidates: Collection[Candidate], held: Held) -> None:
    """Let all who could have taken a day owe their part of it, and credit whoever has it."""
    if held.by is None:
        return
    able = {each.id for each in candidates if each.can_take(held.on)} | {held.by}
    for id_ in able & accounts.keys():
        accounts[id_].beyond -= Fraction(1, len(able))
    if held.by in accounts:
        accounts[held.by].beyond += 1
        accounts[held.by].last = max(accounts[held.by].last, held.on)
