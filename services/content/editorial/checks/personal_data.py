"""Personal data that must not go out in a text: numbers, plates and homes."""

import re
from collections.abc import Iterator

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.rules import report, rules
from shared.personal_data import Kind, find

# Names, office telephones and mail boxes stand rightfully in most documents.
LEAKS = {
    Kind.IDENTITY_NUMBER,
    Kind.LEGACY_IDENTITY_NUMBER,
    Kind.BANK_CARD,
    Kind.MOBILE,
    Kind.PLATE,
    Kind.ADDRESS,
}
PREMISES = re.compile(
    r"(?<!住)(?:地\s*址|地\s*点|位于|坐落|公司|单位|学校|医院|中心|机构|窗口|大厅|网点|门店|标的|不动产)"
)
HOUSEHOLD = re.compile("住址|住所|家住|现住|居住|家庭|户[籍口]|本人|村民|居民")
LONGEST_LEAD = 40
WITHHELD = "****"


def findings(field: str, text: str) -> Iterator[CheckFinding]:
    """Yield every number, plate and home that tells on a person."""
    for match in find(text):
        if match.kind not in LEAKS or _is_office(text, match.kind, match.start):
            continue
        code = f"personal_data.{match.kind}"
        shown = "只到乡镇、街道" if match.masked == WITHHELD else f"“{match.masked}”"
        yield report(
            code,
            field,
            (match.start, match.end),
            # Findings are stored and travel: they must not leak what they warn of.
            excerpt=match.masked,
            suggestion=match.masked,
            message=f"文中含有{rules()[code].name}，请删除或改为脱敏形式：{shown}。",
        )


def _is_office(text: str, kind: Kind, start: int) -> bool:
    """Tell the address of premises, which documents give so that people find them, from a home."""
    if kind is not Kind.ADDRESS:
        return False
    lead = text[max(0, start - LONGEST_LEAD) : start].rpartition("\n")[2]
    return PREMISES.search(lead) is not None and HOUSEHOLD.search(lead) is None
