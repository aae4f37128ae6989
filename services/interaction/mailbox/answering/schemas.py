"""What is said to answer a letter."""

from typing import Annotated

from pydantic import Field

from shared.contracts.content import Verdict
from shared.contracts.text import Reason, Strict
from shared.contracts.writing import LetterText


class NewAnswer(Strict):
    """A draft answer."""

    text: LetterText


class AnswerReview(Strict):
    """A reviewer's decision on exactly the answer that was read."""

    verdict: Verdict
    answer_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reason: Reason | None = Field(
        default=None, description="Needed to return, and to approve what looks perfunctory."
    )
