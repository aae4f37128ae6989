import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.bulk.line import LONGEST, named_files, parse, read, written
from shared.problem import Invalid
from tests.services.content.bulk.lines import COLUMN_LINES, SITE_LINE, file, item

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
MORE = {"interprets", "validity", "corrections", "waivers", "keywords"} | {
    "images",
    "attachments",
    "recordings",
    "links",
}
NAMING = item(
    2,
    images=[{"file": "a", "alt": ""}, {"file": "b"}],
    attachments=[{"file": "c", "title": "附件"}],
    recordings=[{"file": "d", "title": "录音", "transcript": "说。"}],
    links=[{"text": "蚌埠", "href": "https://www.bengbu.gov.cn/"}],
)
FILE = file("a.pdf", name="附件.pdf", sha256="0" * 64)
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


@pytest.mark.parametrize(
    "said", [SITE_LINE, *COLUMN_LINES, FILE, item(1), NAMING], ids=lambda said: said["id"]
)
def test_a_line_is_written_as_it_is_read(said: Any) -> None:
    assert json.loads(written(read(said))) == said


@given(st.sampled_from(["images", "attachments", "recordings"]), JSON)
def test_the_files_of_an_unread_item_are_made_out_whatever_it_says(field: str, value: Any) -> None:
    named = list(named_files({**item(1), field: value}))
    assert all(isinstance(one, str) for one in named)
    try:
        line = read({**item(1), field: value})
    except Invalid:
        return
    assert named == [legacy for _, legacy in line.files()]


def test_every_file_an_item_names_is_made_out_where_it_stands() -> None:
    assert list(read(NAMING).files()) == [
        ("/images/0/file", "a"),
        ("/images/1/file", "b"),
        ("/attachments/0/file", "c"),
        ("/recordings/0/file", "d"),
    ]
    assert list(named_files(NAMING)) == ["a", "b", "c", "d"]


PARTS = st.sampled_from(["a", "b.pdf", "..", ".", "", "/", "c\\d", "\x00", "。"])


@given(st.lists(PARTS, min_size=1, max_size=5))
def test_a_path_leads_down_or_is_refused(parts: list[str]) -> None:
    path = "/".join(parts)
    if set(path.split("/")) <= {"a", "b.pdf", "。"}:
        assert read(file("a.pdf", path=path)).called == parts[-1]
        return
    with pytest.raises(Invalid) as refused:
        read(file("a.pdf", path=path))
    assert codes(refused.value) <= {
        ("/path", "outside_folder"),
        ("/path", "untypeable"),
        ("/path", "string_too_short"),
    }
