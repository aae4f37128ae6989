"""What a consultation tells the public through content: paragraphs of plain text."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from services.interaction.participation.consultations.conduct import DECISIONS
from shared.contracts.consulting import AdoptionDecision

ANNOUNCED = "关于“{title}”公开征求意见的公告"
REST = "其余意见的采纳情况见征集活动页面。"
RESULT = "关于“{title}”公开征求意见采纳情况的说明"


class Consulted(Protocol):
    """As much of a consultation as is told."""

    explanation: str
    paragraphs: list[str]
    organization_name: str
    opens_on: date
    closes_on: date
    shortened_because: str | None


class Answered(Protocol):
    """As much of an answer as is told."""

    decision: AdoptionDecision
    gist: str
    reason: str


def announcement(of: Consulted) -> Iterator[str]:
    """Yield what is asked, by whom, until when, and the draft with its numbers."""
    yield from _paragraphs(of.explanation)
    yield f"征求意见单位：{of.organization_name}"
    yield f"征求意见时间：{_day(of.opens_on)}至{_day(of.closes_on)}"
    if of.shortened_because is not None:
        yield f"缩短征求意见期限的说明：{of.shortened_because}"
    yield "征求意见稿："
    for number, paragraph in enumerate(of.paragraphs, 1):
        yield f"［{number}］{paragraph}"


def result(
    summary: str, counts: Mapping[AdoptionDecision, int], answers: Iterable[Answered]
) -> Iterator[str]:
    """Yield the report, how many opinions were adopted, and each answer with its reason."""
    yield from _paragraphs(summary)
    told = "，".join(f"{label}{counts.get(each, 0)}条" for each, label in DECISIONS.items())
    yield f"本次征集共收到有效意见{sum(counts.values())}条，其中{told}。"
    for answer in answers:
        said = f"意见：{answer.gist}"
        yield f"{said}\n采纳情况：{DECISIONS[answer.decision]}\n理由：{answer.reason}"


def _paragraphs(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
