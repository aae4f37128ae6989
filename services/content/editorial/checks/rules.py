"""Every code a check may report, and what follows from it: read from data an operator can see."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from services.content.editorial.checks.finding import CheckFinding
from shared.contracts.checking import CheckRule
from shared.contracts.lexicons import Severity


@cache
def rules() -> Mapping[str, CheckRule]:
    """Return the rule behind each code."""
    listed = yaml.safe_load(files(__package__).joinpath("rules.yaml").read_text("utf-8"))
    return {code: CheckRule(code=code, **said) for code, said in listed.items()}


def report(
    code: str,
    field: str,
    span: tuple[int, int] = (0, 0),
    *,
    excerpt: str,
    suggestion: str,
    message: str,
    severity: Severity | None = None,
) -> CheckFinding:
    """Return a finding as its rule says; a code no rule knows cannot be reported."""
    rule = rules()[code]
    return CheckFinding(
        code=code,
        severity=severity or rule.severity,
        waivable=rule.waivable,
        field=field,
        start=span[0],
        end=span[1],
        excerpt=excerpt,
        suggestion=suggestion,
        message=message,
    )
