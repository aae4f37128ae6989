import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.files.form import LONGEST_NAME, FormReader, UnreadableForm, file_name

TYPE = "multipart/form-data; boundary=xyz"
SITE = b'--xyz\r\nContent-Disposition: form-data; name="site_code"\r\n\r\n3403000006\r\n'


def file(content: bytes, told: str = 'name="file"; filename="a.pdf"') -> bytes:
    return f"--xyz\r\nContent-Disposition: form-data; {told}\r\n\r\n".encode() + content + b"\r\n"


END = b"--xyz--\r\n"


@given(st.binary(max_size=300), st.integers(1, 40))
def test_a_file_comes_out_as_it_went_in_however_it_is_cut(content: bytes, step: int) -> None:
    body = SITE + file(content) + END
    reader = FormReader(TYPE)
    pieces = [reader.feed(body[at : at + step]) for at in range(0, len(body), step)]
    assert b"".join(piece for some in pieces for piece in some) == content
    assert (reader.fields, reader.name, reader.complete) == (
        {"site_code": "3403000006"},
        "a.pdf",
        True,
    )


@pytest.mark.parametrize(
    "body",
    [
        SITE + END,
        SITE + file(b"x"),
        SITE + file(b"x", 'name="other"; filename="a.pdf"') + END,
        SITE + file(b"x", 'name="file"; filename=""') + END,
        SITE + file(b"x") + file(b"y") + END,
        SITE + file(b"x") + SITE + END,
        SITE * 11 + file(b"x") + END,
        file(b"x" * 2000, 'name="site_code"') + END,
        b"no form at all",
    ],
)
def test_a_body_that_is_no_form_of_fields_and_then_one_file_is_not_taken(body: bytes) -> None:
    reader = FormReader(TYPE)
    try:
        reader.feed(body)
    except UnreadableForm:
        return
    assert not reader.complete


@pytest.mark.parametrize(
    "kind", ["", "application/json", "multipart/form-data", "text/plain; boundary=x"]
)
def test_a_body_of_another_type_is_refused(kind: str) -> None:
    with pytest.raises(UnreadableForm):
        FormReader(kind)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("年报.pdf", "年报.pdf"),
        ("C:\\Users\\张三\\年报.pdf", "年报.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nX: y.pdf", "aX: y.pdf"),
        ("...", ""),
        ("长" * 300 + ".docx", "长" * (LONGEST_NAME - 16) + ".docx"),
    ],
)
def test_a_name_is_one_line_without_folders_or_tricks(given: str, shown: str) -> None:
    assert file_name(given) == shown


def test_a_name_in_the_form_of_rfc_5987_is_read() -> None:
    reader = FormReader(TYPE)
    told = "name=\"file\"; filename*=utf-8''%E5%B9%B4%E6%8A%A5.pdf"
    reader.feed(SITE + file(b"", told) + END)
    assert reader.name == "年报.pdf"
