"""When an entry of the answer library may be used, and what one may say."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from shared.contracts.answer_library import LibraryEntryState
from shared.contracts.content import Verdict
from shared.personal_data import Kind, find
from shared.problem import Conflict, Fault, Forbidden, Invalid

STATES = {
    LibraryEntryState.WAITING: "待审核",
    LibraryEntryState.IN_USE: "使用中",
    LibraryEntryState.RETIRED: "已停用",
}
PRIVATE = {
    Kind.IDENTITY_NUMBER,
    Kind.LEGACY_IDENTITY_NUMBER,
    Kind.BANK_CARD,
    Kind.MOBILE,
    Kind.PLATE,
}
"""What only ever belongs to somebody; an office's own line and address may be told."""


class OwnLibraryEntry(Forbidden):
    """Whoever wrote an edition cannot review it."""

    advice = "口径的撰写人不能审核自己的口径。"


class EditionChanged(Conflict):
    """The edition is not the one that awaits review."""

    advice = "该版本不在待审核状态，请刷新后再审核。"


class Retired(Conflict):
    """The entry was retired."""

    advice = "该口径已停用，不能再修改。"


class NotInUse(Conflict):
    """The entry awaits its review, is out of its time, or was retired."""

    advice = "该口径未经审核、不在有效期内或已停用，不能引用。"


class Term(Protocol):
    """The days on which an edition may be used."""

    @property
    def valid_from(self) -> date: ...  # noqa: D102  # as above
    @property
    def valid_until(self) -> date | None: ...  # noqa: D102  # as above


def in_time(term: Term, today: date) -> bool:
    """Say whether an edition may be used today, its first and last day included."""
    return term.valid_from <= today and (term.valid_until is None or today <= term.valid_until)


def faults(text: str) -> Iterator[Fault]:
    """Yield what keeps a text from a library that many read and nobody seals."""
    if any(match.kind in PRIVATE for match in find(text)):
        message = "口径中有个人信息（身份证号、银行卡号、手机号或车牌号），请删除。"
        yield Fault("/text", "personal_data", message)


def decide(*, author: str, reviewer: str, verdict: Verdict, reason: str | None) -> None:
    """Refuse a decision that is not the reviewer's to take, or lacks its reason."""
    if author == reviewer:
        raise OwnLibraryEntry
    if verdict is Verdict.RETURN and not reason:
        raise Invalid([Fault("/reason", "missing", "退回口径应说明理由。")])
