"""Counting answers, and telling what they come to without telling of anybody."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.interaction.participation.surveys.answering import Value, Values, is_asked
from services.interaction.participation.surveys.small_cells import (
    hidden,
    hidden_choices,
    is_small,
)
from shared.contracts.questionnaires import Condition, Question, QuestionKind
from shared.contracts.surveys import SurveyCount, SurveyQuestionTally, SurveyRowTally


@dataclass
class Count:
    """What was answered to one question: by how many, and how often each thing."""

    answered: int = 0
    cells: Counter[str] = field(default_factory=Counter)

    def add(self, question: Question, value: Value) -> None:
        """Count one answer; of a ranking its points, so that the last of all places is one."""
        self.answered += 1
        match value:
            case list() if question.kind is QuestionKind.RANKING:
                places = len(question.options)
                for place, option in enumerate(value):
                    self.cells[option] += places - place
            case list():
                self.cells.update(value)
            case dict():
                self.cells.update(f"{row}.{option}" for row, option in value.items())
            case bool():
                pass
            case _:
                self.cells[str(value)] += 1


class Ballot:
    """All responses to some questions, counted one by one."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = questions
        self.responses = 0
        self.counts = {question.key: Count() for question in questions}

    def add(self, values: Values) -> None:
        """Count one response."""
        self.responses += 1
        for question in self.questions:
            value = values.get(question.key)
            if value is not None and is_asked(question, values):
                self.counts[question.key].add(question, value)


def told(ballot: Ballot, threshold: int, mean_from: int) -> list[SurveyQuestionTally]:
    """Return what may be told to everyone: small counts hidden, and what they follow from."""
    tallies: dict[str, SurveyQuestionTally] = {}
    for question in ballot.questions:
        rule = question.shown_if
        if rule is not None and _gives_away(rule, tallies[rule.question]):
            tallies[question.key] = _withheld(question)
        else:
            count = ballot.counts[question.key]
            tallies[question.key] = _told(question, count, threshold, mean_from)
    return list(tallies.values())


def _gives_away(rule: Condition, earlier: SurveyQuestionTally) -> bool:
    """Say whether how many were asked tells a count of the earlier question that is hidden."""
    low, high = rule.at_least, rule.at_most
    if earlier.kind is not QuestionKind.RATING:
        decisive = set(rule.any_of)
    else:
        marks = (int(option.key) for option in earlier.options)
        decisive = {str(mark) for mark in marks if (low or 0) <= mark <= (high or mark)}
    return any(one.key in decisive and one.count is None for one in earlier.options)


def _withheld(question: Question) -> SurveyQuestionTally:
    options = [SurveyCount(key=key, label=label) for key, label in _named(question)]
    rows = [SurveyRowTally(key=row.key, label=row.label, options=options) for row in question.rows]
    return SurveyQuestionTally(
        key=question.key,
        kind=question.kind,
        title=question.title,
        options=[] if rows else options,
        rows=rows,
        hides=True,
    )


def _told(question: Question, count: Count, threshold: int, mean_from: int) -> SurveyQuestionTally:
    bare = _withheld(question)
    if is_small(count.answered, threshold):
        return bare
    shown = bare.model_copy(update={"answered": count.answered, "hides": False})
    match question.kind:
        case QuestionKind.RATING:
            return _rated(shown, count, threshold, mean_from)
        case QuestionKind.RANKING:
            return _ranked(shown, count, mean_from)
        case QuestionKind.MATRIX:
            rows = [_row(row, count, threshold) for row in bare.rows]
            hides = any(_hides(row.options) for row in rows)
            return shown.model_copy(update={"rows": rows, "hides": hides})
        case kind:
            numbers = [count.cells[option.key] for option in bare.options]
            many = kind is QuestionKind.MULTIPLE
            places = (
                hidden_choices(numbers, count.answered, threshold)
                if many
                else hidden(numbers, threshold)
            )
            options = _filled(bare.options, numbers, places, count.answered)
            return shown.model_copy(update={"options": options, "hides": _hides(options)})


def _rated(
    shown: SurveyQuestionTally, count: Count, threshold: int, mean_from: int
) -> SurveyQuestionTally:
    """Tell the mean or the counts where both together would tell more than either."""
    numbers = [count.cells[option.key] for option in shown.options]
    total = sum(int(option.key) * count.cells[option.key] for option in shown.options)
    mean = round(total / count.answered, 1) if count.answered else None
    if hidden(numbers, threshold):
        kept = mean if count.answered >= mean_from else None
        return shown.model_copy(update={"mean": kept, "hides": True})
    options = _filled(shown.options, numbers, frozenset(), count.answered)
    return shown.model_copy(update={"mean": mean, "options": options})


def _ranked(shown: SurveyQuestionTally, count: Count, mean_from: int) -> SurveyQuestionTally:
    if count.answered < mean_from:
        return shown.model_copy(update={"hides": count.answered > 0})
    options = [
        option.model_copy(update={"score": round(count.cells[option.key] / count.answered, 1)})
        for option in shown.options
    ]
    return shown.model_copy(update={"options": options})


def _row(row: SurveyRowTally, count: Count, threshold: int) -> SurveyRowTally:
    numbers = [count.cells[f"{row.key}.{option.key}"] for option in row.options]
    filled = _filled(row.options, numbers, hidden(numbers, threshold), count.answered)
    return row.model_copy(update={"options": filled})


def _filled(
    options: Sequence[SurveyCount], numbers: Sequence[int], places: frozenset[int], answered: int
) -> list[SurveyCount]:
    return [
        option
        if place in places
        else option.model_copy(
            update={
                "count": number,
                "share": round(number / answered, 4) if answered else None,
            }
        )
        for place, (option, number) in enumerate(zip(options, numbers, strict=True))
    ]


def _hides(options: Sequence[SurveyCount]) -> bool:
    return any(option.count is None for option in options)


def _named(question: Question) -> Iterator[tuple[str, str]]:
    if question.kind is QuestionKind.RATING:
        for mark in range(1, (question.scale or 1) + 1):
            yield str(mark), f"{mark}分"
    for option in question.options:
        yield option.key, option.label
