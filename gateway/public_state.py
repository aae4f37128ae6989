"""Whether what one operation read is all of one public state."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.contracts.delivery import PUBLIC_STATE, WANT_PUBLIC_STATE
from shared.problem import Unavailable

TRIES = 3


class PublicStateMoving(Unavailable):
    """Something was released during every try to read all of it in one state."""

    advice = "内容正在发布，请稍后再试。"
    headers = {"Retry-After": "1"}


@dataclass
class PublicStates:
    """The public states that the reads of one operation told, if it wants to know."""

    wanted: bool = False
    told: set[int] = field(default_factory=set)

    def asking(self) -> Mapping[str, str]:
        """Return the header that asks a read for its state."""
        return {WANT_PUBLIC_STATE: "1"} if self.wanted else {}

    def note(self, headers: Mapping[str, str]) -> None:
        """Keep the state these headers tell of, if they do."""
        if PUBLIC_STATE in headers:
            self.told.add(int(headers[PUBLIC_STATE]))

    def agree(self) -> bool:
        """Say whether no two reads were of different states."""
        return len(self.told) <= 1
