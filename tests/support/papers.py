"""Files of every kind, made small and by hand, clean and dangerous."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SECRET_PLACE = b"32.9170N 117.3890E"
PERSON = "张三，身份证号 110101199003074477"


def image(form: str = "JPEG", size: tuple[int, int] = (1200, 900), **options: Any) -> bytes:
    """An image with a red left half, so that a turn shows."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    stream = BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def photograph(size: tuple[int, int] = (1200, 900)) -> bytes:
    """A photograph taken with the camera on its side, that tells where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET_PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return image(size=size, exif=exif, comment=SECRET_PLACE, xmp=b"<x>" + SECRET_PLACE + b"</x>")


def noted_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Location", SECRET_PLACE.decode())
    return image("PNG", pnginfo=notes)


def moving_gif(frames: int = 3, size: tuple[int, int] = (1000, 50)) -> bytes:
    pictures = [Image.new("P", size, number) for number in range(frames)]
    for number, picture in enumerate(pictures):
        picture.putpalette([number * 40 % 256, 0, 0] * 256)
    stream = BytesIO()
    pictures[0].save(
        stream,
        "GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=120,
        loop=0,
        comment=b"x",
    )
    return stream.getvalue()


def bomb_png(side: int = 60_000) -> bytes:
    """A few bytes that claim to be an image of billions of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checked

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(*texts: str, catalog: str = "", page: str = "", more: tuple[str, ...] = ()) -> bytes:
    """A PDF with a page for each text; a page without one holds a line that is drawn."""
    pages = texts or ("text",)
    objects = [f"<</Type/Catalog/Pages 2 0 R{catalog}>>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for number, text in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "0 0 m 100 100 l S"
        font = "/Resources<</Font<</F1 3 0 R>>>>"
        contents = f"/Contents {5 + 2 * number} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{font}{contents}{page}>>")
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
    return _pdf([*objects, *more])


def scanned_pdf(number: str) -> bytes:
    """A PDF whose one page is a picture, with only its number as text."""
    picture = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    )
    resources = "/Resources<</Font<</F1 3 0 R>>/XObject<</I 6 0 R>>>>"
    drawn = f"q 595 0 0 842 0 0 cm /I Do Q BT /F1 12 Tf 72 20 Td ({number}) Tj ET"
    return _pdf(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[4 0 R]>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R{resources}>>",
            f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
            f"{picture}/Length 1>>\nstream\nx\nendstream",
        ]
    )


def pdf_hiding_a_script() -> bytes:
    """A PDF whose script stands in a compressed object stream, under an escaped name."""
    hidden = b"<</S/#4aavaScript/JS(app.alert\\(1\\))>>"
    packed = zlib.compress(b"6 0 " + hidden)
    objects: list[str | bytes] = [
        "<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
        + packed
        + b"\nendstream",
    ]
    body, places = _objects(objects)
    table = [(0, 0, 65535), *((1, place, 0) for place in places), (1, len(body), 0), (2, 4, 0)]
    rows = b"".join(struct.pack(">BIH", *row) for row in table)
    reference = (
        b"5 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(rows)
        + rows
        + b"\nendstream\nendobj\n"
    )
    return body + reference + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _objects(objects: list[str | bytes]) -> tuple[bytes, list[int]]:
    body, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        written = content.encode("latin-1") if isinstance(content, str) else content
        body += b"%d 0 obj\n" % number + written + b"\nendobj\n"
    return body, places


def _pdf(objects: list[str]) -> bytes:
    body, places = _objects([*objects])
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + rows
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\n" % size
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def packed(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def locked_zip() -> bytes:
    """An archive that says its one member is encrypted."""
    data = bytearray(packed({"a.txt": "a"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def docx(text: str = PERSON, **members: bytes | str) -> bytes:
    names = {name.replace("__", "/").replace("_DOT_", "."): each for name, each in members.items()}
    document = f"<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **names})


def xlsx(*rows: tuple[str | int, ...]) -> bytes:
    def cell(value: str | int) -> str:
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    filled = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    relation = f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
            "_rels/.rels": f'{relation} Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{relation} Type="{office}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{filled}'
            "</sheetData></worksheet>",
        }
    )


def ofd(text: str = PERSON) -> bytes:
    page = f'<ofd:Page><ofd:TextCode X="1" Y="2">{text}</ofd:TextCode></ofd:Page>'
    return packed({"OFD.xml": "<ofd:OFD/>", "Doc_0/Pages/Page_0/Content.xml": page})


def ole(*names: str) -> bytes:
    """An OLE compound file of which only the directory is real."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HH", header, 24, 0x3E, 3)
    struct.pack_into("<HHH", header, 28, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 68, 0xFFFFFFFE)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for name in ("Root Entry", *names):
        encoded = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(encoded)] = encoded
        struct.pack_into("<H", entry, 64, len(encoded) + 2)
        entry[66] = 2
        directory += bytes(entry)
    return bytes(header) + table + directory.ljust(512, b"\0")


WAV = b"RIFF\x24\0\0\0WAVEfmt " + bytes(100)
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(100)
QUICKTIME = b"\0\0\0\x14ftypqt  \0\0\2\0qt  " + bytes(100)
M4A = b"\0\0\0\x20ftypM4A \0\0\2\0M4A isom" + bytes(100)
HEIC = b"\0\0\0\x20ftypheic\0\0\2\0mif1heic" + bytes(100)
WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d") + bytes(100)
MATROSKA = (
    bytes.fromhex("1a45dfa3a34286810142f7810142f2810442f38108428288") + b"matroska" + bytes(99)
)
MP3 = b"\xff\xfb\x90\x00" + bytes(400)
TAGGED_MP3 = b"ID3\x03\0\0" + bytes(400)
AAC = b"\xff\xf1\x50\x80" + bytes(400)
