"""Where a follower of the change feed stands, and whether that place is still one of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from shared.problem import Conflict


class LostPlace(Conflict):
    """The change that the cursor stands at is no part of this change feed; begin anew."""

    advice = "变更流中已没有该游标所指的变更，可能因系统恢复而不同，请从头开始同步。"


class Place(NamedTuple):
    """The last change that a follower was told, and when it was; none at the beginning."""

    seq: int = 0
    at: datetime | None = None

    @classmethod
    def read(cls, parts: Sequence[str]) -> "Place":
        """Return the place that a cursor names; cursors once named no instant."""
        seq, *at = parts
        return cls(int(seq), datetime.fromisoformat(at[0]) if at else None)

    @property
    def parts(self) -> list[str]:
        """Return what a cursor of this place names."""
        return [str(self.seq), *([self.at.isoformat()] if self.at else [])]


def check_place(place: Place, known_at: datetime | None) -> Place:
    """Refuse a change that is not known, or was at another time, as after a restored backup.

    Numbers are given again after that, and who went on by them alone would miss what they
    stand for now.
    """
    if place.seq and (known_at is None or place.at not in {None, known_at}):
        raise LostPlace
    return Place(place.seq, known_at)
