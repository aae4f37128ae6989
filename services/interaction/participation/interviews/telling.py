"""What an interview tells the public through content: paragraphs of plain text."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from shared.business_day import BEIJING

ANNOUNCED = "在线访谈预告：{title}"
RESULT = "在线访谈实录：{title}"
REST = "实录较长，其余内容见访谈页面。"
HOST = "主持人"


class Person(Protocol):
    """A guest."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def post(self) -> str:
        """As what they answer."""


class Held(NamedTuple):
    """As much of an interview as is told."""

    introduction: str
    organization_name: str
    guests: Sequence[Person]
    starts_at: datetime


class Line(NamedTuple):
    """One entry that stands: who says it, what, and which question it answers."""

    name: str | None
    text: str
    question: str | None


def announcement(of: Held) -> Iterator[str]:
    """Yield what it is about, when, and who answers."""
    yield from _paragraphs(of.introduction)
    yield f"访谈时间：{_moment(of.starts_at)}"
    yield f"答复单位：{of.organization_name}"
    yield f"访谈嘉宾：{_named(of.guests)}"
    yield "公众可在访谈开始前和进行中提问。"


def record(of: Held, lines: Iterable[Line]) -> Iterator[str]:
    """Yield what was asked and said, in the order in which it was."""
    yield from _paragraphs(of.introduction)
    yield f"访谈时间：{_moment(of.starts_at)}"
    yield f"访谈嘉宾：{_named(of.guests)}"
    for line in lines:
        if line.question is not None:
            yield f"网友提问：{line.question}"
        yield f"{line.name or HOST}：{line.text}"


def _named(guests: Iterable[Person]) -> str:
    return "、".join(f"{guest.post}{guest.name}" for guest in guests)


def _paragraphs(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _moment(at: datetime) -> str:
    here = at.astimezone(BEIJING)
    return f"{here.year}年{here.month}月{here.day}日{here:%H:%M}"
