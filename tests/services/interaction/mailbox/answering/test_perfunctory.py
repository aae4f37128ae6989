import pytest

from services.interaction.mailbox.answering.perfunctory import findings, wording
from tests.services.interaction.conftest import ANSWER


def codes(answer: str) -> list[str]:
    return [finding.code for finding in findings(answer, wording())]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ANSWER, []),
        (ANSWER + "余下路段近期施工。", ["promise"]),
        (ANSWER + "余下路段将尽快施工，即将完工。", ["promise", "promise"]),
        ("已处理。", ["too_short"]),
        ("，。　 " * 40, ["too_short"]),
        (
            "您好，来信收悉，感谢支持。您的问题已转市城市管理局照明管理处进一步核实处理，请耐心等待。",
            ["transfer_only"],
        ),
        ("您好！已转有关部门。", ["too_short", "transfer_only"]),
        ("您反映的问题已转市城市管理局。" + ANSWER, []),
    ],
)
def test_answers_that_put_the_reader_off_are_found(answer: str, expected: list[str]) -> None:
    assert codes(answer) == expected


def test_a_finding_shows_the_word_and_tells_what_to_write_instead() -> None:
    (found,) = findings(ANSWER + "尽快施工。", wording())
    assert found.excerpt == "尽快"
    assert "具体办理时间" in found.message
