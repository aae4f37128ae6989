"""Whether a reader would see an element, by its own style and what it inherits."""

import re
from collections.abc import Mapping
from typing import NamedTuple

DECLARATION = re.compile(r"(?<![a-z-])([a-z-]{1,40})\s*:\s*([^;]+)")
LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|cm|mm|in|%|vw|vh)?")
RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*([,/]\s*0?\.?0+\s*)?\)"
)
HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])")
NAMED = {"white": "#ffffff", "black": "#000000", "windowtext": "#000000", "red": "#ff0000"}
TRANSPARENT = "transparent"
FAR = -500.0
PIXELS = {"em": 16.0, "rem": 16.0, "cm": 38.0, "mm": 3.8, "in": 96.0, "vw": 10.0, "vh": 10.0}
SPECK = 1.0
OFFSETS = ("left", "top", "right", "bottom", "margin-left", "margin-top", "text-indent")
NOTHING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|opacity\s*:\s*0?\.?0*(?![\d.])|font-size\s*:\s*0?\.?0+(?![\d.])|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%|transform\s*:[^;]{0,100}scale\(\s*0?\.?0*\s*\)"
)


class Look(NamedTuple):
    """How an element appears: gone for certain, or its text in colours, unknown ones None."""

    gone: bool = False
    color: str | None = "#000000"
    background: str | None = "#ffffff"

    @property
    def blends_in(self) -> bool:
        """Say whether the text has the colour of what it stands on."""
        return self.color == TRANSPARENT or (
            self.color is not None and self.color == self.background
        )


def look(tag: str, attributes: Mapping[str, str | None], inherited: Look) -> Look:
    """Return how an element with these attributes appears inside one that looks as `inherited`."""
    style = (attributes.get("style") or "").lower()
    said = dict(DECLARATION.findall(style))
    color = said.get("color") or (attributes.get("color") or "").lower()
    background = (
        said.get("background-color")
        or said.get("background")
        or (attributes.get("bgcolor") or "").lower()
    )
    return Look(
        gone=hides(style) or "hidden" in attributes or _is_a_speck(tag, attributes, said),
        color=_color(color) if color else inherited.color,
        background=_background(background, inherited) if background else inherited.background,
    )


def hides(style: str) -> bool:
    """Say whether a style, in lower case, keeps an element from being seen wherever it stands."""
    if NOTHING.search(style):
        return True
    said = dict(DECLARATION.findall(style))
    return any(_length(said.get(offset)) <= FAR for offset in OFFSETS)


def _is_a_speck(tag: str, attributes: Mapping[str, str | None], said: Mapping[str, str]) -> bool:
    """Say whether an element is clipped to a box of next to nothing."""
    clips = tag == "marquee" or "hidden" in said.get("overflow", "")
    sizes = [said.get(side) or attributes.get(side) for side in ("width", "height", "max-height")]
    return clips and any(size is not None and abs(_length(size)) <= SPECK for size in sizes)


def _length(value: str | None) -> float:
    """Return a length in pixels; without one, a harmless hundred."""
    found = LENGTH.match(value.strip()) if value else None
    return float(found[1]) * PIXELS.get(found[2] or "px", 1.0) if found else 100.0


def _color(value: str) -> str | None:
    value = value.strip()
    if value in {TRANSPARENT, *NAMED}:
        return NAMED.get(value, value)
    if found := HEX.search(value):
        sign = found[0]
        return sign if len(sign) > len("#fff") else "#" + "".join(one * 2 for one in sign[1:])
    if found := RGB.search(value):
        if found[4]:
            return TRANSPARENT
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.group(1, 2, 3))
    return None


def _background(value: str, inherited: Look) -> str | None:
    """Return what text stands on; a picture or a gradient may be of any colour."""
    if "url(" in value or "gradient" in value:
        return None
    color = next(filter(None, map(_color, value.split())), None) or _color(value)
    return inherited.background if color == TRANSPARENT else color
