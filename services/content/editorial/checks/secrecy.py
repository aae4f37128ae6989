"""Marks that say a text is not for the public: secrecy grades (GB/T 9704) and internal use."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.rules import report
from shared.plain_signs import plain

BLANK = "[ \t\xa0]"
GAP = f"{BLANK}{{0,4}}"


def _spaced(*words: str) -> str:
    """Return the pattern of any of these words, its characters set apart or not."""
    return f"(?:{'|'.join(GAP.join(word) for word in words)})"


GRADE = _spaced("绝密", "机密", "秘密")
STAR = "[★☆⭐✩✪✭✮✯]"
COUNT = "[0-9一二三四五六七八九十]{1,3}"
TERM = (
    rf"(?:长期|{COUNT}{GAP}(?:年|个月|天|日)"
    "|(?:启用|启封|开封|使用|公布|公开|发布|宣布|解密|开标|开考|考试结束)前)"
)
OPENED, CLOSED = r"[【\[(〔]", r"[】\])〕]"
PAPER = _spaced("资料", "材料", "文件", "刊物", "读物", "明电")
CARE = (
    f"(?:{_spaced('注意', '妥善')}|请勿|不得|严禁|禁止|切勿)"
    f"(?:{_spaced('保存', '保管', '保密')}|外传|外泄|传播|公开|翻印|复印|转载|扩散|上网)"
)
THIS = "此(?:件|文|稿|文件|材料|资料)"
WITHHELD = "不(?:予|宜|得|便)?(?:对外)?(?:公开|上网|外传|登载)(?:发布)?"


def _alone(words: str) -> str:
    """Return the pattern of words that have a line to themselves, in brackets or not."""
    return rf"^{BLANK}*{OPENED}?{GAP}{words}{GAP}{CLOSED}?{BLANK}*$"


class Mark(NamedTuple):
    """A kind of mark, and what to tell the editor who left it in.

    Every mark of the kind holds a `sign`, which is found much sooner, and most texts hold none.
    """

    code: str
    sign: re.Pattern[str]
    pattern: re.Pattern[str]
    message: str
    suggestion: str


MARKS = (
    Mark(
        "secrecy.grade",
        re.compile("密"),
        re.compile(
            rf"{GRADE}级?{GAP}{STAR}(?:{GAP}{TERM})?"
            rf"|{GRADE}{GAP}\*{{1,2}}{GAP}{TERM}"
            rf"|{_spaced('密级')}{GAP}:{GAP}{GRADE}"
            rf"|{OPENED}{GAP}{GRADE}(?:{GAP}{TERM})?{GAP}{CLOSED}{GAP}$"
            rf"|{_alone(f'{GRADE}级?(?:{GAP}{TERM})?')}",
            re.MULTILINE,
        ),
        "含有密级标志“{mark}”，涉密文件不得上网发布。",
        "立即停止办理，按保密规定处置并报告保密审查员。",
    ),
    Mark(
        "secrecy.internal",
        re.compile(
            rf"[内意善勿得止禁不予宜便外依]{GAP}(?:部|保|外|传|公开|翻|复|转|扩|上网|登载|申请)"
        ),
        re.compile(
            rf"{_spaced('内部')}{GAP}{PAPER}[\s、,;。·!★]{{0,3}}{CARE}"
            r"|(?:仅|只)(?:供|限)(?:于)?(?:本(?:单位|系统|部门))?内部(?:使用|参考|传阅|交流|学习|掌握)"
            rf"|{_alone(f'''{_spaced('内部')}{GAP}(?:{PAPER}|使用|参考|传阅|发行)''')}"
            rf"|{_alone(f'(?:未经(?:批准|许可),?)?{CARE}')}"
            rf"|{THIS}(?:{WITHHELD}|依申请公开)"
            rf"|{OPENED}{WITHHELD}{CLOSED}"
            rf"|{_alone(WITHHELD)}",
            re.MULTILINE,
        ),
        "含有内部标志“{mark}”，此类材料未经批准不得公开。",
        "核实材料性质，确可公开的删除标志后再送审。",
    ),
)


def findings(field: str, text: str) -> Iterator[CheckFinding]:
    """Yield every mark; words that only speak of secrecy, such as 保密审查, are none."""
    marked = plain(text)
    for mark in MARKS:
        for match in mark.pattern.finditer(marked) if mark.sign.search(marked) else ():
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            shown = text[start : start + len(match[0].strip())]
            yield report(
                mark.code,
                field,
                (start, start + len(shown)),
                excerpt=shown,
                suggestion=mark.suggestion,
                message=mark.message.format(mark=shown),
            )
