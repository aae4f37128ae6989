"""Index numbers (索引号): their patterns, and how one is made.

Real forms: `000014349/2017-00110`, `003110926/201510-00216`, `11441700007280420Y/2021-00050`.
Source: 政府信息公开目录系统实施指引（试行）: who, year and serial, unique, never changed.
"""

import re
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, Self

from shared.problem import Fault

DEFAULT = "{organization}/{year}-{serial:5}"
PART = re.compile(r"\{([^{}]*)\}|([^{}]+)|[{}]")
BETWEEN = re.compile(r"[-/_.·年月第号]+")
SERIAL = re.compile(r"serial(?::([1-9]))?")


class Placeholder(StrEnum):
    """What a pattern may stand for."""

    ORGANIZATION = "organization"
    USCC = "uscc"
    YEAR = "year"
    MONTH = "month"
    SERIAL = "serial"


WHO = (Placeholder.ORGANIZATION, Placeholder.USCC)


class Part(NamedTuple):
    """A piece of a pattern: a placeholder with its width, or what stands between two."""

    placeholder: Placeholder | None
    between: str = ""
    width: int = 0


class Giver(NamedTuple):
    """Who gives a number: an organization's own code, and the credit code its pattern carries."""

    organization: str
    uscc: str | None


class Pattern(NamedTuple):
    """How an index number is made."""

    parts: tuple[Part, ...]

    @property
    def by_organization(self) -> bool:
        """Whether organizations that share the pattern count apart; else they count together."""
        return self.parts[0].placeholder is Placeholder.ORGANIZATION

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a pattern that is known to have no faults."""
        return cls(tuple(map(_part, PART.finditer(text))))

    def render(self, giver: Giver, on: date, serial: int) -> str:
        """Return the number this pattern makes on a day."""
        values = {
            Placeholder.ORGANIZATION: giver.organization,
            Placeholder.USCC: giver.uscc or "",
            Placeholder.YEAR: f"{on.year:04}",
            Placeholder.MONTH: f"{on.month:02}",
        }
        return "".join(
            f"{serial:0{part.width}}"
            if part.placeholder is Placeholder.SERIAL
            else values.get(part.placeholder, "")
            if part.placeholder
            else part.between
            for part in self.parts
        )


def faults(text: str, uscc: str | None) -> list[Fault]:
    """Return everything wrong with a pattern: no two items may ever get one number."""
    found = [told for match in PART.finditer(text) for told in _unreadable(match)]
    if found:
        return found
    parts = Pattern.parse(text).parts
    held = [part.placeholder for part in parts if part.placeholder]
    # Codes of organizations hold hyphens: one behind a code would not show where it ends.
    if parts[0].placeholder not in WHO or not parts[1:2] or parts[1].between[:1] in {"", "-"}:
        told = "须以 {organization} 或 {uscc} 开头，其后以“-”以外的符号隔开。"
        found.append(_fault("giver_first", told))
    found += [
        _fault("placeholder_missing", f"缺少 {{{wanted}}}。")
        for wanted in (Placeholder.YEAR, Placeholder.SERIAL)
        if wanted not in held
    ]
    found += [
        _fault("placeholder_twice", f"{{{twice}}} 只能出现一次。")
        for twice in sorted({one for one in held if held.count(one) > 1})
    ]
    if _runs_together(parts):
        found.append(_fault("serial_unbounded", "{serial} 前后须以符号隔开。"))
    if Placeholder.USCC in held and uscc is None:
        found.append(Fault("/uscc", "uscc_missing", "请填写统一社会信用代码。"))
    return found


def _part(match: re.Match[str]) -> Part:
    name, between = match[1], match[2]
    if name is None:
        return Part(None, between)
    if serial := SERIAL.fullmatch(name):
        return Part(Placeholder.SERIAL, width=int(serial[1] or 1))
    return Part(Placeholder(name))


def _unreadable(match: re.Match[str]) -> list[Fault]:
    name, between = match[1], match[2]
    if name is not None and not SERIAL.fullmatch(name) and name not in set(Placeholder):
        return [_fault("unknown_placeholder", f"没有 {{{name}}} 这一项。")]
    if name is None and not BETWEEN.fullmatch(between or ""):
        return [_fault("not_between", f"“{match[0]}”不能出现在索引号中。")]
    return []


def _runs_together(parts: tuple[Part, ...]) -> bool:
    """Say whether digits of a serial could be taken for those of its neighbour."""
    pairs = pairwise(part.placeholder for part in parts)
    return any(one and other and Placeholder.SERIAL in {one, other} for one, other in pairs)


def _fault(code: str, detail: str) -> Fault:
    return Fault("/pattern", code, detail)
