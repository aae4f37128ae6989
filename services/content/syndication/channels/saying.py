"""What a post says: a template filled from an item, cut to the platform's limits."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from math import ceil
from string import Template
from typing import NamedTuple

from services.content.syndication.channels.platform import Platform, figures
from shared.problem import Fault

CUT = "…"
# What gives way first; the link never does.
GIVES_WAY = ("text", "summary", "title", "source", "site")
PLACES = frozenset({*GIVES_WAY, "link"})
FULL_WIDTH = str.maketrans({"#": "＃", "@": "＠"})
Measure = Callable[[str], int]


class Matter(NamedTuple):
    """What of an item may be said."""

    title: str
    summary: str
    link: str
    source: str
    site: str
    text: str


class Saying(NamedTuple):
    """What a post says, ready to send, and whether something was left out to fit."""

    title: str | None
    digest: str | None
    text: str
    link: str
    author: str
    shortened: bool


class TooLong(ValueError):
    """The link and the fixed words of a template alone are longer than the platform takes."""


def say(platform: Platform, template: Mapping[str, str | None], matter: Matter) -> Saying:
    """Return what a post says of an item; the link always stands in it whole."""
    if len(matter.link.encode()) > platform.link_bytes:
        raise TooLong
    fields = matter._asdict()
    if not platform.hash_signs:
        plain = {name: fields[name].translate(FULL_WIDTH) for name in GIVES_WAY}
        fields |= plain
    parts: dict[str, str] = {}
    shortened = False
    for name, part in platform.parts.items():
        written = template.get(name) or part.template
        line = fields if _has_lines(platform, name) else _in_one_line(fields)
        parts[name], cut = _fitted(Template(written), line, part.most, _measure(platform, name))
        shortened |= cut
    author, _ = _cut(matter.source, platform.author)
    return Saying(
        parts.get("title"), parts.get("digest"), parts["text"], matter.link, author, shortened
    )


def as_html(text: str) -> str:
    """Return a text as the plain paragraphs that WeChat keeps: no links, images or scripts."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def faults(platform: Platform, template: Mapping[str, str | None]) -> Iterator[Fault]:
    """Yield what is wrong with a template: what nobody can fill in, and what can never fit."""
    for name, written in template.items():
        at = f"/template/{name}"
        if written is None:
            continue
        if name not in platform.parts:
            yield Fault(at, "not_used", "该平台的内容没有这一部分，请删除。")
            continue
        filling = Template(written)
        if not filling.is_valid():
            yield Fault(at, "template_form", "“$”后应为 {字段名}；要写“$”本身请写“$$”。")
            continue
        if unknown := sorted(set(filling.get_identifiers()) - PLACES):
            known = "、".join(f"${{{place}}}" for place in sorted(PLACES))
            named = "、".join(unknown)
            yield Fault(at, "unknown_place", f"没有字段 {named}。可用的字段：{known}。")
            continue
        if name == "text" and "link" not in filling.get_identifiers():
            yield Fault(at, "link_missing", "正文必须含有原文链接 ${link}。")
        if not platform.hash_signs and "#" in written:
            yield Fault(at, "topic", "微博接口不接受话题，请删除“#”。")
        emptied = dict.fromkeys(GIVES_WAY, "") | {"link": "x" * figures().link_room}
        if _measure(platform, name)(filling.substitute(emptied)) > platform.parts[name].most:
            yield Fault(at, "too_long", "固定文字过长，放不下原文链接。")


def _has_lines(platform: Platform, name: str) -> bool:
    return name == "text" and not platform.counts_half


def _measure(platform: Platform, name: str) -> Measure:
    if platform.counts_half:
        return _width
    return _length_as_html if name == "text" else len


def _length_as_html(text: str) -> int:
    return len(as_html(text))


def _width(text: str) -> int:
    return ceil(sum(0.5 if sign.isascii() else 1 for sign in text))


def _in_one_line(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(value.split()) for name, value in fields.items()}


def _fitted(
    template: Template, fields: Mapping[str, str], most: int, measure: Measure
) -> tuple[str, bool]:
    """Return the template filled in, its fields cut one after another until it fits."""
    kept = dict(fields)
    shortened = False
    for name in GIVES_WAY:
        if measure(filled := template.substitute(kept)) <= most:
            return filled, shortened
        if name not in template.get_identifiers() or not kept[name]:
            continue
        shortened = True
        few, many = 0, len(kept[name])
        while few < many:
            middle = (few + many + 1) // 2
            tried = kept | {name: _cut(fields[name], middle)[0]}
            fits = measure(template.substitute(tried)) <= most
            few, many = (middle, many) if fits else (few, middle - 1)
        kept[name] = _cut(fields[name], few)[0]
    if measure(filled := template.substitute(kept)) > most:
        raise TooLong
    return filled, shortened


def _cut(text: str, most: int) -> tuple[str, bool]:
    if len(text) <= most:
        return text, False
    return (text[: most - 1] + CUT if most else ""), True
