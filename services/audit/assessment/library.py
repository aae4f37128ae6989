"""The rule sets checked in with the source."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from services.audit.assessment.ruleset import Ruleset, parse_ruleset
from shared.problem import NotFound


class NoSuchRuleset(NotFound):
    """There is no rule set of that name."""

    advice = "没有这套考核规则。"


@cache
def rulesets() -> Mapping[str, Ruleset]:
    """Return the current version of every rule set, by id."""
    folder = files("services.audit.assessment").joinpath("rulesets")
    texts = (file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".yaml"))
    return {ruleset.id: ruleset for ruleset in map(parse_ruleset, texts)}


def ruleset(id: str) -> Ruleset:
    """Return the current version of one rule set, or refuse."""
    try:
        return rulesets()[id]
    except KeyError:
        raise NoSuchRuleset(ruleset=id) from None
