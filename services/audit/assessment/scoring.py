"""Scores: a pure function of rules and evidence that explains every point it takes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

import rfc8785

from services.audit.assessment.ruleset import STEP, Ruleset
from services.audit.monitoring.finding import FindingKind
from shared.problem import Fault, Invalid

ENGINE_VERSION = "1"
NOTHING = Decimal("0.0")


class ContradictoryEvidence(Invalid):
    """The same finding is presented with different contents."""


class Window(NamedTuple):
    """The days a finding was made over, both included."""

    start: date
    end: date


@dataclass(frozen=True)
class Finding:
    """A stored finding, with the ids or hashes of the evidence that carries it."""

    id: str
    kind: FindingKind
    site: str
    subject: str
    window: Window
    evidence: tuple[str, ...]
    summary: str

    def document(self) -> dict[str, Any]:
        """Write the finding so that the order of its evidence does not matter."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "site": self.site,
            "subject": self.subject,
            "window": [day.isoformat() for day in self.window],
            "evidence": sorted(set(self.evidence)),
            "summary": self.summary,
        }


class Grade(StrEnum):
    """What a score amounts to."""

    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"

    @property
    def label(self) -> str:
        """The word a bulletin prints."""
        return {Grade.QUALIFIED: "合格", Grade.UNQUALIFIED: "不合格"}[self]


class Deduction(NamedTuple):
    """One row of the ledger: what a finding costs, and what of it fits under the cap."""

    indicator: str
    rule_version: str
    finding: str
    evidence: tuple[str, ...]
    points: Decimal
    points_after_cap: Decimal
    cap_applied: bool
    remedy: str

    def document(self) -> dict[str, Any]:
        """Write the row with its points as decimal text."""
        return self._asdict() | {
            "points": str(self.points),
            "points_after_cap": str(self.points_after_cap),
        }


@dataclass(frozen=True)
class Score:
    """What a site is left with, why, and the digests that let anyone work it out again."""

    ruleset: str
    ruleset_digest: str
    evidence_digest: str
    engine_version: str
    points: Decimal
    grade: Grade
    vetoed: bool
    bonus_open: bool
    ledger: tuple[Deduction, ...]

    def document(self) -> dict[str, Any]:
        """Write the score as its wire document."""
        return {
            "ruleset": self.ruleset,
            "ruleset_digest": self.ruleset_digest,
            "evidence_digest": self.evidence_digest,
            "engine_version": self.engine_version,
            "points": str(self.points),
            "grade": self.grade.value,
            "vetoed": self.vetoed,
            "bonus_open": self.bonus_open,
            "ledger": [row.document() for row in self.ledger],
        }

    def canonical(self) -> bytes:
        """Return the bytes that any recomputation must reproduce."""
        return rfc8785.dumps(self.document())


def score(ruleset: Ruleset, evidence: Iterable[Finding]) -> Score:
    """Score `evidence`, each finding once whatever the order; a veto leaves the rest unscored."""
    findings = _settled(evidence)
    vetoes = tuple(_vetoes(ruleset, findings))
    ledger = vetoes or tuple(_deductions(ruleset, findings))
    points = ruleset.total - sum((row.points_after_cap for row in ledger), NOTHING)
    passed = not vetoes and points >= ruleset.gates.passing
    return Score(
        ruleset=ruleset.reference,
        ruleset_digest=ruleset.digest,
        evidence_digest=_digest(findings),
        engine_version=ENGINE_VERSION,
        points=points.quantize(STEP),
        grade=Grade.QUALIFIED if passed else Grade.UNQUALIFIED,
        vetoed=bool(vetoes),
        bonus_open=passed and points > ruleset.gates.bonus,
        ledger=ledger,
    )


def _settled(evidence: Iterable[Finding]) -> list[Finding]:
    known: dict[str, Finding] = {}
    disputed: set[str] = set()
    for finding in evidence:
        if known.setdefault(finding.id, finding).document() != finding.document():
            disputed.add(finding.id)
    if disputed:
        detail = "同一问题前后两次提交的内容不一致。"
        raise ContradictoryEvidence(
            [Fault(f"/evidence/{id_}", "contradiction", detail) for id_ in sorted(disputed)]
        )
    return [known[id_] for id_ in sorted(known)]


def _vetoes(ruleset: Ruleset, findings: list[Finding]) -> Iterator[Deduction]:
    # The first veto takes every point; the others are listed and find nothing left to take.
    left = ruleset.total
    for veto in ruleset.vetoes:
        guilty = [finding for finding in findings if finding.kind in veto.finding_kinds]
        if len(guilty) < veto.threshold:
            continue
        costs = dict.fromkeys(veto.finding_kinds, ruleset.total)
        for row in _charge(ruleset, veto.id, veto.remedy, costs, left, guilty):
            left -= row.points_after_cap
            yield row


def _deductions(ruleset: Ruleset, findings: list[Finding]) -> Iterator[Deduction]:
    for rule in ruleset.indicators:
        yield from _charge(ruleset, rule.id, rule.remedy, rule.costs, rule.ceiling, findings)


def _charge(
    ruleset: Ruleset,
    rule: str,
    remedy: str,
    costs: Mapping[FindingKind, Decimal],
    left: Decimal,
    findings: list[Finding],
) -> Iterator[Deduction]:
    for finding in findings:
        if finding.kind not in costs:
            continue
        points = costs[finding.kind]
        charged = min(points, left)
        left -= charged
        yield Deduction(
            indicator=rule,
            rule_version=ruleset.reference,
            finding=finding.id,
            evidence=tuple(sorted(set(finding.evidence))),
            points=points,
            points_after_cap=charged,
            cap_applied=charged < points,
            remedy=remedy,
        )


def _digest(findings: list[Finding]) -> str:
    documents = [finding.document() for finding in findings]
    return sha256(rfc8785.dumps(documents)).hexdigest()
