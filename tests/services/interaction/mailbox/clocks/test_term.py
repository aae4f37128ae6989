import pytest
import yaml
from pydantic import ValidationError

from services.interaction.mailbox.clocks.term import Terms, terms
from shared.contracts.letters import LetterKind
from shared.figures import parse


def test_terms_are_those_of_the_documents() -> None:
    days = {kind.value: term.days for kind, term in terms().answer.items()}
    assert days == {
        "consultation": 15,
        "complaint": 15,
        "suggestion": 7,
        "help": 15,
        "report": 15,
        "praise": 15,
        "correction": 3,
    }
    assert terms().answer[LetterKind.SUGGESTION].document == "皖政办〔2015〕12号"


def test_figures_that_forget_a_kind_are_refused() -> None:
    figures = terms().model_dump(mode="json")
    del figures["answer"]["praise"]
    with pytest.raises(ValidationError, match="no term for"):
        parse(Terms, yaml.safe_dump(figures))


def test_figures_that_say_more_than_is_known_are_refused() -> None:
    figures = terms().model_dump(mode="json") | {"tolerance": 1}
    with pytest.raises(ValidationError, match="tolerance"):
        parse(Terms, yaml.safe_dump(figures))
