import pytest

from services.content.editorial.checks.secrecy import findings
from shared.contracts.lexicons import Severity


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("绝密★长期\n关于", "绝密★长期"),
        ("机密★1年", "机密★1年"),
        ("秘密 ★ 10年", "秘密 ★ 10年"),
        ("秘　密★", "秘　密★"),
        ("文件\n  机密  \n正文", "机密"),
        ("文件\n【秘密】\n正文", "【秘密】"),
        ("密级：秘密", "密级：秘密"),
        ("密 级: 机 密", "密 级: 机 密"),
        ("绝密★启用前", "绝密★启用前"),
        ("秘密★启封前，", "秘密★启封前"),
        ("机密★１０年", "机密★１０年"),
        ("机　　密 ☆ 五年", "机　　密 ☆ 五年"),
        ("秘密＊1年", "秘密＊1年"),
        ("机密级★", "机密级★"),
        ("关于某事的通知（机密）", "（机密）"),
    ],
)
def test_a_secrecy_grade_is_found(text: str, mark: str) -> None:
    (finding,) = findings("body", text)
    assert (finding.code, finding.severity) == ("secrecy.grade", Severity.BLOCKING)
    assert not finding.waivable
    assert finding.excerpt == mark == text[finding.start : finding.end]
    assert mark in finding.message


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("内部资料、注意保存", "内部资料、注意保存"),
        ("内部文件 严禁外传", "内部文件 严禁外传"),
        ("本稿仅供内部使用。", "仅供内部使用"),
        ("仅限本单位内部传阅", "仅限本单位内部传阅"),
        ("题目\n（内部资料）\n正文", "（内部资料）"),
        ("（此件不公开）", "此件不公开"),
        ("（此件不予公开）", "此件不予公开"),
        ("（此件依申请公开）", "此件依申请公开"),
        ("内 部 资 料　注意保存", "内 部 资 料　注意保存"),
        ("内部资料，注意保密", "内部资料，注意保密"),
        ("题目\n注意保存\n正文", "注意保存"),
        ("未经批准，不得外传", "未经批准，不得外传"),
        ("附件（不宜公开）如下", "（不宜公开）"),
        ("此文件不上网", "此文件不上网"),
    ],
)
def test_an_internal_mark_is_found(text: str, mark: str) -> None:
    (finding,) = findings("body", text)
    assert (finding.code, finding.severity) == ("secrecy.internal", Severity.BLOCKING)
    assert finding.excerpt == mark == text[finding.start : finding.end]


@pytest.mark.parametrize(
    "text",
    [
        "严格做好信息公开前的保密审查工作，严防失泄密发生。",
        "不得泄露国家秘密、商业秘密和个人隐私。",
        "绝密级、机密级、秘密级文件的管理",
        "加强内部资料管理，完善内部控制。",
        "内部使用的道路同步改造。",
        "（此件公开发布）",
        "（此件主动公开）",
        "五角星★标志",
        "《中华人民共和国保守国家秘密法》第十条规定，密级分为绝密、机密、秘密三级。",
        "绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。",
        "涉及商业秘密的信息不宜公开。",
        "严禁在互联网上传播涉密信息，注意保存证据。",
        "密级：□绝密 □机密 □秘密",
        "内部资料性出版物管理办法",
        "秘密**",
        "涉密文件（含机密级）的管理",
    ],
)
def test_words_that_only_speak_of_secrecy_pass(text: str) -> None:
    assert list(findings("body", text)) == []
