from pathlib import Path

from services.content.editorial.checks.gate import check
from services.content.editorial.document import read_document

REAL = Path(__file__).parents[4] / "data" / "bengbu-2017-97.txt"


def test_every_fault_of_every_field_is_reported_in_order() -> None:
    found = check(
        {
            "title": "机密★",
            "body": "手机13812341234<br>内部资料 注意保存",
            "summary": "证件11010519491231002X",
        }
    )
    assert [(finding.field, finding.code) for finding in found] == [
        ("title", "secrecy.grade"),
        ("body", "personal_data.mobile"),
        ("body", "form.html_tag"),
        ("body", "secrecy.internal"),
        ("summary", "personal_data.identity_number"),
    ]


def test_blank_title_and_body_are_both_reported() -> None:
    found = check({"title": "", "body": " ", "summary": ""})
    assert [finding.code for finding in found] == ["form.title_blank", "form.body_blank"]


def test_a_real_document_passes() -> None:
    reading = read_document(REAL.read_text(encoding="utf-8"))
    assert check({"title": reading.title, "body": reading.body}) == ()
