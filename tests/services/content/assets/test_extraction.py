from io import BytesIO

import pytest

from services.content.assets.extraction import Extracted, extract
from services.content.assets.limits import limits
from shared.contracts.assets import AssetKind
from tests.support import papers

ID = "110101199003074477"
HEADER = f"<w:hdr><w:p><w:r><w:t>{ID}</w:t></w:r></w:p></w:hdr>"
DELETED = (
    "<w:comments><w:p><w:r><w:t xml:space='preserve'>甲 </w:t><w:t>乙&amp;丙</w:t></w:r></w:p>"
    "<w:p><w:del><w:r><w:delText>删去的人名</w:delText></w:r></w:del></w:p></w:comments>"
)
SLIDE = "<p:sld><a:p><a:r><a:t>汇报</a:t></a:r></a:p></p:sld>"
READ = {
    "pdf": (papers.pdf("one", f"id {ID}"), ["one", ID]),
    "docx": (papers.docx("正文", word__header1_DOT_xml=HEADER), ["正文", ID]),
    "xlsx": (papers.xlsx(("姓名", "证件"), ("张三", int(ID)), ("李四", ID)), ["名单", "张三", ID]),
    "pptx": (papers.packed({"ppt/slides/slide1.xml": SLIDE}), ["汇报"]),
    "ofd": (papers.ofd(), [ID]),
    "txt": (papers.PERSON.encode("gb18030"), [ID]),
    "csv": (papers.PERSON.encode(), [ID]),
    "zip": (papers.packed({"张三.docx": papers.docx("内容")}), ["张三.docx", "内容"]),
}


def read(kind: str, data: bytes, **figures: int) -> Extracted:
    bound = limits().document.model_copy(update=figures)
    return extract(AssetKind(kind), BytesIO(data), bound)


@pytest.mark.parametrize("kind", READ)
def test_the_text_of_every_kind_is_read_whole(kind: str) -> None:
    data, texts = READ[kind]
    found = read(kind, data)
    for text in texts:
        assert text in found.text
    assert found.complete


def test_comments_and_deleted_words_are_read_too() -> None:
    found = read("docx", papers.docx("正文", word__comments_DOT_xml=DELETED))
    assert "甲 乙&丙\n" in found.text
    assert "删去的人名" in found.text


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pdf", papers.pdf("one", "")),
        ("pdf", b"%PDF-1.5 nothing"),
        ("doc", papers.ole("WordDocument")),
        ("xls", papers.ole("Workbook")),
        ("docx", papers.docx("  ")),
        ("docx", b"PK"),
        ("zip", papers.packed({"a.txt": "文", "scan.jpg": papers.image()})),
    ],
)
def test_a_part_without_readable_text_is_told(kind: str, data: bytes) -> None:
    assert not read(kind, data).complete


def test_a_text_is_cut_at_the_limit_and_says_so() -> None:
    long = "一二三四五".encode()
    assert read("txt", long, most_characters=5) == ("一二三四五", True)
    assert read("txt", long, most_characters=4) == ("一二三四", False)


def test_rows_and_pages_beyond_the_limit_are_not_read_and_that_is_told() -> None:
    sheet = papers.xlsx(*[(f"row{n}",) for n in range(10)])
    found = read("xlsx", sheet, most_rows=3)
    assert ("row2" in found.text, "row3" in found.text, found.complete) == (True, False, False)
    assert read("xlsx", sheet, most_rows=10).complete
