from typing import Any

import pytest

from services.content.lexicons.built_in import built_in
from services.content.lexicons.wordlist import digest, faults
from shared.contracts.lexicons import LexiconKind, Wordlist


def wordlist(kind: str, *entries: dict[str, Any]) -> Wordlist:
    return Wordlist.model_validate(
        {"title": "词库", "kind": kind, "source": "测试", "entries": entries}
    )


@pytest.mark.parametrize(
    ("kind", "entries", "found"),
    [
        ("typos", [{"word": "帐户"}, {"word": "帐户"}], ["/entries/0/word", "/entries/1/word"]),
        ("typos", [{"word": "帐户", "right": "帐户"}], ["/entries/0/right"]),
        ("typos", [{"word": "帐户", "exceptions": ["别处"]}], ["/entries/0/exceptions/0"]),
        ("typos", [{"word": "帐户", "exceptions": ["帐户"]}], ["/entries/0/exceptions/0"]),
        ("names_and_titles", [{"word": "甲某某"}], ["/entries/0/right"]),
        ("closed_domains", [{"word": "http://a.cn/x"}], ["/entries/0/word"]),
        ("closed_domains", [{"word": "www.a.gov.cn"}, {"word": "某市.政务.cn"}], []),
        (
            "names_and_titles",
            [{"word": "甲某某", "right": "甲某某"}, {"word": "甲某某"}],
            ["/entries/0/word", "/entries/0/right", "/entries/1/word", "/entries/1/right"],
        ),
    ],
)
def test_entries_that_contradict_themselves_are_all_named(
    kind: str, entries: list[dict[str, Any]], found: list[str]
) -> None:
    assert [fault.pointer for fault in faults(wordlist(kind, *entries))] == found


def test_the_digest_tells_contents_apart_and_nothing_else() -> None:
    one = wordlist("typos", {"word": "帐户", "right": "账户"})
    assert digest(one) == digest(wordlist("typos", {"right": "账户", "word": "帐户"}))
    assert digest(one) != digest(wordlist("typos", {"word": "帐户", "right": "帐号"}))


def test_the_lexicons_that_ship_are_sound_and_say_nothing_about_politics() -> None:
    kinds = {one.kind for one in built_in().values()}
    assert kinds == {LexiconKind.TYPOS, LexiconKind.INSTITUTIONS}
    for one in built_in().values():
        assert faults(one.wordlist) == []
        assert all(entry.right for entry in one.wordlist.entries)
        # What is right must not be found wrong again.
        for entry in one.wordlist.entries:
            assert list(one.occurrences(entry.right or "")) == [], entry
