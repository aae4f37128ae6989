"""Whether a letter may be published, and who lets its rendition go out."""

from functools import cache
from typing import NamedTuple

from shared.contracts.content import Verdict
from shared.contracts.letters import LetterKind
from shared.figures import Figures, Source, read
from shared.problem import Conflict, Fault, Forbidden, Invalid


class Never(Figures):
    """The kinds of letters that are not published."""

    kinds: frozenset[LetterKind]
    source: Source


@cache
def never() -> Never:
    """Return the kinds this version was made with."""
    return read(Never, __package__, "never.yaml")


class NoConsent(Conflict):
    """The writer did not consent to publication."""

    advice = "来信人不同意公开，不能公开此信。"


class NeverPublished(Conflict):
    """Letters of this kind are not published, whatever their writers say."""

    advice = "此类来信不予公开。"


class NoProposal(Conflict):
    """No rendition of this letter waits for its second review."""

    advice = "没有待审核的公开稿。"


class OwnRendition(Forbidden):
    """Whoever proposed a rendition cannot review it."""

    advice = "公开稿的拟稿人不能审核自己的公开稿。"


class RenditionChanged(Conflict):
    """The rendition is not the one that was read for this review."""

    advice = "公开稿内容已变更，请重新审阅后再审核。"


class Proposed(NamedTuple):
    """A rendition up for its second review: who proposed it, and the hash of its text."""

    by: str
    rendition_hash: str


def may_publish(*, kind: LetterKind, consents: bool) -> None:
    """Refuse to publish what its writer keeps private, or what is kept private for them."""
    if not consents:
        raise NoConsent
    if kind in never().kinds:
        raise NeverPublished(kind=kind)


def decide(
    proposed: Proposed, *, reviewer: str, verdict: Verdict, rendition_hash: str, reason: str | None
) -> None:
    """Refuse a decision that is not the reviewer's to take, or lacks its reason."""
    if proposed.by == reviewer:
        raise OwnRendition
    if proposed.rendition_hash != rendition_hash:
        raise RenditionChanged
    if verdict is Verdict.RETURN and not reason:
        raise Invalid([Fault("/reason", "missing", "退回公开稿应说明理由。")])
