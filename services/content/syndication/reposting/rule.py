"""Whether a rule of a site's own fits a directive, and what a rule may not say."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from services.content.editorial.vocabulary import vocabularies
from shared.problem import Conflict, Fault, Forbidden


class MakerMayNot(Forbidden):
    """Who signed the rule may not repost on this site any more."""

    advice = "规则签署人已无本网站的转载权限，规则未执行，请由有权限的人员重新签署规则。"


class RuleEnded(Conflict):
    """The rule was ended; a new one may be made."""

    advice = "该规则已终止，请另建规则。"


class Rule(Protocol):
    """What a rule looks at; what it does not name is open."""

    issuers: list[str]
    kinds: list[str]
    subjects: list[str]
    asks: list[str]


class Ordered(NamedTuple):
    """A directive, as far as rules look at it."""

    issuer: str
    kind: str
    subject: str | None
    ask: str


R = TypeVar("R", bound=Rule)


def fitting(rules: Iterable[R], ordered: Ordered) -> R | None:
    """Return the first of a site's rules that fits a directive."""
    return next((rule for rule in rules if fits(rule, ordered)), None)


def fits(rule: Rule, ordered: Ordered) -> bool:
    """Say whether everything that a rule names matches."""
    return (
        _among(ordered.issuer, rule.issuers)
        and _among(ordered.kind, rule.kinds)
        and _among(ordered.ask, rule.asks)
        and (not rule.subjects or not set(rule.subjects).isdisjoint(_wider(ordered.subject)))
    )


def _among(value: str, named: Sequence[str]) -> bool:
    return not named or value in named


def _wider(term: str | None) -> Sequence[str]:
    """Return a term and those above it."""
    parts = term.split("/") if term else []
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def unknown_subjects(subjects: Sequence[str]) -> list[Fault]:
    """Return a fault for each subject that is no term of the vocabulary."""
    return [
        Fault(f"/subjects/{at}", "unknown_term", f"主题分类词表中没有“{term}”。")
        for at, term in enumerate(subjects)
        if term not in vocabularies()["subject"]
    ]
