import zipfile
from io import BytesIO

import pytest

from shared.contracts.assets import AssetKind
from shared.files.extraction import Extracted, extract
from shared.files.limits import limits
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


SHEET = papers.xlsx(("甲", 1))
CHART = "<c:chart><c:cat><c:pt><c:v>图中人名</c:v></c:pt></c:cat></c:chart>"
BOX = "<xdr:sp><a:p><a:r><a:t>框中人名</a:t></a:r></a:p></xdr:sp>"
PIVOT = '<pivotCacheDefinition><sharedItems><s v="表中人名"/></sharedItems></pivotCacheDefinition>'
MARGIN = (
    "<worksheet><headerFooter><oddHeader>&amp;C页眉人名</oddHeader></headerFooter></worksheet>"
)
FILLED = (
    "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Filled Name)/Rect[0 0 9 9]>>",
    "<</Type/Annot/Subtype/Text/Contents(Remarked Name)/Rect[0 0 9 9]>>",
)


def more(data: bytes, **members: bytes | str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return papers.packed({**old, **members})


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        ("docx", more(papers.docx(), **{"word/charts/chart1.xml": CHART}), "图中人名"),
        ("docx", more(papers.docx(), **{"word/embeddings/a.xlsx": READ["xlsx"][0]}), ID),
        ("docx", more(papers.docx(), **{"docProps/core.xml": "<p><c>作者名</c></p>"}), "作者名"),
        ("docx", papers.docx("11010119900<!-- -->307<![CDATA[44]]>77"), ID),
        ("xlsx", more(SHEET, **{"xl/drawings/drawing1.xml": BOX}), "框中人名"),
        ("xlsx", more(SHEET, **{"xl/comments1.xml": "<c><text><t>批注</t></text></c>"}), "批注"),
        ("xlsx", more(SHEET, **{"xl/pivotCache/pivotCacheDefinition1.xml": PIVOT}), "表中人名"),
        ("xlsx", more(SHEET, **{"xl/worksheets/sheet9.xml": MARGIN}), "页眉人名"),
        ("pdf", papers.pdf("one", page="/Annots[6 0 R 7 0 R]", more=FILLED), "Filled Name"),
        ("pdf", papers.pdf("one", page="/Annots[6 0 R 7 0 R]", more=FILLED), "Remarked Name"),
    ],
)
def test_what_stands_beside_the_pages_and_cells_is_read_too(
    kind: str, data: bytes, text: str
) -> None:
    found = read(kind, data)
    assert text in found.text
    assert found.complete


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("docx", more(papers.docx("扫描件"), **{"word/media/image1.jpeg": papers.image()})),
        ("docx", more(papers.docx(""), **{"docProps/core.xml": "<p><c>作者名</c></p>"})),
        ("docx", more(papers.docx(), **{"word/afchunk1.htm": "<p>张三</p>"})),
        ("docx", more(papers.docx(), **{"word/header1.xml": "<w:hdr>"})),
        ("pdf", papers.scanned_pdf("1")),
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
