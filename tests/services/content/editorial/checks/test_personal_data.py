import pytest

from services.content.editorial.checks.personal_data import findings
from shared.contracts.lexicons import Severity


@pytest.mark.parametrize(
    ("number", "code", "severity", "masked"),
    [
        ("11010519491231002X", "identity_number", Severity.BLOCKING, "11*************02X"),
        ("340303750612001", "legacy_identity_number", Severity.BLOCKING, "34**********001"),
        ("4111111111111111", "bank_card", Severity.BLOCKING, "************1111"),
        ("13812341234", "mobile", Severity.WARNING, "138****1234"),
        ("皖C12345", "plate", Severity.WARNING, "皖C****5"),
        ("皖CD12345", "plate", Severity.WARNING, "皖C****5"),
    ],
)
def test_a_number_that_tells_on_a_person_is_found(
    number: str, code: str, severity: Severity, masked: str
) -> None:
    (finding,) = findings("body", f"名单：{number}。")
    assert (finding.code, finding.severity) == (f"personal_data.{code}", severity)
    assert (finding.field, finding.start, finding.end) == ("body", 3, 3 + len(number))
    assert finding.suggestion == masked
    assert masked in finding.message
    assert number not in finding.model_dump_json()


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：11441700007280420Y",
        "索引号：003110926/201510-00216",
        "联系人：张三，电话：0552-3125236，邮箱：office@example.com",
        "地址：蚌山区天桥街道胜利中路12号3栋201室",
        "手机138****1234，证件11*************02X",
        "110105194912310021",
        "车牌皖C****5，家庭住址：蚌山区天桥街道****",
        "标的物位于蚌山区胜利中路12号3栋201室",
    ],
)
def test_public_office_and_masked_data_pass(text: str) -> None:
    assert list(findings("body", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "家庭住址：蚌山区天桥街道胜利中路12号3栋201室",
        "张三\t蚌山区天桥街道胜利中路12号3栋201室\t500元",
        "户籍地址：怀远县城关镇李村三组12号",
    ],
)
def test_a_home_is_found_below_its_township(text: str) -> None:
    (finding,) = findings("attachments/0", text)
    assert (finding.code, finding.severity) == ("personal_data.address", Severity.WARNING)
    assert finding.waivable
    assert text[finding.start : finding.end] not in finding.model_dump_json()
