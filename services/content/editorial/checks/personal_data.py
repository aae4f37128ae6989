"""Personal data that must not go out in a text (GB 11643 numbers, bank cards, mobiles)."""

from collections.abc import Iterator
from typing import NamedTuple

from services.content.editorial.checks.finding import CheckFinding, Severity
from shared.personal_data import Kind, find


class Leak(NamedTuple):
    """How grave it is to publish one kind of personal data, and what people call it."""

    severity: Severity
    name: str


# Names, addresses, office telephones and mail boxes stand rightfully in most documents.
LEAKS = {
    Kind.IDENTITY_NUMBER: Leak(Severity.BLOCKING, "公民身份号码"),
    Kind.LEGACY_IDENTITY_NUMBER: Leak(Severity.BLOCKING, "疑似 15 位旧版身份证号"),
    Kind.BANK_CARD: Leak(Severity.BLOCKING, "疑似银行卡号"),
    Kind.MOBILE: Leak(Severity.WARNING, "手机号码"),
}


def findings(field: str, text: str) -> Iterator[CheckFinding]:
    """Yield every number that tells on a person."""
    for match in find(text):
        if leak := LEAKS.get(match.kind):
            yield CheckFinding(
                code=f"personal_data.{match.kind}",
                severity=leak.severity,
                field=field,
                start=match.start,
                end=match.end,
                # Findings are stored and travel: they must not leak what they warn of.
                excerpt=match.masked,
                suggestion=match.masked,
                message=f"文中含有{leak.name}，请删除或改为脱敏形式“{match.masked}”。",
            )
