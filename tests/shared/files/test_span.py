import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.files.span import OutsideFile, Span, span

SIZES = st.integers(1, 1000)


@given(SIZES, st.integers(0, 1200), st.integers(0, 1200))
def test_a_part_lies_within_the_file_and_begins_where_it_was_asked_to(
    size: int, first: int, last: int
) -> None:
    try:
        part = span(f"bytes={first}-{last}", size)
    except OutsideFile:
        assert first >= size
        return
    if part is None:
        assert last < first
    else:
        assert part == Span(first, min(size, last + 1))


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (None, None),
        ("bytes=5-", (5, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-30", (0, 10)),
        ("bytes=0-0", (0, 1)),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_what_is_asked_for_is_read_or_ignored(
    asked: str | None, part: tuple[int, int] | None
) -> None:
    assert span(asked, 10) == part


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_part_outside_the_file_is_refused_with_its_size(asked: str) -> None:
    with pytest.raises(OutsideFile) as refused:
        span(asked, 10)
    assert refused.value.headers == {"Content-Range": "bytes */10"}
