import gc
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.checks.gate import MOST_APART, check
from services.content.editorial.checks.rules import rules
from services.content.editorial.checks.subject import Attachment, Image, Link, Subject
from services.content.editorial.document import read_document
from services.content.lexicons.built_in import built_in
from services.content.lexicons.matching import Lexicons

REAL = Path(__file__).parents[4] / "data" / "bengbu-2017-97.txt"
NEUTRAL = Lexicons(tuple(built_in().values()))


def subject(**given: Any) -> Subject:
    whole = {"title": "标题", "body": "正文。", "today": date(2026, 3, 2), "lexicons": NEUTRAL}
    return Subject(**{**whole, **given})


def test_every_fault_of_every_field_is_reported_in_order() -> None:
    found = check(
        subject(
            title="机密★",
            body="手机13812341234<br>内部资料 注意保存，截止目前",
            summary="证件11010519491231002X",
            written_on=date(2026, 3, 3),
            missing_metadata=["主题分类"],
            images=[Image(alt="2026年2月30日", width=900)],
            links=[Link("网站", "http://www.a.gov.cn/")],
            attachments=[Attachment("", "皖C12345"), Attachment("名单", None)],
        )
    )
    assert [(finding.field, finding.code) for finding in found] == [
        ("title", "secrecy.grade"),
        ("body", "personal_data.mobile"),
        ("body", "form.html_tag"),
        ("body", "secrecy.internal"),
        ("body", "wording.typos"),
        ("summary", "personal_data.identity_number"),
        ("metadata", "form.metadata_missing"),
        ("written_on", "dates.written_in_future"),
        ("images/0", "form.image_too_wide"),
        ("images/0", "dates.impossible"),
        ("links/0", "links.insecure"),
        ("attachments/0", "form.attachment_untitled"),
        ("attachments/0", "personal_data.plate"),
        ("attachments/1", "form.attachment_unreadable"),
    ]


def test_blank_title_and_body_are_both_reported() -> None:
    found = check(subject(title="", body=" ", summary=""))
    assert [finding.code for finding in found] == ["form.title_blank", "form.body_blank"]


def test_a_real_document_passes() -> None:
    reading = read_document(REAL.read_text(encoding="utf-8"))
    assert check(subject(title=reading.title, body=reading.body)) == ()


def test_an_attachment_may_be_a_complex_table_of_any_signs() -> None:
    table = "甲\t乙\t丙\t丁\n" * 9 + "\x0c<p>"
    assert check(subject(attachments=[Attachment("附表", table)])) == ()


def test_a_list_of_thousands_is_one_finding_that_counts_them() -> None:
    names = "".join(f"姓名{n}\t11010519491231002X\n" for n in range(5000))
    found = check(subject(attachments=[Attachment("名单", names)]))
    (finding,) = found
    assert (finding.code, finding.count) == ("personal_data.identity_number", 5000)
    assert len(finding.places) == MOST_APART
    assert {names[at.start : at.end] for at in finding.places} == {"11010519491231002X"}
    assert "5000" in finding.message
    assert "11010519491231002X" not in finding.model_dump_json()


def test_few_of_a_kind_stay_apart_and_each_field_counts_its_own() -> None:
    text = "11010519491231002X，" * MOST_APART
    found = check(subject(body=text, attachments=[Attachment("附", text)]))
    assert [finding.count for finding in found] == [1] * 2 * MOST_APART


def test_signs_nobody_sees_hide_nothing_and_move_nothing() -> None:
    hidden = "证\u200b件1101\u200b0519491231002X，机\u200b密★，截\u200b止目前，2026年2月\u200b30日"
    found = check(subject(attachments=[Attachment("附", hidden)]))
    stretches = [(one.code, hidden[one.start : one.end].replace("\u200b", "")) for one in found]
    assert stretches == [
        ("personal_data.identity_number", "11010519491231002X"),
        ("secrecy.grade", "机密★"),
        ("wording.typos", "截止目前"),
        ("dates.impossible", "2026年2月30日"),
    ]


PIECES = [
    *("11010519491231002X", "13812341234", "皖C12345", "家住胜利路3栋201室", "机密★1年", "内部"),
    *("2026年2月30日至3月1日", "http://u:p@1.2.3.4:8/", "www.a", "帐户", "<p", "\t1\t2\t3\n"),
    *("姓", "号", " ", "\u3000", "（", "1", "-", "十", "a.", "@", "\n", "登陆"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_finding_lies_in_its_text_and_is_known_to_the_rules(text: str) -> None:
    for finding in check(subject(body=text)):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.message
        rule = rules()[finding.code]
        assert (finding.severity, finding.waivable) == (rule.severity, rule.waivable)


LEADS = [
    "(",
    "[",
    "//",
    "密级：",
    "此件",
    "2026年",
    "3月5日至",
    "1号",
    "一号",
    "县镇乡1号",
    "家住一",
]


@pytest.mark.parametrize("unit", [*PIECES, *LEADS])
def test_the_time_to_check_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        gc.collect()
        gc.disable()  # how long a collection takes is up to the tests before
        started = time.process_time()
        check(subject(body=text))
        taken = time.process_time() - started
        gc.enable()
        return taken

    # Eight times the text: a search that starts anew at every place would take 64 times as long.
    assert seconds(80_000) < 32 * max(seconds(10_000), 0.005)
