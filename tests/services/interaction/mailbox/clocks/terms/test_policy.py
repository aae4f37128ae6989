from datetime import date
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from services.interaction.mailbox.clocks.terms.policy import (
    Policies,
    chosen,
    faults,
    policies,
    shown,
    usual,
)
from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.letter_terms import NewLetterTerms
from shared.contracts.letters import LetterKind
from shared.figures import parse
from shared.workdays import ONE_DAY, Calendar

STEP, KIND = LetterClockStep, LetterKind


def codes(**new: Any) -> list[tuple[str, str]]:
    found = faults(NewLetterTerms.model_validate(new), policies())
    return [(fault.pointer, fault.code) for fault in found]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("anhui-2015", {"consultation": 15, "complaint": 15, "suggestion": 7, "correction": 3}),
        ("seed-bengbu", {"consultation": 15, "complaint": 15, "suggestion": 15, "correction": 3}),
        ("national-check", {"consultation": 5, "complaint": 15, "suggestion": 15}),
        ("shenyang", {"consultation": 3, "complaint": 3, "suggestion": 3, "correction": 3}),
        ("yueqing", {"consultation": 2, "complaint": 5, "suggestion": 5, "correction": 3}),
        ("hotline-12345", {"consultation": 5, "complaint": 15, "suggestion": 10}),
    ],
)
def test_named_policies_answer_as_their_documents_say(name: str, days: dict[str, int]) -> None:
    terms = policies().terms(name)
    for kind, expected in days.items():
        limit = terms.limit(STEP.ANSWER, KIND(kind))
        assert limit is not None
        assert limit.days == expected


def test_a_site_that_chose_nothing_goes_by_the_province() -> None:
    limit = usual().limit(STEP.ANSWER, KIND.SUGGESTION)
    assert limit is not None
    assert (limit.days, limit.document) == (7, "皖政办〔2015〕12号")
    assert usual().version == policies().terms("anhui-2015").version


def test_an_evaluation_takes_twenty_working_days() -> None:
    for name in policies().policies:
        limit = policies().terms(name).limit(STEP.EVALUATION, KIND.HELP)
        assert limit is not None
        assert limit.days == 20


def test_a_digest_tells_terms_apart_and_not_their_order() -> None:
    known = policies()
    digests = {known.terms(name).version for name in known.policies}
    assert len(digests) == len(known.policies)
    turned = usual().model_copy(update={"steps": dict(reversed([*usual().steps.items()]))})
    assert turned.version == usual().version
    own = NewLetterTerms.model_validate(
        {"policy": "anhui-2015", "own": [{"step": "answer", "days": 9}]}
    )
    assert chosen(own, known).version not in digests


def test_what_precedes_the_answer_never_takes_longer() -> None:
    own = {"policy": "anhui-2015", "own": [{"step": "first_reply", "days": 5}]}
    terms = chosen(NewLetterTerms.model_validate(own), policies())
    for kind, days in ((KIND.CORRECTION, 3), (KIND.HELP, 5)):
        limit = terms.limit(STEP.FIRST_REPLY, kind)
        assert limit is not None
        assert limit.days == days


def test_an_own_limit_holds_for_all_kinds_or_for_one() -> None:
    own = [
        {"step": "answer", "kind": "complaint", "days": 4},
        {"step": "answer", "days": 10},
    ]
    new = NewLetterTerms.model_validate(
        {"policy": "anhui-2015", "own": own, "beyond_reason": "纠错须会办。"}
    )
    days = {
        limit.kind.value: limit.days
        for limit in shown("own", chosen(new, policies())).limits
        if limit.step is STEP.ANSWER
    }
    assert (days["complaint"], days["suggestion"], days["correction"]) == (4, 10, 10)


def test_every_fault_of_a_choice_is_told_at_once() -> None:
    own = [
        {"step": "answer", "kind": "help", "days": 60},
        {"step": "answer", "kind": "help", "days": 5},
        {"step": "evaluation", "days": 80},
    ]
    assert codes(policy="anhui-2015", own=own) == [
        ("/own/0", "twice"),
        ("/own/0/days", "beyond_red_line"),
        ("/own/1", "twice"),
    ]
    assert codes(policy="nowhere") == [("/policy", "unknown_policy")]


def test_longer_than_what_binds_needs_a_reason_and_shorter_does_not() -> None:
    longer = [{"step": "answer", "kind": "help", "days": 16}]
    assert codes(policy="shenyang", own=longer) == [("/beyond_reason", "beyond_binding")]
    assert codes(policy="shenyang", own=longer, beyond_reason="会办单位多") == []
    assert codes(policy="shenyang", own=[{"step": "answer", "days": 1}]) == []


def test_the_longest_term_ends_within_three_months_whenever_it_begins() -> None:
    calendar, days = Calendar.official(), policies().red_line.days
    day = date(2024, 1, 1)
    while day < date(2026, 9, 25):
        month = day.month + 3
        year, month = day.year + (month > 12), (month - 1) % 12 + 1
        red_line = date(year, month, min(day.day, 28))
        assert calendar.due(day, days).date <= red_line, day
        day += ONE_DAY


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"default": "nowhere"}, "no policy is called nowhere"),
        ({"tolerance": 1}, "tolerance"),
    ],
)
def test_figures_that_do_not_hold_together_stop_the_start(
    change: dict[str, Any], says: str
) -> None:
    figures = policies().model_dump(mode="json") | change
    with pytest.raises(ValidationError, match=says):
        parse(Policies, yaml.safe_dump(figures))


def test_a_named_policy_beyond_what_binds_stops_the_start() -> None:
    figures = policies().model_dump(mode="json")
    figures["policies"]["shenyang"]["steps"]["answer"]["every"]["days"] = 16
    with pytest.raises(ValidationError, match="shenyang goes beyond"):
        parse(Policies, yaml.safe_dump(figures))


def test_a_policy_that_forgets_a_kind_stops_the_start() -> None:
    figures = policies().model_dump(mode="json")
    figures["policies"]["shenyang"]["steps"]["answer"]["every"] = None
    with pytest.raises(ValidationError, match="does not limit"):
        parse(Policies, yaml.safe_dump(figures))
