"""The text of a survey as it is kept: complete, and known by its digest."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from pydantic import TypeAdapter

from services.interaction.participation.surveys import questionnaire
from services.interaction.participation.surveys.progress import time_faults
from services.interaction.participation.surveys.small_cells import Threshold
from shared.contracts.questionnaires import Question
from shared.contracts.surveys import SurveyText
from shared.problem import Fault

QUESTIONS = TypeAdapter(tuple[Question, ...])
KEPT = set(SurveyText.model_fields)


def faults(text: SurveyText, threshold: Threshold, now: datetime) -> Iterator[Fault]:
    """Yield everything that keeps a survey from being kept, not only the first fault."""
    yield from time_faults(text.opens_at, text.closes_at, now)
    if text.threshold is not None and text.threshold < threshold.lowest:
        told = f"不能小于{threshold.lowest}，否则可能暴露个别参与者的选择。"
        yield Fault("/threshold", "too_low", told)
    yield from questionnaire.faults(text.questions)


def kept(text: SurveyText, threshold: Threshold) -> dict[str, Any]:
    """Return a text as it is kept, with the threshold that holds for it from now on."""
    whole: dict[str, Any] = text.model_dump(mode="json", include=KEPT)
    return {**whole, "threshold": text.threshold or threshold.usual}


def digest(kept: Mapping[str, Any]) -> str:
    """Return what a review is bound to, and what respondents were shown is known by."""
    return sha256(rfc8785.dumps(dict(kept))).hexdigest()


def questions(kept: Mapping[str, Any]) -> Sequence[Question]:
    """Return the questions of a text that was kept."""
    return QUESTIONS.validate_python(kept["questions"])
