import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interaction.citizens.redaction import redact
from services.interaction.mailbox.letters.writing import Writing

WRITER = Writing(
    title="t", text="t", name="李小龙", phone="0552-3021234", email="Li.X@example.com"
)
MOBILE = WRITER.model_copy(update={"phone": "+86 138 5520 1234"})


@pytest.mark.parametrize(
    "text",
    [
        "李小龙反映",
        "李 小龙反映",
        "李·小·龙",
        "致电3021234",
        "致电0552-3021234",
        "致电０５５２－３０２１２３４",
        "致电302 1234",
        "li.x@EXAMPLE.com",
        "ｌｉ．ｘ＠example.com",
    ],
)
def test_the_writers_own_name_and_contact_never_occur(text: str) -> None:
    shown = redact(text, WRITER)
    assert "***" in shown
    assert not re.search("小龙|小·龙|3021234|３０２１２３４|302 1234|example", shown)


@pytest.mark.parametrize(
    "text", ["13855201234", "138-5520-1234", "+8613855201234", "138 55201234"]
)
def test_a_mobile_number_goes_in_any_grouping(text: str) -> None:
    assert not set("1352") & set(redact(text, MOBILE))


def test_other_peoples_data_is_masked_too() -> None:
    assert "13966667777" not in redact("邻居电话13966667777", WRITER)


def test_what_is_not_personal_stays() -> None:
    assert redact("东海大道路灯不亮，请修复。", WRITER) == "东海大道路灯不亮，请修复。"


def test_signs_with_a_meaning_of_their_own_are_taken_literally() -> None:
    odd = Writing(title="t", text="t", name=".*", phone=None, email=None)
    assert redact("路灯.*不亮", odd) == "路灯***不亮"


@given(
    st.text(min_size=1, max_size=8).filter(lambda name: name.strip() and "*" not in name),
    st.text(max_size=30),
    st.text(max_size=30),
)
def test_a_name_is_gone_wherever_it_stood(name: str, before: str, after: str) -> None:
    writer = Writing(title="t", text="t", name=name, phone=None, email=None)
    assert name not in redact(before + name + after, writer)
