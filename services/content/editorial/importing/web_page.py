"""Reading pasted HTML, that of Word and WPS above all, into paragraphs, pictures and links."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.content.editorial.document import INVISIBLE
from services.content.editorial.importing import tables
from services.content.editorial.importing.appearance import Look, hides, look
from services.content.editorial.importing.elements import elements
from services.content.editorial.importing.material import Material
from services.content.editorial.importing.nesting import check_nesting
from shared.contracts.document import ImageSeen, LinkSeen, Paragraph

BLOCKS = elements("blocks")
EMBEDDED = elements("embedded")
UNREAD = elements("unread")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
OUTLINE_LEVEL = re.compile(r"mso-outline-level\s*:\s*([1-6])")
HEADING_CLASS = re.compile(r"\bMso(?:Title|Heading([1-6]))\b")
OFFICE_COMMENT = re.compile(r"\s*(?:\[(?:if|endif)|(?:Start|End)Fragment)", re.IGNORECASE)
CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
# Word breaks its source lines anywhere between two characters; nobody typed a space there.
WRAPPED = re.compile(rf"(?<=[{CJK}])[ \t\r]*\n[ \t\r\n]*(?=[{CJK}])")
BLANKS = re.compile(r"[ \t\r\n\f\x0b\x1c-\x1f\x85\xa0\u2028\u2029]+")
BREAK = "\x00"
MOST_RULES = 300
# Others, such as :nth-child, may take the square of the page to find what they select.
SWIFT_SELECTOR = re.compile(r"[\w.#-]{1,100}(?:\s*[ >]\s*[\w.#-]{1,100}){0,2}")
LONGEST_ADDRESS = 2_000
BULLET = "• "
Visit = LexborNode | Callable[[], None]


def read_html(markup: str) -> Material:
    """Read what a person would see of a page; what is left behind is told in the findings."""
    check_nesting(markup)
    tree = LexborHTMLParser(markup)
    material = Material()
    for code, selector in (
        ("import.script", "script"),
        ("import.style", "style, link[rel=stylesheet]"),
    ):
        if found := len(tree.css(selector)):
            material.drop(code, times=found)
    if tree.body is not None:
        Reader(material, unseen(tree)).read(tree.body, Look())
    return material


def unseen(tree: LexborHTMLParser) -> frozenset[int]:
    """Return the elements that a rule of the page's own style sheets keeps from being seen."""
    sheets = "\n".join(sheet.text() for sheet in tree.css("style"))
    rules = (rule.rpartition("{")[::2] for rule in sheets.split("}"))
    hiding = [
        each for selectors, said in rules if hides(said.lower()) for each in selectors.split(",")
    ]
    swift = [each.strip() for each in hiding if SWIFT_SELECTOR.fullmatch(each.strip())]
    found: set[int] = set()
    for selector in swift[:MOST_RULES]:
        try:
            found.update(node.mem_id for node in tree.css(selector))
        except (SelectolaxError, ValueError):
            continue  # a selector nobody knows selects nothing
    return frozenset(found)


