import pytest

from services.content.lexicons.table import UnreadableTable, read_table
from shared.problem import Invalid

TABLE = "词语,正确写法,级别,说明,例外\n帐户,账户,提示,,\n登陆,登录,阻断,指网络,登陆艇|抢滩登陆\n\n"
ENTRIES = [
    {"word": "帐户", "right": "账户", "severity": "warning"},
    {
        "word": "登陆",
        "right": "登录",
        "severity": "blocking",
        "note": "指网络",
        "exceptions": ["登陆艇", "抢滩登陆"],
    },
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_as_spreadsheets_save_it(encoding: str) -> None:
    assert read_table(TABLE.replace("\n", "\r\n").encode(encoding)) == ENTRIES


def test_english_names_and_severities_serve_too() -> None:
    assert read_table(b"word,severity\nab,blocking\n") == [{"word": "ab", "severity": "blocking"}]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xff\xff", "说明\n无".encode(), b'word\n"open', b"PK\x03\x04"]
)
def test_what_is_no_table_of_words_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableTable):
        read_table(content)


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        read_table("词语,备用\n帐户,账户\n".encode())
    assert "备用" in refused.value.members["faults"][0]["detail"]
