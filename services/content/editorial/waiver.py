"""Findings somebody answers for: named one by one in the text that reviewers consent to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.content.editorial.checks.finding import CheckFinding, Waived
from shared.contracts.item_text import Waiver
from shared.contracts.lexicons import Severity
from shared.problem import Fault


def waive(
    findings: Sequence[CheckFinding],
    waivers: Sequence[Waiver],
    texts: Mapping[str, str],
    by: Mapping[Waiver, str],
) -> list[CheckFinding]:
    """Return the findings, those that are waived marked with who answers for them and why."""

    def waived(finding: CheckFinding) -> CheckFinding:
        for waiver in waivers:
            if finding.waivable and _names(waiver, finding, texts):
                answered = Waived(by=by[waiver], reason=waiver.reason)
                return finding.model_copy(update={"waived": answered})
        return finding

    return [waived(finding) for finding in findings]


def idle(
    findings: Sequence[CheckFinding], waivers: Sequence[Waiver], texts: Mapping[str, str]
) -> Iterator[Fault]:
    """Yield a fault for every waiver that names no finding anybody could answer for."""
    for place, waiver in enumerate(waivers):
        if not any(one.waivable and _names(waiver, one, texts) for one in findings):
            yield Fault(
                f"/waivers/{place}", "nothing_to_waive", "没有对应的检查结果，或该问题不得豁免。"
            )


def answering(
    waivers: Sequence[Waiver], before: Sequence[Mapping[str, Any]], actor: str
) -> dict[Waiver, str]:
    """Return who answers for each waiver: whoever first did, else the actor."""
    known = {
        (found["code"], found["field"], found["waived"]["reason"]): found["waived"]["by"]
        for found in before
        if found.get("waived")
    }
    return {
        waiver: known.get((waiver.code, waiver.field, waiver.reason), actor) for waiver in waivers
    }


def unanswered(findings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the stored findings that keep a text from review."""
    return [
        found
        for found in findings
        if found["severity"] == Severity.BLOCKING and not found.get("waived")
    ]


def _names(waiver: Waiver, finding: CheckFinding, texts: Mapping[str, str]) -> bool:
    if (waiver.code, waiver.field) != (finding.code, finding.field):
        return False
    if waiver.quote is None:
        return True
    # One that stands for many is only answered for as a whole.
    text = texts.get(finding.field, "")
    return finding.count == 1 and text[finding.start : finding.end] == waiver.quote
