import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.bulk.line import LONGEST, parse, read, written
from shared.problem import Invalid
from tests.services.content.bulk.lines import COLUMN_LINES, SITE_LINE, item

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
MORE = {"interprets", "validity", "corrections", "waivers", "keywords"}
FIELDS = sorted({*item(1)} - {"type"} | MORE)


def codes(refused: Invalid) -> set[tuple[str, str]]:
    return {(fault["pointer"], fault["code"]) for fault in refused.members["faults"]}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "json_invalid"),
        (b"{", "json_invalid"),
        (b'{"type": "item", "title": "\x00"}', "json_invalid"),
        (b"\xff\xfe", "json_invalid"),
        (b"[" * 100_000, "json_invalid"),
        (b"[]", "dict_type"),
        (b"{}", "unknown_type"),
        (b'{"type": []}', "unknown_type"),
        (b'{"type": "page"}', "unknown_type"),
        (b'{"type": "attachment", "path": "a.pdf"}', "attachment_not_taken"),
        (b" " * (LONGEST + 1), "line_too_long"),
    ],
    ids=lambda value: str(value[:20]),
)
def test_what_is_no_line_is_refused_by_name(raw: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(raw)
    assert {one for _, one in codes(refused.value)} == {code}


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_stands_in_a_file_is_a_line_or_refused(raw: bytes) -> None:
    try:
        said = parse(raw)
    except Invalid:
        return
    with pytest.raises(Invalid):
        read({**said, "no such field": 1})


@given(st.sampled_from(FIELDS), JSON)
def test_any_value_in_any_field_is_taken_or_refused_there(field: str, value: Any) -> None:
    try:
        line = read({**item(1), field: value})
    except Invalid as refused:
        pointers = {pointer for pointer, _ in codes(refused)}
    else:
        pointers = set()
        assert read(json.loads(written(line))) == line
    assert all(pointer.startswith(f"/{field}") for pointer in pointers)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        read({**item(1, kind="essay", title="两\n行", column=7), "topic_id": None})
    assert codes(refused.value) == {
        ("/kind", "enum"),
        ("/title", "several_lines"),
        ("/column", "string_type"),
        ("/topic_id", "extra_forbidden"),
    }


@pytest.mark.parametrize("said", [SITE_LINE, *COLUMN_LINES, item(1)], ids=lambda said: said["id"])
def test_a_line_is_written_as_it_is_read(said: Any) -> None:
    assert json.loads(written(read(said))) == said
