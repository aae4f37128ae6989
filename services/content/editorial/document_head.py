"""What stands above a document's text: its title, its number and whom it addresses."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from services.content.editorial.page_chrome import is_labelled

SHORTEST_TITLE = 6
TITLE_LINES = 4
ADDRESSEE_LINES = 6
GENRE = (
    "(?:意见|通知|决定|公告|通告|公示|办法|规定|细则|规则|方案|批复|函|报告|纪要|命令|令|决议|公报|"
    "通报|议案|请示|规划|计划|条例|预案|指南|要点|解读|章程|制度|标准|目录|清单|说明)"
)
TITLE = re.compile(
    rf"(?P<title>.*?{GENRE}(?:\s?[(（][^()（）]{{1,20}}[)）])?)(?:\s*[-_|—].{{2,40}})?"
)
ORGAN = re.compile(
    "[\u4e00-\u9fff、 ]{1,60}(?:政府|办公室|办公厅|委员会|[局厅委部院会]|中心|总队|支队)"
)
NUMBER = re.compile(
    r"(?:^|(?:发文字号|发文号|文\s*号)\s*:\s*)\(?"
    r"(?P<organ>[\u4e00-\u9fff]{2,20}?)\s*[〔\[(【]\s*(?P<year>\d{4})\s*[〕\])】]"
    r"\s*(?:第\s*)?(?P<serial>\d{1,5})\s*号(?=\)?$|\s)"
)
ADDRESSEES = re.compile(
    r"(?!附件|[一二三四五六七八九十]+、|[(（\d])[^。；;！!？?]{2,300}(?<!如下)(?<!以下)[:：]"
)
ADDRESSED = re.compile(
    "^各|政府|部门|单位|机构|委员会|管委会|办公室|办公厅|公司|企业|银行|学校|医院|街道|乡镇|协会|中心|"
    "代表|同志|市民|居民|业主|朋友|[局厅委办院](?=[、,，:：])"
)


class Head(NamedTuple):
    """The parts above the text, and the line on which the text begins."""

    title: str | None
    doc_no: str | None
    addressees: str | None
    text_begins: int


def read_head(lines: Sequence[str]) -> Head:
    """Find title, number and addressees; the addressees' line already belongs to the text."""
    first, addressees = _addressees(lines)
    above = lines[: first if addressees else _first_sentence(lines)]
    titled, title = _title(above)
    numbered, doc_no = _number(above)
    begin = first if addressees else max(titled, numbered) + 1
    while not addressees and begin < len(lines) and is_labelled(lines[begin]):
        begin += 1
    return Head(title, doc_no, addressees, begin)


def is_organ(line: str) -> bool:
    """Tell whether a line is nothing but the name of an organ."""
    return ORGAN.fullmatch(line) is not None


def _first_sentence(lines: Sequence[str]) -> int:
    return next((place for place, line in enumerate(lines) if "。" in line), len(lines))


def _addressees(lines: Sequence[str]) -> tuple[int, str | None]:
    """Return the line on which the addressees begin, and all of them in one line."""
    for last in range(_first_sentence(lines)):
        first = last
        while first > max(0, last - ADDRESSEE_LINES) and lines[first - 1].endswith(
            ("、", "，", ",")
        ):
            first -= 1
        line = "".join(lines[first : last + 1])
        if ADDRESSEES.fullmatch(line) and ADDRESSED.search(line) and not is_labelled(line):
            return first, line[:-1]
    return 0, None


def _number(lines: Sequence[str]) -> tuple[int, str | None]:
    for place, line in enumerate(lines):
        # Compatibility forms fold the full-width digits and brackets into plain ones.
        if number := NUMBER.search(unicodedata.normalize("NFKC", line)):
            return place, f"{number['organ']}〔{number['year']}〕{int(number['serial'])}号"
    return -1, None


def _title(lines: Sequence[str]) -> tuple[int, str | None]:
    """Return the last line of the title and its text: rather one that says 关于 what."""
    found = [
        (place, _joined(lines, place, match["title"]))
        for place, line in enumerate(lines)
        if (match := _title_end(lines, place)) and not is_labelled(line)
    ]
    about = [(place, title) for place, title in found if "关于" in title]
    if about:
        # A page repeats its title; the text follows the last time it stands.
        return max((place, title) for place, title in about if title == about[0][1])
    named = [(place, title) for place, title in found if len(title) >= SHORTEST_TITLE]
    others = [(place, line) for place, line in enumerate(lines) if not is_labelled(line)]
    return max(named or others, key=lambda line: len(line[1]), default=(-1, None))


def _title_end(lines: Sequence[str], place: int) -> re.Match[str] | None:
    """Match a line that ends a title, unless the next one goes on with 的通知."""
    goes_on = place + 1 < len(lines) and lines[place + 1].startswith("的")
    return None if goes_on else TITLE.fullmatch(lines[place])


def _joined(lines: Sequence[str], last: int, title: str) -> str:
    """Join a title that was set in several lines, and the organ above it that opens it."""
    first, joined = last, title
    while "关于" not in joined and first and last - first < TITLE_LINES:
        first -= 1
        joined = lines[first] + joined
    if "关于" not in joined or any(_title_end(lines, place) for place in range(first, last)):
        return title
    if joined.startswith("关于") and first and is_organ(lines[first - 1]):
        return lines[first - 1] + joined
    return joined
