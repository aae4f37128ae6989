"""Responses as a table: a row for each, and columns that follow from the questions alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from services.interaction.participation.surveys.answering import Value, Values, is_asked
from shared.contracts.questionnaires import Option, Question, QuestionKind

Cell = str | int | None
LEFT_OUT = "未答"
FIRST = ("答卷", "问卷版本")
# What a spreadsheet would run as a formula, also after signs that it skips.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class Response(NamedTuple):
    """What one respondent answered, with the texts among it; nothing says who it was, or when."""

    id: UUID
    values: Values
    texts: Mapping[str, str]


def headings(questions: Sequence[Question]) -> list[str]:
    """Return what stands over the columns: a key that never changes, then what it is about."""
    return [*FIRST, *(f"{key} {label}" for q in questions for key, label in _columns(q))]


def row(questions: Sequence[Question], response: Response, edition: int) -> list[Cell]:
    """Return the row of a response; what was not asked is empty, what was left out says so."""
    cells: list[Cell] = [str(response.id), edition]
    for question in questions:
        cells += _cells(question, response)
    return cells


def plain(cell: Cell) -> Cell:
    """Return a cell as a text file may hold it: a spreadsheet takes it for text, not a formula."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell


def _columns(question: Question) -> Iterator[tuple[str, str]]:
    parts = _parts(question)
    if parts is None:
        yield question.key, question.title
    else:
        for part in parts:
            yield f"{question.key}.{part.key}", f"{question.title}：{part.label}"


def _parts(question: Question) -> Sequence[Option] | None:
    """Return what has a column of its own in a question, if anything has."""
    match question.kind:
        case QuestionKind.MULTIPLE | QuestionKind.RANKING:
            return question.options
        case QuestionKind.MATRIX:
            return question.rows
    return None


def _cells(question: Question, response: Response) -> list[Cell]:
    parts = _parts(question)
    width = 1 if parts is None else len(parts)
    if not is_asked(question, response.values):
        return [None] * width
    value = response.values.get(question.key)
    if value is None:
        return [LEFT_OUT] * width
    if parts is None:
        return [_cell(question, value, response.texts)]
    return [_part(question, part, value) for part in parts]


def _cell(question: Question, value: Value, texts: Mapping[str, str]) -> Cell:
    match question.kind:
        case QuestionKind.TEXT:
            return texts[question.key]
        case QuestionKind.SINGLE:
            return _label(question, value)
    return value if isinstance(value, int) else None


def _part(question: Question, part: Option, value: Value) -> Cell:
    if isinstance(value, dict):
        return _label(question, value[part.key])
    given = value if isinstance(value, list) else []
    if question.kind is QuestionKind.RANKING:
        return given.index(part.key) + 1 if part.key in given else None
    return int(part.key in given)


def _label(question: Question, key: Value) -> Cell:
    return next(option.label for option in question.options if option.key == key)
