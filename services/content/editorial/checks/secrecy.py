"""Marks that say a text is not for the public: secrecy grades (GB/T 9704) and internal use."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.content.editorial.checks.finding import CheckFinding, Severity

GRADE = r"(?:绝\s?密|机\s?密|秘\s?密)"
TERM = r"(?:长期|[0-9一二三四五六七八九十]{1,3}\s?(?:年|个月))"
PAPER = "(?:资料|材料|文件|刊物|读物)"
CARE = (
    "(?:注意|妥善|请勿|不得|严禁|禁止|切勿)"
    "(?:保存|保管|保密|外传|外泄|传播|公开|翻印|复印|转载|扩散)"
)


class Mark(NamedTuple):
    """A kind of mark, and what to tell the editor who left it in."""

    code: str
    pattern: re.Pattern[str]
    message: str
    suggestion: str


MARKS = (
    Mark(
        "secrecy.grade",
        re.compile(
            rf"{GRADE}[ \t]?[★☆](?:[ \t]?{TERM})?"
            rf"|密\s?级[ \t]?[:：][ \t]?{GRADE}"
            rf"|^[ \t\u3000]*[【\[(（]?{GRADE}(?:[ \t]?{TERM})?[】\])）]?[ \t\u3000]*$",
            re.MULTILINE,
        ),
        "含有密级标志“{mark}”，涉密文件不得上网发布。",
        "立即停止办理，按保密规定处置并报告保密审查员。",
    ),
    Mark(
        "secrecy.internal",
        re.compile(
            rf"内部{PAPER}[\s、，,;；。·!！★]{{0,3}}{CARE}"
            r"|(?:仅|只)(?:供|限)(?:于)?(?:本(?:单位|系统|部门))?内部(?:使用|参考|传阅|交流|学习|掌握)"
            rf"|^[ \t\u3000]*[【\[(（]?内部(?:{PAPER}|使用|参考|传阅|发行)[】\])）]?[ \t\u3000]*$"
            r"|此件(?:不(?:予)?公开|依申请公开)",
            re.MULTILINE,
        ),
        "含有内部标志“{mark}”，此类材料未经批准不得公开。",
        "核实材料性质，确可公开的删除标志后再送审。",
    ),
)


def findings(field: str, text: str) -> Iterator[CheckFinding]:
    """Yield every mark; words that only speak of secrecy, such as 保密审查, are none."""
    for mark in MARKS:
        for match in mark.pattern.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            shown = match[0].strip()
            yield CheckFinding(
                code=mark.code,
                severity=Severity.BLOCKING,
                field=field,
                start=start,
                end=start + len(shown),
                excerpt=shown,
                suggestion=mark.suggestion,
                message=mark.message.format(mark=shown),
            )
