from typing import Any

import pytest

from services.content.editorial.checks.wording import findings
from services.content.lexicons.matching import Compiled, Lexicons
from shared.contracts.lexicons import Severity, Wordlist


def lexicon(kind: str, *entries: dict[str, Any]) -> Compiled:
    wordlist = Wordlist.model_validate(
        {"title": "词库", "kind": kind, "source": "测试", "entries": entries}
    )
    return Compiled(kind, "", wordlist)


REGISTER = Lexicons(
    (
        lexicon(
            "names_and_titles",
            {"word": "甲乙丙", "right": "云溪市副市长、市公安局局长"},
            {"word": "丁戊己", "right": "云溪县委书记"},
        ),
    )
)


def test_a_wrong_word_is_found_with_what_is_right() -> None:
    lexicons = Lexicons((lexicon("typos", {"word": "帐户", "right": "账户"}),))
    (finding,) = findings("body", "登记帐户。", lexicons)
    assert (finding.code, finding.start, finding.end) == ("wording.typos", 2, 4)
    assert (finding.severity, finding.suggestion) == (Severity.WARNING, "账户")


def test_a_word_with_nothing_right_is_to_be_thought_over() -> None:
    entry = {"word": "某某词", "note": "避免使用", "severity": "warning"}
    (finding,) = findings("body", "某某词", Lexicons((lexicon("sensitive", entry),)))
    assert (finding.severity, finding.suggestion) == (Severity.WARNING, "避免使用")


def test_domains_given_up_are_no_words() -> None:
    lexicons = Lexicons((lexicon("closed_domains", {"word": "a.cn"}),))
    assert list(findings("body", "a.cn", lexicons)) == []


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("市长甲乙丙主持会议", "市长甲乙丙"),
        ("云溪市常务副市长甲乙丙主持会议", "常务副市长甲乙丙"),
        ("甲乙丙市长主持会议", "甲乙丙市长"),
        ("丁戊己同志副书记", "丁戊己同志副书记"),
        ("教育局局长丁戊己", "局长丁戊己"),
    ],
)
def test_a_title_the_register_does_not_give_is_found(text: str, excerpt: str) -> None:
    (finding,) = findings("body", text, REGISTER)
    assert (finding.code, finding.excerpt) == ("wording.names_and_titles", excerpt)
    assert text[finding.start : finding.end] == excerpt


@pytest.mark.parametrize(
    "text",
    [
        "副市长甲乙丙主持会议，公安局局长甲乙丙参加",
        "县委书记丁戊己",
        "甲乙丙副市长、丁戊己书记",
        "原云溪县县长甲乙丙",
        "时任市长甲乙丙",
        "免去甲乙丙同志市长职务",
        "拟任县长丁戊己",
        "甲乙丙主任医师、丁戊己局长级",
        "市长助理甲乙丙",
        "市长，甲乙丙",
        "市长庚辛壬",
    ],
)
def test_right_former_and_other_peoples_titles_pass(text: str) -> None:
    assert list(findings("body", text, REGISTER)) == []
