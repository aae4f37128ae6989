"""What an item is told of a survey when it opens, and when it has ended."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from services.interaction.participation.surveys.questionnaire import KINDS
from shared.business_day import BEIJING
from shared.contracts.questionnaires import QuestionKind
from shared.contracts.surveys import SurveyCount, SurveyPass, SurveyQuestionTally, SurveyTally


class Announced(NamedTuple):
    """What is told of a survey before anybody has answered."""

    introduction: str
    questions: int
    answered_with: SurveyPass
    closes_at: datetime


WAYS = {
    SurveyPass.DEVICE: "公众均可匿名参与，每台设备可提交一次。",
    SurveyPass.CODE: "凭邀请码参与，每个邀请码可提交一次。",
}


def opening(survey: Announced) -> list[str]:
    """Return the paragraphs that announce a survey."""
    return [
        *(line for line in survey.introduction.splitlines() if line.strip()),
        f"问卷共{survey.questions}题。{WAYS[survey.answered_with]}",
        f"调查截至{_in_words(survey.closes_at)}。",
    ]


def result(tally: SurveyTally, invited: int) -> list[str]:
    """Return the paragraphs that tell what a survey came to, as far as everyone may know it."""
    sent = f"共发放邀请码{invited}个，" if invited else ""
    told = [f"本次调查{sent}收到答卷{tally.responses}份。"]
    for number, question in enumerate(tally.questions, start=1):
        told.append(f"{number}．{question.title}（{KINDS[question.kind]}题）")
        told += _of_question(question)
    if any(question.hides for question in tally.questions):
        told.append(f"为保护参与者，少于{tally.threshold}人的选择及可由此推算的数据不予公布。")
    return told


def _of_question(question: SurveyQuestionTally) -> Iterator[str]:
    if question.answered is not None:
        yield f"共{question.answered}人作答。"
    if question.mean is not None:
        yield f"平均{question.mean}分。"
    if told := [*_of_options(question)]:
        yield _listed(told)
    for row in question.rows:
        yield f"{row.label}——{_listed([_said(option) for option in row.options])}"


def _of_options(question: SurveyQuestionTally) -> Iterator[str]:
    """Tell the options, unless nothing is known of any."""
    if question.kind is QuestionKind.RANKING:
        yield from _ranked(question.options)
    elif any(option.count is not None for option in question.options):
        yield from (_said(option) for option in question.options)


def _ranked(options: Sequence[SurveyCount]) -> Iterator[str]:
    told = (option for option in options if option.score is not None)
    for option in sorted(told, key=lambda option: -(option.score or 0)):
        yield f"{option.label}，平均{option.score}分"


def _said(option: SurveyCount) -> str:
    if option.count is None or option.share is None:
        return f"{option.label}，未公布" if option.count is None else f"{option.label}，0人"
    return f"{option.label}，{option.count}人，占{option.share:.1%}"


def _listed(told: Sequence[str]) -> str:
    return "；".join(told) + "。"


def _in_words(moment: datetime) -> str:
    there = moment.astimezone(BEIJING)
    return f"{there.year}年{there.month}月{there.day}日{there:%H:%M}"
