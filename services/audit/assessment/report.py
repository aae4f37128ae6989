"""Rules and scores as people read them: every figure with its words, every loss explained."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from services.audit.assessment.ruleset import Ruleset
from services.audit.assessment.scoring import Finding, Grade, Score, Window, score
from services.audit.monitoring.finding import FindingKind
from shared.contracts import audit as contracts


def recomputed(rules: dict[str, Any], evidence: Sequence[dict[str, Any]]) -> Score:
    """Score stored evidence by stored rules, as if for the first time."""
    return score(Ruleset.model_validate(rules), map(finding_of, evidence))


def finding_of(document: dict[str, Any]) -> Finding:
    """Read a finding back from the document it wrote."""
    start, end = map(date.fromisoformat, document["window"])
    return Finding(
        id=document["id"],
        kind=FindingKind(document["kind"]),
        site=document["site"],
        subject=document["subject"],
        window=Window(start, end),
        evidence=tuple(document["evidence"]),
        summary=document["summary"],
    )


def explained(
    canonical: bytes, rules: dict[str, Any], evidence: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return what a stored score says, its ledger rows joined with rules and findings."""
    scored: dict[str, Any] = json.loads(canonical)
    ruleset = Ruleset.model_validate(rules)
    names = {veto.id: veto.name for veto in ruleset.vetoes}
    names |= {indicator.id: indicator.name for indicator in ruleset.indicators}
    findings = {document["id"]: finding_of(document) for document in evidence}
    lost = [_lost(row, names, findings[row["finding"]]) for row in scored["ledger"]]
    return scored | {
        "total": ruleset.total,
        "grade_label": Grade(scored["grade"]).label,
        "ledger": lost,
    }


def _lost(row: dict[str, Any], names: dict[str, str], finding: Finding) -> contracts.LostPoints:
    return contracts.LostPoints(
        indicator=row["indicator"],
        indicator_name=names[row["indicator"]],
        finding=finding.id,
        kind=finding.kind,
        label=finding.kind.nature.label,
        summary=finding.summary,
        since=finding.window.start,
        until=finding.window.end,
        evidence=sorted(map(int, row["evidence"])),
        points=row["points"],
        points_after_cap=row["points_after_cap"],
        cap_applied=row["cap_applied"],
        remedy=row["remedy"],
    )


def public_ruleset(ruleset: Ruleset) -> contracts.Ruleset:
    """Show a rule set with the words for what its codes mean."""
    return contracts.Ruleset(
        id=ruleset.id,
        version=ruleset.version,
        title=ruleset.title,
        source=ruleset.source,
        digest=ruleset.digest,
        total=ruleset.total,
        gates=contracts.Gates(passing=ruleset.gates.passing, bonus=ruleset.gates.bonus),
        vetoes=list(_vetoes(ruleset)),
        indicators=list(_indicators(ruleset)),
    )


def _vetoes(ruleset: Ruleset) -> Iterator[contracts.Veto]:
    for veto in ruleset.vetoes:
        yield contracts.Veto(
            id=veto.id,
            name=veto.name,
            finding_kinds=[kind.value for kind in veto.finding_kinds],
            threshold=veto.threshold,
            remedy=veto.remedy,
            document=veto.source.document,
            clause=veto.source.clause,
        )


def _indicators(ruleset: Ruleset) -> Iterator[contracts.Indicator]:
    for rule in ruleset.indicators:
        yield contracts.Indicator(
            id=rule.id,
            name=rule.name,
            group=rule.group,
            points=rule.points,
            ceiling=rule.ceiling,
            costs=[
                contracts.Cost(kind=kind.value, label=kind.nature.label, points=points)
                for kind, points in rule.costs.items()
            ],
            remedy=rule.remedy,
            document=rule.source.document,
            clause=rule.source.clause,
        )
