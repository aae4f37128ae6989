"""The reviews an organization has come before the leader's (三审三校)."""

from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import ReviewStep
from shared.contracts.text import Strict
from shared.events import Event

ALWAYS = (ReviewStep.LEADER, ReviewStep.SECRECY)
"""The reviews no road goes round, in their order. Source: 蚌政办秘〔2017〕97号 三(四)."""


class WantedLevels(Strict):
    """Reviews in the order they come; the leader's and the secrecy review always follow."""

    levels: Annotated[list[ReviewStep], Field(max_length=4)]

    @model_validator(mode="after")
    def added_once(self) -> Self:
        """Refuse a review named twice, and the two that come last by themselves."""
        if len(set(self.levels)) < len(self.levels) or set(self.levels) & set(ALWAYS):
            raise PydanticCustomError(
                "not_a_level", "Each added review once, and only added ones."
            )
        return self


class ReviewLevels(BaseModel):
    """What an organization has set, for itself and those below it."""

    organization: str
    levels: list[ReviewStep]
    version: int


class ReviewLevelsSet(Event, type="content.review_levels.set", subject="organization"):
    """An organization changed which reviews come first."""

    organization: str
    levels: list[ReviewStep]
