"""Which signs the bytes of a feed stand for; many are not in the encoding they name."""

import codecs
import re

LABEL = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{1,40})""")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
BEGINNING = 200
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\x00?\x00": "utf-16-le",
    b"\x00<\x00?": "utf-16-be",
}
# Whatever has one byte to a sign takes any body for its own, so none of those is believed.
BELIEVED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}


def decoded(body: bytes, content_type: str | None) -> str:
    """Return a feed as text, in the encoding it is in rather than the one it names."""
    marked = next((name for mark, name in MARKS.items() if body.startswith(mark)), None)
    header, label = CHARSET.search(content_type or ""), LABEL.search(body[:BEGINNING])
    told = [header[1] if header else "", label[1].decode() if label else ""]
    named = [BELIEVED[name.lower()] for name in told if name.lower() in BELIEVED]
    names = [marked] if marked else [*named, "utf-8", "gb18030"]
    for name in names:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode(names[0], errors="replace")
