import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.delivery.question import synonyms, understood
from services.content.release.words import MOST_WORDS


def test_words_must_all_occur() -> None:
    assert understood("饮水 安全！").terms == (("饮水",), ("安全",))


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("户口", ("户口", "户籍")),
        ("户籍", ("户籍", "户口")),
        ("低保", ("低保", "最低 生活 保障")),
        ("最低生活保障", ("最低 生活 保障", "低保")),
    ],
)
def test_each_word_finds_what_means_the_same(text: str, alternatives: tuple[str, ...]) -> None:
    assert understood(f"{text} 通知").terms == (alternatives, ("通知",))


def test_a_word_within_another_has_no_synonyms() -> None:
    assert understood("户口簿").terms == (("户口簿", "户口本"),)


@pytest.mark.parametrize("quoted", ['"信息公开"', "“信息公开”", "「信息公开」", "“ 信息公开 ”"])
def test_quotes_ask_for_exactly_these_characters(quoted: str) -> None:
    asked = understood(f"{quoted} 户口")
    assert asked.phrases == ("信息公开",)
    assert asked.terms[-1] == ("户口", "户籍")
    assert ("户籍",) not in asked.terms


def test_a_quote_left_open_asks_for_words() -> None:
    assert understood("“信息公开").phrases == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("蚌政办秘[2017]97号", "蚌政办秘〔2017〕97号"),
        (" 000014349/2017-00110 ", "000014349/2017-00110"),
        ("003110926／201510-00216", "003110926/201510-00216"),
        ("11441700007280420y/2021-00050", "11441700007280420y/2021-00050"),
        ("340300-zfb/2026-00003", "340300-zfb/2026-00003"),
        ("11340300003110926A_202603.7", "11340300003110926A_202603.7"),
        ("97号", None),
        ("2017-00110", None),
    ],
)
def test_document_and_index_numbers_are_known_by_their_form(text: str, number: str | None) -> None:
    assert understood(text).number == number


def test_synonyms_hold_in_every_direction() -> None:
    said = synonyms()
    for word, alternatives in said.items():
        assert len(set(alternatives)) >= 2, word
    groups = {frozenset(alternatives) for alternatives in said.values()}
    assert sum(map(len, groups)) == len(said), "a word stands in two groups"


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_question(text: str) -> None:
    asked = understood(text)
    assert all(term and all(term) for term in asked.terms)
    assert len(asked.terms) <= 2 * MOST_WORDS * (1 + len(asked.phrases))
    assert all(asked.shown)
