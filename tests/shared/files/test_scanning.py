from io import BytesIO
from itertools import pairwise

import pytest

from shared.contracts.assets import AssetKind, RefusalReason
from shared.files import compound
from shared.files.kind import rules
from shared.files.limits import MIB
from shared.files.scanning import ADVICE, scan
from tests.support import papers

LAUNCH = "/OpenAction<</S/Launch/F(cmd.exe)>>"
TEMPLATE = (
    '<Relationships><Relationship Type="x/attachedTemplate" Target="{}"'
    ' TargetMode="External"/></Relationships>'
).format
REMOTE, OWN = TEMPLATE("http://evil/x.dotm"), TEMPLATE(r"file:///C:\Users\x\Normal.dotm")
CLEAN = {
    "a.jpg": (papers.photograph(), "jpeg"),
    "a.gif": (papers.moving_gif(), "gif"),
    "a.pdf": (papers.pdf("hello"), "pdf"),
    "a.docx": (papers.docx(), "docx"),
    "b.docx": (papers.docx(word___rels__settings_DOT_xml_DOT_rels=OWN), "docx"),
    "c.docx": (
        papers.docx(word__embeddings__oleObject1_DOT_bin=papers.ole("Equation Native")),
        "docx",
    ),
    "a.xlsx": (papers.xlsx(("a", 1)), "xlsx"),
    "a.ofd": (papers.ofd(), "ofd"),
    "a.doc": (papers.ole("WordDocument", "1Table"), "doc"),
    "a.wps": (papers.ole("WordDocument"), "doc"),
    "a.xls": (papers.ole("Workbook"), "xls"),
    "a.ppt": (papers.ole("PowerPoint Document"), "ppt"),
    "a.txt": ("一、总体要求，二、任务".encode(), "txt"),
    "a.csv": ("姓名,单位\n张三,办公室\n".encode("gb18030"), "csv"),
    "a.zip": (papers.packed({"名单.xlsx": papers.xlsx(("a",)), "a/b.txt": "文"}), "zip"),
    "a.mp4": (papers.MP4, "mp4"),
}
DANGEROUS = {
    "virus": ("a.txt", papers.EICAR),
    "virus in an archive": ("a.zip", papers.packed({"a.txt": papers.EICAR})),
    "macros": ("a.docx", papers.docx(word__vbaProject_DOT_bin=b"x")),
    "macros of old": ("a.doc", papers.ole("WordDocument", "Macros")),
    "macros in an archive": ("a.zip", papers.packed({"a.xls": papers.ole("Book", "VBA")})),
    "script": ("a.pdf", papers.pdf(catalog="/OpenAction<</S/JavaScript/JS(x)>>")),
    "script, hidden": ("a.pdf", papers.pdf_hiding_a_script()),
    "launch": ("a.pdf", papers.pdf(catalog=LAUNCH)),
    "embedded_file": ("a.pdf", papers.pdf(catalog="/Names<</EmbeddedFiles<</Names[]>>>>")),
    "remote_template": ("a.docx", papers.docx(word___rels__settings_DOT_xml_DOT_rels=REMOTE)),
    "embedded_file in a document": (
        "a.docx",
        papers.docx(word__embeddings__oleObject1_DOT_bin=papers.ole("\x01Ole10Native")),
    ),
    "macros in a document within": (
        "a.docx",
        papers.docx(word__embeddings__a_DOT_docx=papers.docx(word__vbaProject_DOT_bin=b"macros")),
    ),
    "unaccepted_kind in a document": (
        "a.docx",
        papers.docx(word__embeddings__a_DOT_exe=b"MZ" + bytes(200)),
    ),
    "encrypted": ("a.zip", papers.locked_zip()),
    "encrypted office": ("a.docx", papers.ole("EncryptedPackage", "EncryptionInfo")),
    "nested_archive": ("a.zip", papers.packed({"b.zip": papers.packed({"a.txt": "a"})})),
    "bomb": ("a.zip", papers.packed({"a.txt": bytes(8 * MIB)})),
    "bomb in a document": ("a.docx", papers.docx(word__media_DOT_bin=bytes(8 * MIB))),
    "bomb of members": ("a.zip", papers.packed({f"{n}.txt": "a" for n in range(5001)})),
    "unaccepted_kind": ("a.zip", papers.packed({"setup.exe": b"MZ" + bytes(200)})),
    "unaccepted_kind of old": ("a.doc", papers.ole("__properties_version1.0")),
    "other_extension": ("a.docx", papers.xlsx(("a",))),
    "other_extension in an archive": ("a.zip", papers.packed({"a.pdf": papers.image()})),
    "too_many_pixels": ("a.png", papers.bomb_png()),
    "too_many_pixels, too wide": ("a.png", papers.image("PNG", (16384, 1))),
    "too_many_frames": ("a.gif", papers.moving_gif(301, (2, 2))),
    "unreadable": ("a.pdf", b"%PDF-1.5\nnothing at all"),
    "unreadable archive": ("a.docx", papers.docx()[:-30]),
    "unreadable image": ("a.png", papers.image("PNG")[:20]),
    "unreadable text": ("a.txt", b"a" * 5000 + b"\xff\xff\xff"),
    "unreadable of old": ("a.doc", papers.ole("WordDocument")[:600]),
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_file_passes_as_what_it_is(name: str) -> None:
    data, kind = CLEAN[name]
    found = scan(name, len(data), BytesIO(data))
    assert (found.kind, found.dangers) == (kind, [])


@pytest.mark.parametrize("case", DANGEROUS)
def test_a_dangerous_file_is_told_with_its_reason(case: str) -> None:
    name, data = DANGEROUS[case]
    reason = case.split(maxsplit=1)[0].rstrip(",")
    assert reason in scan(name, len(data), BytesIO(data)).dangers


def test_everything_wrong_is_told_at_once() -> None:
    data = papers.packed({"a.pdf": papers.pdf(catalog=LAUNCH), "b.txt": papers.EICAR})
    assert set(scan("a.docx", len(data), BytesIO(data)).dangers) == {
        RefusalReason.LAUNCH,
        RefusalReason.VIRUS,
        RefusalReason.OTHER_EXTENSION,
    }


def test_a_file_larger_than_its_own_kind_may_be_is_refused() -> None:
    data = papers.docx()
    most = rules()[AssetKind.DOCX].most_bytes
    assert scan("a.docx", most, BytesIO(data)).dangers == []
    assert scan("a.docx", most + 1, BytesIO(data)).dangers == [RefusalReason.TOO_LARGE]


def test_an_image_on_its_side_is_measured_upright() -> None:
    data = papers.photograph((1200, 900))
    found = scan("a.jpg", len(data), BytesIO(data))
    assert (found.width, found.height) == (900, 1200)


def test_the_virus_is_found_across_the_blocks_a_file_is_read_in() -> None:
    for before in (MIB - 30, MIB - 68, MIB):
        data = b"a" * before + papers.EICAR
        assert RefusalReason.VIRUS in scan("a.txt", len(data), BytesIO(data)).dangers


def test_no_damage_to_a_compound_file_brings_its_reader_down() -> None:
    whole = papers.ole("WordDocument", "Macros")
    for start, end in pairwise(range(0, len(whole), 7)):
        data = whole[:start] + bytes(byte ^ 0xFF for byte in whole[start:end]) + whole[end:]
        try:
            compound.names(BytesIO(data))
        except compound.NotCompound:
            continue


def test_every_reason_can_be_told_to_a_person() -> None:
    assert ADVICE.keys() == set(RefusalReason)
