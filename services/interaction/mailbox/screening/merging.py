"""Which letters may be answered together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from services.interaction.mailbox.letters.handling import OPEN, STATES, TRANSITIONS, Act
from shared.contracts.letters import LetterState
from shared.problem import Fault


class Candidate(NamedTuple):
    """A letter that is to be merged: whose mailbox it came to, and how far it is."""

    sponsoring: str
    state: LetterState


def may_lead(state: LetterState) -> bool:
    """Say whether others may wait for this letter's answer: it must be looked at, and to come."""
    return state in OPEN and state is not LetterState.HELD


def faults(
    lead_id: UUID, sponsoring: str, asked: Sequence[UUID], found: Mapping[UUID, Candidate]
) -> Iterator[Fault]:
    """Yield everything that keeps these letters from being merged into the lead."""
    for place, letter_id in enumerate(asked):
        if code := _fault(lead_id, sponsoring, letter_id, found.get(letter_id)):
            yield Fault(f"/letters/{place}", *code)


def _fault(
    lead_id: UUID, sponsoring: str, letter_id: UUID, letter: Candidate | None
) -> tuple[str, str] | None:
    if letter_id == lead_id:
        return "itself", "来信不能并入自身。"
    if letter is None:
        return "unknown", "没有这封来信。"
    if letter.sponsoring != sponsoring:
        return "other_mailbox", "不是同一主办单位的来信，不能并案。"
    if (letter.state, Act.MERGE) not in TRANSITIONS:
        return "wrong_state", f"此信“{STATES[letter.state]}”，不能并案。"
    return None
