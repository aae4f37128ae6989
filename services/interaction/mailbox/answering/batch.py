"""Answers that go out all on one day, after nothing was heard for weeks."""

from datetime import date
from typing import NamedTuple

from services.interaction.mailbox.answering.perfunctory import found
from services.interaction.mailbox.answering.wording import Wording
from shared.contracts.answers import AnswerFinding


class Day(NamedTuple):
    """What a unit answered today, and since when it had answered nothing."""

    answers: int
    since: date | None


def batch(day: Day, today: date, words: Wording) -> AnswerFinding | None:
    """Return the finding that one more answer today makes a batch, if it does."""
    answers = day.answers + 1
    silence = (today - day.since).days if day.since else 0
    if answers < words.batches.answers or silence < words.batches.silent_days:
        return None
    advice = f"本单位当日已集中答复{answers}封来信，此前{silence}天没有答复过来信，请逐封核对。"
    return found(words.batch, "batch", "", advice).model_copy(update={"letters": answers})
