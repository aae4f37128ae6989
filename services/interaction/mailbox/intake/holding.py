"""What has a letter held for a person to look at: rules as data, each a reason with a name."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from services.interaction.mailbox.letters.writing import Writing
from shared.contracts.held_letters import HoldingRule
from shared.figures import Figures, Source, read
from shared.problem import TooManyRequests

RULES = {
    HoldingRule.LINKS: "网址过多",
    HoldingRule.LISTED_WORDS: "含有常见广告用语",
    HoldingRule.NO_SUBSTANCE: "没有实质内容",
    HoldingRule.REPEATED_TEXT: "与近期其他来信内容相同",
    HoldingRule.SAME_CONTACT: "同一联系方式来信过多",
    HoldingRule.SAME_PLACE: "同一网络地址来信过多",
}
LINK = re.compile(r"https?://(?:www\.)?|www\.", re.IGNORECASE)


class Burst(Figures):
    """How many letters came within how long."""

    letters: int
    minutes: int

    def since(self, now: datetime) -> datetime:
        """Return the moment from which letters count."""
        return now - timedelta(minutes=self.minutes)


class Holding(Figures):
    """The rules by which letters are held."""

    source: Source
    links: int
    signs: int
    repeated_text: Burst
    same_contact: Burst
    same_place: Burst
    refused: int
    words: tuple[str, ...]


@cache
def holding() -> Holding:
    """Return the rules this version was made with."""
    return read(Holding, __package__, "holding.yaml")


class TooManyLetters(TooManyRequests):
    """More letters come from one address than people write."""

    advice = "您所在的网络近期来信过多，请稍后再提交，或打电话、寄信反映。"

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__()
        self.headers = {"Retry-After": str(max(1, seconds))}


class Mark(StrEnum):
    """What one letter may share with others."""

    TEXT = "text"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"


class Seen(NamedTuple):
    """How many letters with the same mark came within its time, and when the first of them did."""

    letters: int
    first: datetime


def worded(wrote: Writing) -> dict[Mark, str]:
    """Return what of a letter would be the same in another one, however it is set or spaced."""
    told = {
        Mark.TEXT: wrote.title + wrote.text,
        Mark.PHONE: wrote.phone,
        Mark.EMAIL: wrote.email,
    }
    return {mark: _folded(text) for mark, text in told.items() if text}


def bursts(rules: Holding) -> Mapping[Mark, Burst]:
    """Return how far back letters with the same mark are counted."""
    return {
        Mark.TEXT: rules.repeated_text,
        Mark.PHONE: rules.same_contact,
        Mark.EMAIL: rules.same_contact,
        Mark.PLACE: rules.same_place,
    }


def refuse_flood(seen: Mapping[Mark, Seen], rules: Holding, now: datetime) -> None:
    """Refuse one more letter from a place that has sent as many as may come from it."""
    place = seen.get(Mark.PLACE)
    if place is not None and place.letters >= rules.refused:
        left = place.first - rules.same_place.since(now)
        raise TooManyLetters(round(left.total_seconds()))


def reasons(wrote: Writing, seen: Mapping[Mark, Seen], rules: Holding) -> Iterator[HoldingRule]:
    """Yield every rule that holds a letter, not only the first."""
    said = f"{wrote.title}\n{wrote.text}"
    folded = _folded(said)
    if len(LINK.findall(said)) > rules.links:
        yield HoldingRule.LINKS
    if any(word in folded for word in rules.words):
        yield HoldingRule.LISTED_WORDS
    if len(set(_folded(wrote.text))) < rules.signs:
        yield HoldingRule.NO_SUBSTANCE
    for mark, rule in (
        (Mark.TEXT, HoldingRule.REPEATED_TEXT),
        (Mark.PHONE, HoldingRule.SAME_CONTACT),
        (Mark.EMAIL, HoldingRule.SAME_CONTACT),
        (Mark.PLACE, HoldingRule.SAME_PLACE),
    ):
        if mark in seen and seen[mark].letters >= bursts(rules)[mark].letters:
            yield rule


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())
