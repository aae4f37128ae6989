"""The form of a text: plain, whole, and with complex tables attached.

Source: 蚌政办秘〔2017〕97号 三(三).
"""

import re
from collections.abc import Iterator

from services.content.editorial.checks.finding import CheckFinding, Severity
from shared.personal_data import mask

# What local rules commonly allow in a title.
LONGEST_TITLE = 100
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
NAMES = {"title": "标题", "body": "正文"}


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
        text,
        COMPLEX_TABLE,
        "form.complex_table",
        "含有结构较复杂的表格",
        "删除表格，改用附件发布。",
    )


def _blank(field: str, text: str) -> Iterator[CheckFinding]:
    if field in NAMES and not text.strip():
        yield CheckFinding(
            code=f"form.{field}_blank",
            severity=Severity.BLOCKING,
            field=field,
            start=0,
            end=len(text),
            excerpt="",
            suggestion=f"填写{NAMES[field]}。",
            message=f"{NAMES[field]}为空。",
        )


def _long_title(field: str, text: str) -> Iterator[CheckFinding]:
    if field == "title" and len(text) > LONGEST_TITLE:
        yield CheckFinding(
            code="form.title_too_long",
            severity=Severity.WARNING,
            field=field,
            start=LONGEST_TITLE,
            end=len(text),
            excerpt=mask(text)[LONGEST_TITLE:][:SHOWN],
            suggestion=f"精简到 {LONGEST_TITLE} 字以内。",
            message=f"标题共 {len(text)} 字，超过 {LONGEST_TITLE} 字。",
        )


def _each(
    field: str, text: str, pattern: re.Pattern[str], code: str, fault: str, suggestion: str
) -> Iterator[CheckFinding]:
    for match in pattern.finditer(text):
        yield CheckFinding(
            code=code,
            severity=Severity.BLOCKING,
            field=field,
            start=match.start(),
            end=match.end(),
            # Masked before it is cut: half a number is no longer recognized, yet still tells.
            excerpt=UNTYPED.sub("", mask(match[0]))[:SHOWN],
            suggestion=suggestion,
            message=f"{NAMES.get(field, '文字')}{fault}。",
        )