class Reader:
    """Walks a page in reading order, without recursion, and writes its lines into a material."""

    def __init__(self, material: Material, hidden: frozenset[int]) -> None:
        self._material = material
        self._hidden = hidden
        self._pieces: list[str] = []
        self._level: int | None = None
        self._marker = ""
        self._items: Counter[int] = Counter()
        self._waiting: list[tuple[Visit, Look]] = []

    def read(self, root: LexborNode, inherited: Look) -> None:
        """Write everything a person would see below `root`."""
        self._enter(root, inherited)
        while self._waiting:
            visit, here = self._waiting.pop()
            if callable(visit):
                visit()
            elif visit.is_text_node:
                self._pieces.append(visit.text_content or "")
            elif visit.is_comment_node:
                self._comment(visit.comment_content or "")
            elif visit.is_element_node:
                self._visit(visit, here)
        self._end_line()

    def _enter(self, node: LexborNode, here: Look) -> None:
        children = []
        child = node.first_child
        while child is not None:
            children.append((child, here))
            child = child.next
        self._waiting.extend(reversed(children))

    def _then(self, act: Callable[[], None]) -> None:
        """Carry out `act` once everything entered from now on has been read."""
        self._waiting.append((act, Look()))

    def _visit(self, node: LexborNode, inherited: Look) -> None:
        tag, attributes = node.tag or "", node.attributes
        here = look(tag, attributes, inherited)
        if tag in UNREAD:
            return
        if here.gone or node.mem_id in self._hidden:
            self._drop_unseen(node)
        elif tag in EMBEDDED:
            self._material.drop("import.embedded", attributes.get("src") or tag)
        elif tag == "del":
            self._material.drop("import.tracked_changes", node.text())
        elif tag == "a" and here.blends_in and attributes.get("href"):
            self._material.drop("links.hidden", attributes["href"] or "")
        else:
            self._show(tag, node, attributes, here)

    def _show(
        self, tag: str, node: LexborNode, attributes: Mapping[str, str | None], here: Look
    ) -> None:
        if tag in BLOCKS:
            self._end_line()
            self._then(self._end_line)
        if tag == "br":
            self._pieces.append(BREAK)
        elif tag == "img":
            self._image(attributes)
        elif tag == "table" and self._table(node, here):
            return
        elif tag == "li":
            self._marker = self._bullet(node)
        elif tag == "a":
            self._link(attributes)
        elif tag == "ins":
            self._material.drop("import.tracked_changes", node.text())
        elif tag == "pre":
            self._pre(node)
            return
        if tag in BLOCKS:
            self._level = _level(tag, attributes) or self._level
        self._enter(node, here)

    def _end_line(self) -> None:
        joined, self._pieces = _run_on(self._pieces), []
        for line in joined.split(BREAK):
            self._write(line)
        self._level = None

    def _write(self, line: str) -> None:
        if text := INVISIBLE.sub("", line).strip():
            marked, self._marker = self._marker + text, ""
            self._material.paragraphs.append(Paragraph(text=marked, level=self._level))

    def _pre(self, node: LexborNode) -> None:
        for line in node.text().splitlines():
            self._write(line)

    def _comment(self, content: str) -> None:
        if content.strip() and not OFFICE_COMMENT.match(content):
            self._material.drop("import.comment", content)

    def _image(self, attributes: Mapping[str, str | None]) -> None:
        if source := (attributes.get("src") or "").strip():
            alt = attributes["alt"] or "" if "alt" in attributes else None
            self._material.images.append(ImageSeen(source=_address(source), alt=alt))

    def _link(self, attributes: Mapping[str, str | None]) -> None:
        href = (attributes.get("href") or "").strip()
        if not href or href.startswith("#"):
            return
        begin = len(self._pieces)

        def list_link() -> None:
            text = _run_on(self._pieces[begin:]).replace(BREAK, " ").strip()
            self._material.links.append(LinkSeen(text=text, href=_address(href)))

        self._then(list_link)

    def _bullet(self, node: LexborNode) -> str:
        around = node.parent
        if around is None or around.tag != "ol":
            return BULLET
        first = (around.attributes.get("start") or "1").strip()
        self._items[around.mem_id] += 1
        begin = int(first) if first.isascii() and first.isdecimal() and len(first) < 6 else 1  # noqa: PLR2004  # more is no count
        return f"{begin + self._items[around.mem_id] - 1}. "

    def _drop_unseen(self, node: LexborNode) -> None:
        links = [node] if node.tag == "a" else []
        links += [link for link in node.css("a[href]") if link.mem_id != node.mem_id]
        for link in links:
            self._material.drop("links.hidden", link.attributes.get("href") or "")
        if not links and node.text().strip():
            self._material.drop("import.hidden_text", node.text())

    def _table(self, node: LexborNode, here: Look) -> bool:
        """Write a table that is one; return whether it was, rather than the layout of a page."""
        inside = [each for each in node.css("table") if each.mem_id != node.mem_id]
        if inside:
            return False
        apart = Material()
        rows = [[self._cell(cell, here, apart) for cell in _cells(row)] for row in node.css("tr")]
        rows = [row for row in rows if any(cell.lines for cell in row)]
        use = tables.use(rows)
        if use is tables.Use.LAYOUT:
            return False
        if use is tables.Use.COMPLEX:
            self._material.drop("import.complex_table", tables.lines(rows)[0])
            return True
        self._material.paragraphs += [Paragraph(text=line) for line in tables.lines(rows)]
        self._material.images += apart.images
        self._material.links += apart.links
        for code, shown in apart.dropped.items():
            self._material.dropped.setdefault(code, []).extend(shown)
        return True

    def _cell(self, node: LexborNode, here: Look, apart: Material) -> tables.Cell:
        begin = len(apart.paragraphs)
        Reader(apart, self._hidden).read(node, look("td", node.attributes, here))
        spans = any(
            (node.attributes.get(name) or "1").strip() not in {"", "0", "1"}
            for name in ("colspan", "rowspan")
        )
        return tables.Cell([each.text for each in apart.paragraphs[begin:]], spans)


def _run_on(pieces: Sequence[str]) -> str:
    """Return text as it runs on the page, whatever the lines of its source."""
    return BLANKS.sub(" ", WRAPPED.sub("", "".join(pieces)))


def _cells(row: LexborNode) -> Iterable[LexborNode]:
    cell = row.first_child
    while cell is not None:
        if cell.tag in {"td", "th"}:
            yield cell
        cell = cell.next


def _level(tag: str, attributes: Mapping[str, str | None]) -> int | None:
    """Return the level of a heading, also of Word's, which are paragraphs."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    if outline := OUTLINE_LEVEL.search(attributes.get("style") or ""):
        return int(outline[1])
    named = HEADING_CLASS.search(attributes.get("class") or "")
    return int(named[1] or 1) if named else None


def _address(address: str) -> str:
    """Return an address without what it embeds, and without the folders of somebody's machine."""
    if address[:5].lower() == "data:":
        return address.partition(",")[0][:100]
    if address[:5].lower() == "file:":
        return re.split(r"[/\\]", address)[-1]
    return address[:LONGEST_ADDRESS]
