from hypothesis import given
from hypothesis import strategies as st

from services.content.delivery.highlighting import AFTER, BEFORE, SNIPPETS, parts, snippets
from shared.contracts.delivery import Part

WORDS = st.lists(st.text(max_size=3), max_size=4)


def _told(shown: list[Part]) -> str:
    return "".join(f"[{part.text}]" if part.found else part.text for part in shown)


def test_the_longest_word_that_stands_there_is_shown() -> None:
    assert _told(parts("蚌埠市人民政府办公室", ["政府", "人民政府"])) == "蚌埠市[人民政府]办公室"


def test_letters_are_found_in_either_case() -> None:
    assert _told(parts("GDP与gdp", ["Gdp"])) == "[GDP]与[gdp]"


def test_what_stands_in_a_text_is_text() -> None:
    assert _told(parts("<b>.*</b>", [".*"])) == "<b>[.*]</b>"


@given(st.text(), WORDS)
def test_the_parts_of_a_text_are_the_text(text: str, sought: list[str]) -> None:
    shown = parts(text, sought)
    assert "".join(part.text for part in shown) == text
    assert all(part.text for part in shown)


@given(st.text(max_size=400), WORDS)
def test_snippets_are_few_short_and_without_overlap(text: str, sought: list[str]) -> None:
    shown = snippets(text, sought)
    assert 1 <= len(shown) <= SNIPPETS
    assert sum(len(part.text) for one in shown for part in one) <= len(text)
    for one in shown:
        assert sum(len(part.text) for part in one) <= BEFORE + AFTER + 3


def test_a_snippet_shows_what_stands_around() -> None:
    body = "一" * 100 + "饮水\n安全" + "二" * 100
    ((before, found, after),) = snippets(body, ["饮水"])
    assert (before.text, found.text) == ("一" * BEFORE, "饮水")
    assert after.text == " 安全" + "二" * (AFTER - 3)


def test_without_the_words_a_snippet_is_the_beginning() -> None:
    assert snippets("正文" * 100, ["标题"]) == [
        [Part(text=("正文" * 100)[: BEFORE + AFTER], found=False)]
    ]
    assert snippets("", ["标题"]) == [[]]
