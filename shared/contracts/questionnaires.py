"""Questions of a survey, and what is answered to them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.text import Line, Prose, Strict

MOST_QUESTIONS = 100
MOST_OPTIONS = 50
LONGEST_TEXT = 2_000

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$", examples=["q1"])]
"""What a question, option or row is known by, in answers and in columns of an export."""

Label = Annotated[Line, Field(max_length=100)]


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RATING = "rating"
    TEXT = "text"
    RANKING = "ranking"
    MATRIX = "matrix"


class Option(Strict):
    """Something that can be chosen, or a row of a matrix."""

    key: Key
    label: Label


class Condition(Strict):
    """What an earlier question must have been answered with for this one to be asked."""

    question: Key
    any_of: Annotated[Sequence[Key], Field(max_length=MOST_OPTIONS)] = Field(
        default=[], description="One of these was chosen; of a multiple choice only one is named."
    )
    at_least: int | None = Field(default=None, description="The lowest mark that fits.")
    at_most: int | None = Field(default=None, description="The highest mark that fits.")


class Question(Strict):
    """A question; which of the fields it has follows from its kind."""

    key: Key
    kind: QuestionKind
    title: Line
    note: Line | None = None
    required: bool = Field(default=True, description="Of those who are asked it.")
    options: Annotated[Sequence[Option], Field(max_length=MOST_OPTIONS)] = Field(
        default=[], description="To choose or to rank; of a matrix its columns."
    )
    rows: Annotated[Sequence[Option], Field(max_length=MOST_OPTIONS)] = Field(
        default=[], description="Of a matrix."
    )
    at_least: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="How many to choose or rank; one unless said."
    )
    at_most: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="How many to choose or rank; all unless said."
    )
    scale: Annotated[int, Field(ge=2, le=10)] | None = Field(
        default=None, description="The highest mark of a rating, which begins at 1."
    )
    longest: Annotated[int, Field(ge=1, le=LONGEST_TEXT)] | None = Field(
        default=None, description=f"Characters of a text; {LONGEST_TEXT} unless said."
    )
    shown_if: Condition | None = Field(
        default=None, description="Asked only of those whose earlier answer fits."
    )


class SurveyOption(Option):
    """An option or a row, as a survey shows it."""


class SurveyCondition(Condition):
    """When a question is asked, as a survey tells it."""


class SurveyQuestion(Question):
    """A question, as a survey shows it."""

    options: Sequence[SurveyOption] = []
    rows: Sequence[SurveyOption] = []
    shown_if: SurveyCondition | None = None


class Cell(Strict):
    """What was chosen in a row of a matrix."""

    row: Key
    option: Key


class Answer(Strict):
    """The answer to one question, in the field that goes with its kind."""

    question: Key
    choices: Annotated[Sequence[Key], Field(max_length=MOST_OPTIONS)] = Field(
        default=[], description="One of a single choice; of a ranking the best first."
    )
    rating: int | None = None
    text: Annotated[Prose, Field(max_length=LONGEST_TEXT)] | None = None
    cells: Annotated[Sequence[Cell], Field(max_length=MOST_OPTIONS)] = Field(
        default=[], description="Of a matrix: one for every row."
    )


class NewResponse(Strict):
    """What one respondent answers; questions that were not asked are left out."""

    answers: Annotated[Sequence[Answer], Field(min_length=1, max_length=MOST_QUESTIONS)]
