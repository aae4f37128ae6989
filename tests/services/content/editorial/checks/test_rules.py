from datetime import date

import pytest

from services.content.editorial.checks.gate import check
from services.content.editorial.checks.rules import report, rules
from services.content.editorial.checks.subject import Attachment, Image, Link, Subject
from services.content.editorial.importing.material import TOLD
from services.content.editorial.link_reading.dead_link import DeadLink
from services.content.lexicons.matching import Compiled, Lexicons
from shared.contracts.dead_links import LinkFound
from shared.contracts.lexicons import LexiconKind, Severity, Wordlist
from tests.factories.content import EDITOR, Group
from tests.support import people

WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
REGISTERED = {
    LexiconKind.NAMES_AND_TITLES: {"word": "某甲乙", "right": "副市长"},
    LexiconKind.CLOSED_DOMAINS: {"word": "old.gov.cn"},
}
LEXICONS = Lexicons(
    tuple(
        Compiled(
            kind.value,
            "",
            Wordlist.model_validate(
                {
                    "title": "词库",
                    "kind": kind,
                    "source": "测试",
                    "entries": [REGISTERED.get(kind, {"word": f"词{WORDS[place]}"})],
                }
            ),
        )
        for place, kind in enumerate(LexiconKind)
    )
)
EVERYTHING = Subject(
    title="长" * 101,
    body=(
        "<p>\x00\n甲\t乙\t丙\t丁\n甲\t乙\t丙\t丁\n甲\t乙\t丙\t丁\n"
        "11010519491231002X，340303750612001，4111111111111111，13812341234，皖C12345，"
        "家住蚌山区甲路1号3栋201室\n机密★\n内部资料 注意保存\n"
        "2月30日，2026年3月2日星期二，3月5日至2日，市长某甲乙"
        + "".join(f"，词{word}" for word in WORDS)
    ),
    today=date(2026, 3, 2),
    written_on=date(2026, 3, 3),
    in_force_on=date(2026, 3, 2),
    expires_on=date(2026, 3, 1),
    missing_metadata=["文号"],
    belongs=False,
    images=[Image(None, 801)],
    attachments=[Attachment("", None), Attachment("附", "文", complete=False)],
    links=[
        Link("", href)
        for href in (
            "http://example.com",
            "https://gov-cn.com",
            "https://1.2.3.4:8080",
            "https://u@a.gov.cn",
            "https://t.cn/a",
            "https://old.gov.cn",
            "data:x",
            "https://[",
        )
    ],
    lexicons=LEXICONS,
    dead_links={
        "http://example.com": DeadLink(LinkFound.UNKNOWN_HOST, None, people.NOW, people.NOW)
    },
)


def test_the_rules_list_exactly_what_can_be_reported() -> None:
    blank = Subject("", "", date(2026, 3, 2))
    found = {finding.code for subject in (EVERYTHING, blank) for finding in check(subject)}
    assert found | set(TOLD) == set(rules())


def test_a_code_no_rule_knows_cannot_be_reported() -> None:
    with pytest.raises(KeyError):
        report("form.unheard_of", "body", excerpt="", suggestion="", message="")


def test_what_must_never_be_answered_for_is_not() -> None:
    assert not rules()["secrecy.grade"].waivable
    assert rules()["personal_data.identity_number"].waivable
    for rule in rules().values():
        assert rule.waivable or rule.severity is Severity.BLOCKING, rule.code


async def test_an_operator_sees_the_whole_list(group: Group) -> None:
    listed = (await group.send(EDITOR, "GET", "/v1/check-rules")).json()
    assert {rule["code"] for rule in listed} == set(rules())
    assert all(rule["document"] and rule["clause"] for rule in listed)
