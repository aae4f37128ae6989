from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.interaction.mailbox.answering.perfunctory import Asked, findings, own_words
from services.interaction.mailbox.answering.wording import wording
from shared.contracts.answers import FindingSeverity
from tests.services.interaction.conftest import ANSWER, LETTER

TODAY = date(2026, 3, 10)
LIGHTS = Asked(str(LETTER["title"]), str(LETTER["text"]), TODAY)
RULE = Asked("医保报销比例", "请问城乡居民医保住院报销比例是多少，异地住院怎么报销？", TODAY)
COLD = Asked("接电话的人态度差", "我打电话问路灯，值班人员叫我爱找谁找谁。", TODAY)
HONEST = [
    (LIGHTS, ANSWER),
    (LIGHTS, "近期我局已对东海大道路灯逐盏检修，坏了的十二盏已于3月9日全部换新。"),
    (LIGHTS, "我局将尽快更换东海大道坏了的路灯，3月20日前完成，届时请您验看。"),
    (LIGHTS, "我局将于五个工作日内尽快修复东海大道路灯，修复后由市城市管理局电话告知您。"),
    (LIGHTS, "您反映的路灯问题已转市城市管理局照明管理处。该处3月9日已更换东海大道灯具十二盏。"),
    (
        COLD,
        "您称值班人员说“爱找谁找谁”，经市城市管理局核查属实，已对当事人批评教育并向您道歉。",
    ),
    (
        RULE,
        "您的居民医保即将到期的，请尽快续缴。住院报销比例为三级医院60%、二级医院75%。市医保局。",
    ),
    (
        RULE,
        "居民医保住院，三级医院报销60%，二级医院报销75%。如有疑问请致电市医保局0552-3012393。",
    ),
    (RULE, "请您携带医保卡和住院发票到市医疗保障局三楼报销窗口办理，咨询电话0552-3012393。"),
    (RULE, "请您携带医保卡和住院发票原件，到市医疗保障局办理报销，建议您尽快办理，当年有效。"),
]


def codes(answer: str, asked: Asked = LIGHTS) -> list[str]:
    return [finding.code for finding in findings(answer, asked, wording())]


@pytest.mark.parametrize(("asked", "answer"), HONEST)
def test_an_honest_answer_is_left_alone(asked: Asked, answer: str) -> None:
    assert codes(answer, asked) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ANSWER + "余下路段近期施工。", ["promise"]),
        (ANSWER + "余下路段将尽快施工，即将完工。", ["promise", "promise"]),
        (ANSWER + "我局已要求施工单位尽快修复余下路灯。", ["promise"]),
        (ANSWER + "2025年12月1日起将尽快施工。", ["promise"]),
        ("路灯已处理。", ["too_short", "unsigned"]),
        ("，。　 " * 40, ["off_topic", "too_short", "unsigned"]),
        (
            "您好，来信收悉，感谢支持。您的路灯问题已转市城市管理局照明管理处进一步核实处理，请耐心等待。",
            ["transfer_only"],
        ),
        ("您好！路灯已转有关部门。", ["too_short", "transfer_only", "unsigned"]),
        (
            "您好！您反映的路灯问题不属于我局职责，请您拨打市城市管理局电话0552-3012393咨询，感谢您的理解。",
            ["elsewhere_only"],
        ),
        (
            "您反映的路灯问题已转市城市管理局，请保持电话畅通，如有疑问请致电0552-3012393。",
            ["transfer_only", "elsewhere_only"],
        ),
        (ANSWER + "尽\u200b快施工，近 期完工。", ["promise", "promise"]),
        (ANSWER + "请不要无理取闹。", ["rude"]),
        (
            "经核查，路灯因电缆老化停用，现在都换过了，照明恢复正常，请您再去看看，谢谢。",
            ["unsigned"],
        ),
        (
            "关于义务教育阶段学区划分，市教育局将于2026年6月1日公布方案，请关注公告栏。",
            ["off_topic"],
        ),
    ],
)
def test_answers_that_put_the_reader_off_are_found(answer: str, expected: list[str]) -> None:
    assert codes(answer) == expected


def test_a_finding_shows_the_word_and_tells_what_to_write_instead() -> None:
    (found,) = findings(ANSWER + "尽快施工。", LIGHTS, wording())
    assert found.excerpt == "尽快"
    assert found.severity is FindingSeverity.MUST_EXPLAIN
    assert "具体办理时间" in found.message


def test_a_mild_sign_asks_for_no_reason() -> None:
    mild = {found.code: found.severity for found in findings("。" * 40, LIGHTS, wording())}
    assert mild["off_topic"] is mild["unsigned"] is FindingSeverity.HINT


def test_a_letter_of_few_words_is_met_by_anything() -> None:
    assert "off_topic" not in codes(ANSWER, Asked("谢谢", "感谢你们", TODAY))


@given(
    answer=st.text(
        st.sampled_from("路灯已转近期尽快12月日前。，；“”您好致电无理取闹局\n"), max_size=80
    )
)
def test_whatever_is_written_each_finding_quotes_it_and_advises(answer: str) -> None:
    for found in findings(answer, LIGHTS, wording()):
        assert found.excerpt in answer
        assert found.message.endswith("。")


@given(
    before=st.text(st.sampled_from("路灯坏了近期尽快即将。，"), max_size=30),
    days=st.integers(1, 99),
)
def test_a_promise_with_a_span_of_days_is_none_to_complain_of(before: str, days: int) -> None:
    promised = f"{before.replace('。', '，')}我局{days}个工作日内修好。"
    assert "promise" not in codes(promised)


def test_own_words_are_those_that_are_no_courtesy_and_stand_in_no_entry() -> None:
    entry = "居民医保三级医院报销60%，二级医院报销75%。"
    answer = f"您好，来信收悉。{entry}您在市二院住院，适用75%。"
    assert own_words(answer, wording(), [entry]) == "您在市二院住院适用75%"


def test_five_thousand_signs_of_nothing_take_no_time_to_speak_of() -> None:
    for sign in (" ", "1 ", "十", "“", "近期，", "a"):
        begun = perf_counter()
        list(findings(f"a{sign * (4998 // len(sign))}月", LIGHTS, wording()))
        assert perf_counter() - begun < 1
