"""By when a policy owes the public its interpretation (政策解读)."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Protocol

import yaml

from shared.workdays import Calendar


class Policy(Protocol):
    """A text, as far as what it owes goes."""

    to_be_interpreted: bool
    interpretation_may_follow: bool
    interpretation_exemption: str | None


def is_owed(text: Policy) -> bool:
    """Say whether a policy owes the public an interpretation, with it or after it."""
    return text.to_be_interpreted and text.interpretation_exemption is None


def may_follow(text: Policy) -> bool:
    """Say whether the interpretation that a policy owes may go out after it."""
    return is_owed(text) and text.interpretation_may_follow


def last_day(first_public_on: date, calendar: Calendar) -> date:
    """Return the last day for an interpretation that follows, in official working days."""
    return calendar.due(first_public_on, _terms()["follows_within_working_days"]).date


@cache
def _terms() -> Mapping[str, int]:
    listed: Mapping[str, int] = yaml.safe_load(
        files(__package__).joinpath("interpretation.yaml").read_text("utf-8")
    )
    return listed
