"""All checks at once, over every text a reader of the item will see."""

from collections.abc import Mapping

from services.content.editorial.checks import form, personal_data, secrecy
from services.content.editorial.checks.finding import CheckFinding

CHECKS = (form.findings, secrecy.findings, personal_data.findings)


def check(texts: Mapping[str, str]) -> tuple[CheckFinding, ...]:
    """Return every finding, field by field as given and in the order of the text.

    The fields `title` and `body` must not be blank when they are given; any other may.
    """
    found = (
        sorted(
            (finding for findings in CHECKS for finding in findings(field, text)),
            key=lambda finding: (finding.start, finding.end),
        )
        for field, text in texts.items()
    )
    return tuple(finding for of_field in found for finding in of_field)
