import pytest

from services.interaction.mailbox.screening import refusal
from shared.problem import Invalid


def test_every_listed_reason_is_named_with_its_advice_and_source() -> None:
    assert {each.code for each in refusal.listed()} == {
        "illegal",
        "no_substance",
        "advertisement",
        "outside_duty",
        "in_proceedings",
        "petition_concluded",
        "repeated",
    }
    assert all(each.label and each.advice and each.document for each in refusal.listed())


def test_an_unknown_reason_is_refused_with_those_there_are() -> None:
    with pytest.raises(Invalid) as refused:
        refusal.named("because")
    (fault,) = refused.value.members["faults"]
    assert (fault["pointer"], fault["code"]) == ("/reason", "unknown")
    assert "repeated（重复来信）" in fault["detail"]


def test_the_writer_reads_the_reason_the_advice_and_the_clerks_words() -> None:
    reason = refusal.named("repeated")
    assert refusal.told(reason, None).splitlines() == ["重复来信。", reason.advice]
    assert refusal.told(reason, "原信编号见回执。").splitlines()[2] == "原信编号见回执。"
