from services.interaction.mailbox.answering.commands import forgetting
from shared.auth import system
from shared.uow import BeginAs
from tests.services.interaction.conftest import ANSWER, CLERK, HEAD, Mailbox

ASKED = (
    "淮河路与解放路交叉口的雨水井堵塞多日，一下雨就积水半米深，行人无法通过，请派人清掏。",
    "胜利小区北门外的夜市噪声扰民，每天凌晨两点还在放音响，老人孩子睡不着觉，请你们管一管。",
    "我家门前的行道树枝叶遮住了信号灯，司机看不清红绿，上周已经出过两次事故，恳请修剪。",
    "南山公园的健身器材断了一根横杆，孩子们爬上去很危险，反映过一次没有人来，盼望更换。",
)
SAME = "经市城市管理局核查，您反映的情况属实，已责成责任单位于三月九日整改到位，欢迎继续监督我们。"


async def drafted(mailbox: Mailbox, asked: str, answer: str = SAME) -> str:
    number = str((await mailbox.dispatched(title="投诉", text=asked))["number"])
    done = await mailbox.act(CLERK, number, "answer", text=answer)
    assert done.status_code == 200, done.text
    return number


async def findings(mailbox: Mailbox, number: str) -> dict[str, tuple[str, int | None]]:
    seen = (await mailbox.read(HEAD, number)).json()["answer"]["findings"]
    return {each["code"]: (each["severity"], each["letters"]) for each in seen}


async def test_the_same_text_for_letters_that_ask_otherwise_comes_to_need_a_reason(
    mailbox: Mailbox,
) -> None:
    met = []
    for asked in ASKED:
        number = await drafted(mailbox, asked)
        met.append((await findings(mailbox, number)).get("copied"))
    assert met == [None, ("hint", 1), ("hint", 2), ("must_explain", 3)]
    refused = await mailbox.review(number, "approve")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/puts-off")
    (copied,) = [each for each in refused.json()["findings"] if each["code"] == "copied"]
    assert (copied["share"], copied["letters"], copied["excerpt"]) == (1.0, 3, "")


async def test_the_writers_name_and_a_greeting_do_not_hide_a_copy(mailbox: Mailbox) -> None:
    await drafted(mailbox, ASKED[0], f"张女士，您好！来信收悉。{SAME}")
    number = await drafted(mailbox, ASKED[1], f"李先生，您好！{SAME}感谢支持。")
    assert "copied" in await findings(mailbox, number)


async def test_many_who_ask_the_same_are_answered_the_same(mailbox: Mailbox) -> None:
    for _ in range(4):
        number = await drafted(mailbox, ASKED[0])
    assert "copied" not in await findings(mailbox, number)


async def test_an_answer_written_anew_is_no_copy_of_itself(mailbox: Mailbox) -> None:
    number = await drafted(mailbox, ASKED[0])
    await mailbox.review(number, "return", "请核对")
    await mailbox.act(CLERK, number, "answer", text=SAME)
    assert "copied" not in await findings(mailbox, number)


async def test_what_was_returned_or_withdrawn_went_to_nobody(mailbox: Mailbox) -> None:
    returned, withdrawn = [await drafted(mailbox, asked) for asked in ASKED[:2]]
    await mailbox.review(returned, "return", "请核对")
    await mailbox.act(CLERK, withdrawn, "answer/withdrawal")
    assert "copied" not in await findings(mailbox, await drafted(mailbox, ASKED[2]))


async def test_answers_that_go_out_all_on_one_day_after_weeks_are_told_as_a_batch(
    mailbox: Mailbox,
) -> None:
    numbers = [(await mailbox.dispatched())["number"] for _ in range(10)]
    mailbox.clock.pass_by(days=20)
    for at, number in enumerate(numbers):
        text = f"第{at}盏路灯经市城市管理局核查，因电缆老化停用，已于三月{at + 1}日更换并复亮。"
        await mailbox.act(CLERK, number, "answer", text=text)
        assert ("batch" in await findings(mailbox, number)) is (at == 9)
        assert (await mailbox.review(number, "approve", "已核实")).status_code == 200
    assert (await mailbox.announced())[-1][1]["hints"] == ["batch"]


async def test_an_answer_to_an_erased_letter_is_compared_with_none_and_owes_no_news(
    mailbox: Mailbox, begin: BeginAs
) -> None:
    receipt = await mailbox.answered()
    letter = await mailbox.row(receipt["number"])
    owed = f"/v1/writer-notifications?letter_id={letter.id}"
    assert len((await mailbox.send(HEAD, "GET", owed)).json()["items"]) == 2
    async with begin(system("interaction"), "test") as uow:
        await forgetting.forget(uow, letter.id)
    assert (await mailbox.send(HEAD, "GET", owed)).json()["items"] == []
    number = (await mailbox.dispatched(title="投诉", text=ASKED[0]))["number"]
    await mailbox.act(CLERK, number, "answer", text=ANSWER)
    assert "copied" not in await findings(mailbox, number)
