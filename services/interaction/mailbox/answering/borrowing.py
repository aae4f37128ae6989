"""What an answer takes over from the answer library."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from services.interaction.mailbox.answering.perfunctory import CLAUSE, GAPS, found
from services.interaction.mailbox.answering.wording import Wording
from shared.contracts.answers import AnswerFinding

SHORT = 6


class Borrowed(NamedTuple):
    """An edition of an entry, and what it says."""

    entry_id: UUID
    edition: int
    text: str


def standing(borrowed: Sequence[Borrowed], answer: str) -> list[Borrowed]:
    """Return those of which a clause that is no mere phrase still stands in the answer."""
    said = set(_clauses(answer))
    return [each for each in borrowed if said & set(_clauses(each.text))]


def outdated(cited: Collection[Borrowed], usable: Mapping[UUID, int]) -> list[Borrowed]:
    """Return what is not, or no more, the text its entry is used by."""
    return [each for each in cited if usable.get(each.entry_id) != each.edition]


def findings(
    cited: Collection[Borrowed], own: str, usable: Mapping[UUID, int], words: Wording
) -> Iterator[AnswerFinding]:
    """Yield what is wrong with how an answer uses the library; `own` is what else it says."""
    if cited and len(own) < words.least_said:
        advice = "答复只用了口径库的文字，请结合来信的具体情况答复。"
        yield found(words.library_only, "library_only", "", advice)
    if outdated(cited, usable):
        advice = "答复引用的口径已更新、过期或停用，请改用现行口径。"
        yield found(words.outdated_entry, "outdated_entry", "", advice)


def _clauses(text: str) -> Iterator[str]:
    bare = (GAPS.sub("", clause) for clause in CLAUSE.findall(text))
    return (clause for clause in bare if len(clause) >= SHORT)
