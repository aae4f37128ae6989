"""What a response must say: an answer to all that was asked, and to nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from services.interaction.participation.surveys.questionnaire import bounds
from shared.contracts.questionnaires import LONGEST_TEXT, Answer, Question, QuestionKind
from shared.problem import Fault, Invalid

Value: TypeAlias = str | int | list[str] | dict[str, str] | bool
Values: TypeAlias = Mapping[str, Value]
"""What was answered, by the keys of the questions; of a text here only that there is one."""

FORMS = {
    QuestionKind.SINGLE: "choices",
    QuestionKind.MULTIPLE: "choices",
    QuestionKind.RANKING: "choices",
    QuestionKind.RATING: "rating",
    QuestionKind.TEXT: "text",
    QuestionKind.MATRIX: "cells",
}


def is_asked(question: Question, values: Values) -> bool:
    """Say whether a question is put to someone who answered these before it."""
    condition = question.shown_if
    if condition is None:
        return True
    given = values.get(condition.question)
    if isinstance(given, int):
        low, high = condition.at_least, condition.at_most
        return (low is None or low <= given) and (high is None or given <= high)
    chosen = [given] if isinstance(given, str) else given
    return isinstance(chosen, list) and not set(condition.any_of).isdisjoint(chosen)


def taken(
    questions: Sequence[Question], answers: Sequence[Answer]
) -> tuple[dict[str, Value], dict[str, str]]:
    """Return what was answered and the texts among it, or refuse and name every fault.

    An answer to a question that was not asked is refused: what is kept is what was sent.
    """
    given: dict[str, tuple[int, Answer]] = {}
    found = []
    known = {question.key for question in questions}
    for place, answer in enumerate(answers):
        if answer.question not in known:
            found.append(Fault(f"/answers/{place}/question", "unknown", "问卷中没有这道题。"))
        elif answer.question in given:
            found.append(Fault(f"/answers/{place}/question", "twice", "同一题只能回答一次。"))
        else:
            given[answer.question] = (place, answer)
    values: dict[str, Value] = {}
    doubtful: set[str] = set()
    for question in questions:
        wrong = list(_faults(question, given.get(question.key), values, doubtful))
        found += wrong
        if wrong or _hangs_on(question, doubtful):
            doubtful.add(question.key)
        elif question.key in given:
            values[question.key] = _value(question, given[question.key][1])
    if found:
        raise Invalid(found)
    return values, {key: answer.text for key, (_, answer) in given.items() if answer.text}


def _hangs_on(question: Question, doubtful: set[str]) -> bool:
    return question.shown_if is not None and question.shown_if.question in doubtful


def _faults(
    question: Question, given: tuple[int, Answer] | None, values: Values, doubtful: set[str]
) -> Iterator[Fault]:
    if _hangs_on(question, doubtful):
        return  # whether it was asked is not known before that answer is put right
    asked = is_asked(question, values)
    if given is None:
        if asked and question.required:
            yield Fault("/answers", "unanswered", f"请回答：{question.title}")
        return
    place, answer = given
    at = f"/answers/{place}"
    if not asked:
        told = "按前面的回答，这道题不必回答，请删去此项。"
        yield Fault(at, "not_asked", told)
        return
    form = FORMS[question.kind]
    said = {each for each in FORMS.values() if getattr(answer, each) not in (None, [])}
    if said != {form}:
        yield Fault(at, "form", f"这道题只应填写 {form}。")
    else:
        yield from _of_form(question, answer, f"{at}/{form}")


def _of_form(question: Question, answer: Answer, at: str) -> Iterator[Fault]:
    match question.kind:
        case QuestionKind.RATING:
            if not 1 <= (answer.rating or 0) <= (question.scale or 1):
                yield Fault(at, "range", f"请在1至{question.scale}分之间评分。")
        case QuestionKind.TEXT:
            if len(answer.text or "") > (longest := question.longest or LONGEST_TEXT):
                yield Fault(at, "too_long", f"最多{longest}个字。")
        case QuestionKind.MATRIX:
            rows = [cell.row for cell in answer.cells]
            if sorted(rows) != sorted(row.key for row in question.rows):
                yield Fault(at, "rows", "每一行都要选择，且只能选择一次。")
            yield from _known(question, [cell.option for cell in answer.cells], at)
        case _:
            yield from _known(question, answer.choices, at)
            yield from _number(question, answer.choices, at)


def _known(question: Question, chosen: Sequence[str], at: str) -> Iterator[Fault]:
    if not set(chosen) <= {option.key for option in question.options}:
        yield Fault(at, "unknown", "有这道题没有的选项。")


def _number(question: Question, chosen: Sequence[str], at: str) -> Iterator[Fault]:
    least, most = (1, 1) if question.kind is QuestionKind.SINGLE else bounds(question)
    if len(set(chosen)) != len(chosen):
        yield Fault(at, "twice", "同一选项只能选一次。")
    if not least <= len(chosen) <= most:
        told = f"应选{least}项。" if least == most else f"应选{least}至{most}项。"
        yield Fault(at, "number", told)


def _value(question: Question, answer: Answer) -> Value:
    match question.kind:
        case QuestionKind.SINGLE:
            return answer.choices[0]
        case QuestionKind.RATING:
            return answer.rating or 0
        case QuestionKind.TEXT:
            return True
        case QuestionKind.MATRIX:
            return {cell.row: cell.option for cell in answer.cells}
    return list(answer.choices)
