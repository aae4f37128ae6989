from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from services.content.editorial.importing.word import (
    LARGEST_XML,
    DocumentFileTooLarge,
    UnreadableFile,
    read_word,
)
from tests.factories.word import SPACE, docx, paragraph


def test_a_document_is_read_with_its_title_and_tables() -> None:
    styles = (
        f'<w:styles {SPACE}><w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/>'
        "</w:style></w:styles>"
    )
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("单位", "电话"))
    content = docx(
        paragraph("关于防汛工作的通知", style="a3"),
        paragraph("各部门：请照办。"),
        f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>",
        styles=styles,
    )
    material, marks = read_word(content)
    assert material.text == "关于防汛工作的通知\n各部门：请照办。\n单位\t电话"
    assert material.paragraphs[0].level == 1
    assert (marks, list(material.findings())) == ([], [])


def test_tracked_changes_count_as_accepted_and_are_told() -> None:
    inserted = '<w:ins w:id="1" w:author="甲"><w:r><w:t>新</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    comments = f'<w:comments {SPACE}><w:comment w:id="0"><w:p/></w:comment></w:comments>'
    material, _ = read_word(docx(paragraph("文", inside=inserted + deleted), comments=comments))
    assert material.text == "文新"
    found = {finding.code: finding.count for finding in material.findings()}
    assert found == {"import.tracked_changes": 2, "import.comment": 1}


def test_numbers_word_counts_itself_are_written_out_and_told() -> None:
    numbering = (
        f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="chineseCounting"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbered = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    item = f"{numbered}<w:r><w:t>加强值守</w:t></w:r></w:p>"
    material, _ = read_word(docx(item, item, numbering=numbering))
    assert material.text == "1. 加强值守\n2. 加强值守"
    assert {each.code: each.count for each in material.findings()} == {"import.numbering": 2}


def test_a_mark_in_the_margin_is_not_lost_with_it() -> None:
    header = f"<w:hdr {SPACE}>{paragraph('机密★1年')}</w:hdr>"
    footer = f"<w:ftr {SPACE}>{paragraph('第 1 页 共 3 页')}</w:ftr>"
    material, marks = read_word(docx(paragraph("文"), header1=header, footer1=footer))
    assert [mark.code for mark in marks] == ["secrecy.grade"]
    assert [finding.code for finding in material.findings()] == ["import.page_margin"]


def archive(**files: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0" * 100,
        archive(other="x"),
        archive(**{"word/document.xml": "<w:document"}),
        docx(paragraph("文"))[:-40],
        docx(*["<w:p>" * 3000, "</w:p>" * 3000]),
        archive(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    ],
    ids=range(8),
)
def test_what_is_no_sound_document_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_word(content)


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked() -> None:
    bomb = docx(paragraph("文"), header1=" " * (LARGEST_XML + 1))
    assert len(bomb) < 50_000
    with pytest.raises(DocumentFileTooLarge):
        read_word(bomb)
