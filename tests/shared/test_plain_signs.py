from hypothesis import given
from hypothesis import strategies as st

from shared.plain_signs import INVISIBLE, plain, seen


@given(st.text())
def test_every_sign_keeps_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_signs_that_are_read_alike_become_one() -> None:
    assert plain("ＡＢ１２　–−٣𝟒Х") == "AB12 --34X"
    assert plain("路灯不亮——①") == "路灯不亮——①"


@given(st.text(st.sampled_from("市1 \n\u200b\xad\ufeff")), st.data())
def test_what_is_seen_can_be_traced_back(text: str, data: st.DataObject) -> None:
    read = seen(text)
    assert not INVISIBLE.search(read.text)
    if read.text:
        start = data.draw(st.integers(0, len(read.text) - 1))
        end = data.draw(st.integers(start + 1, len(read.text)))
        begins, ends = read.span(start, end)
        assert INVISIBLE.sub("", text[begins:ends]) == read.text[start:end]
        assert text[begins] == read.text[start]
