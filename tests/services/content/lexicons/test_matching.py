from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.lexicons.matching import Compiled, Lexicons
from services.content.lexicons.wordlist import digest
from shared.contracts.lexicons import Wordlist


def compiled(*entries: dict[str, Any], kind: str = "typos", name: str = "words") -> Compiled:
    wordlist = Wordlist.model_validate(
        {"title": "词库", "kind": kind, "source": "测试", "entries": entries}
    )
    return Compiled(name, digest(wordlist), wordlist)


def found(lexicon: Compiled, text: str) -> list[str]:
    return [text[each.start : each.end] for each in lexicon.occurrences(text)]


def test_places_are_counted_in_characters_whatever_their_bytes() -> None:
    (one,) = compiled({"word": "登陆"}).occurrences("a😀é𠮷登陆")
    assert (one.start, one.end) == (4, 6)


def test_of_two_words_that_overlap_the_longer_is_found() -> None:
    lexicon = compiled({"word": "登陆"}, {"word": "登陆网站"}, {"word": "网站群"})
    assert found(lexicon, "登陆网站群，登陆") == ["登陆网站", "登陆"]


def test_one_lexicon_never_hides_a_word_of_another() -> None:
    lexicons = Lexicons((compiled({"word": "甲乙丙"}), compiled({"word": "乙丙丁"})))
    assert [found(one, "甲乙丙丁") for one in lexicons.compiled] == [["甲乙丙"], ["乙丙丁"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("登陆艇", []),
        ("抢滩登陆了", []),
        ("台风登陆", ["登陆"]),
        ("登陆登陆艇", ["登陆"]),
        ("艇登陆", ["登陆"]),
    ],
)
def test_a_word_is_fine_in_its_exceptions(text: str, expected: list[str]) -> None:
    lexicon = compiled({"word": "登陆", "exceptions": ["登陆艇", "抢滩登陆", "登陆登陆艇队"]})
    assert found(lexicon, text) == expected


def test_what_is_right_may_hold_the_word() -> None:
    lexicon = compiled({"word": "发改委", "right": "国家发改委"})
    assert found(lexicon, "国家发改委与发改委") == ["发改委"]


def test_full_width_and_capital_letters_are_the_same_word() -> None:
    assert found(compiled({"word": "App版"}), "ＡＰＰ版、app版") == ["ＡＰＰ版", "app版"]


def test_the_digest_changes_with_any_lexicon() -> None:
    one, other = compiled({"word": "甲乙"}), compiled({"word": "丙丁"})
    assert len({Lexicons(each).digest for each in ((), (one,), (other,), (one, other))}) == 4


@given(st.lists(st.text("甲乙丙Ａa", min_size=2, max_size=4), unique=True, max_size=6), st.text())
def test_whatever_is_found_stands_there(words: list[str], text: str) -> None:
    lexicon = compiled(*({"word": word} for word in words))
    for one in lexicon.occurrences(text):
        here, word = text[one.start : one.end], one.entry.word
        assert here.casefold().replace("ａ", "a") == word.casefold().replace("ａ", "a")
