"""The form of a text: plain, whole, and with complex tables attached.

Source: 蚌政办秘〔2017〕97号 三(三).
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.rules import report
from services.content.editorial.checks.subject import NAMES, Subject, label
from shared.personal_data import mask

SHOWN = 40

HTML_TAG = re.compile(
    r"</?(?:p|br|hr|div|span|font|b|i|u|em|strong|a|img|h[1-6]|ul|ol|li|table|tbody|thead|tr|td|th"
    r"|section|script|style|iframe|video|audio|object|embed|o:p)(?:\s[^<>]{0,2000})?/?>|<!--|&nbsp;",
    re.IGNORECASE,
)
UNTYPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]+"
)
COMPLEX_TABLE = re.compile(r"(?:^[^\t\n]*(?:\t[^\t\n]*){3,}(?:\n+|\Z)){3,}", re.MULTILINE)
NEVER_BLANK = ("title", "body")


@cache
def limits() -> dict[str, int]:
    """Return how long a title and how wide a picture may be."""
    limits: dict[str, int] = yaml.safe_load(
        files(__package__).joinpath("limits.yaml").read_text("utf-8")
    )
    return limits


def findings(field: str, text: str) -> Iterator[CheckFinding]:
    """Yield what keeps a field from being plain text, and what title and body lack."""
    yield from _blank(field, text)
    yield from _long_title(field, text)
    yield from _each(
        field, text, HTML_TAG, "form.html_tag", "含有网页代码", "删除代码，保留纯文本。"
    )
    yield from _each(
        field, text, UNTYPED, "form.control_characters", "含有不可见的控制字符", "删除该处字符。"
    )
    yield from _each(
        field,
        text if "\t" in text else "",
        COMPLEX_TABLE,
        "form.complex_table",
        "含有结构较复杂的表格",
        "删除表格，改用附件发布。",
    )


def of_metadata(subject: Subject) -> Iterator[CheckFinding]:
    """Yield each field of the disclosure catalogue that nobody filled in."""
    for missing in subject.missing_metadata:
        yield report(
            "form.metadata_missing",
            "metadata",
            excerpt="",
            suggestion=f"填写{missing}。",
            message=f"公开属性缺少“{missing}”。",
        )


def of_place(subject: Subject) -> Iterator[CheckFinding]:
    """Yield that the item is of a kind its column does not take."""
    if not subject.belongs:
        yield report(
            "form.misplaced",
            "metadata",
            excerpt="",
            suggestion="改投相符的栏目，或核对稿件类别。",
            message="稿件类别与所在栏目不符。",
        )


def _blank(field: str, text: str) -> Iterator[CheckFinding]:
    if field in NEVER_BLANK and not text.strip():
        yield report(
            f"form.{field}_blank",
            field,
            (0, len(text)),
            excerpt="",
            suggestion=f"填写{NAMES[field]}。",
            message=f"{NAMES[field]}为空。",
        )


def _long_title(field: str, text: str) -> Iterator[CheckFinding]:
    longest = limits()["title_characters"]
    if field == "title" and len(text) > longest:
        yield report(
            "form.title_too_long",
            field,
            (longest, len(text)),
            excerpt=mask(text)[longest:][:SHOWN],
            suggestion=f"精简到 {longest} 字以内。",
            message=f"标题共 {len(text)} 字，超过 {longest} 字。",
        )


def _each(
    field: str, text: str, pattern: re.Pattern[str], code: str, fault: str, suggestion: str
) -> Iterator[CheckFinding]:
    for match in pattern.finditer(text):
        yield report(
            code,
            field,
            match.span(),
            # Masked before it is cut: half a number is no longer recognized, yet still tells.
            excerpt=UNTYPED.sub("", mask(match[0]))[:SHOWN],
            suggestion=suggestion,
            message=f"{label(field)}{fault}。",
        )
