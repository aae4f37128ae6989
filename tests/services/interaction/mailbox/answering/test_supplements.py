from typing import Any

from shared.auth import Permission
from tests.services.interaction.conftest import (
    ANSWER,
    CLERK,
    DISPATCHER,
    HEAD,
    ROADS,
    Clock,
    Mailbox,
)
from tests.support import people

FURTHER = "补充答复：余下路段的八盏路灯由市城市管理局于三月十日换新，请您验看。"


async def status(mailbox: Mailbox, receipt: dict[str, Any]) -> Any:
    return (await mailbox.follow(receipt["number"], receipt["query_code"])).json()


async def test_a_further_answer_is_reviewed_like_the_first_which_stays(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.answered()
    number = receipt["number"]
    clock.pass_by(days=30)
    written = await mailbox.act(CLERK, number, "answer", text=FURTHER)
    assert (written.status_code, written.json()["state"]) == (200, "answered")
    before = await status(mailbox, receipt)
    assert (before["answer"], len(before["answers"])) == (ANSWER, 1)
    seen = (await mailbox.read(HEAD, number)).json()
    assert (seen["answer"]["text"], seen["answer"]["supplement"]) == (FURTHER, True)
    assert [each["text"] for each in seen["answers"]] == [ANSWER]
    done = await mailbox.review(number, "approve", "已核实")
    assert (done.status_code, done.json()["state"]) == (200, "answered")
    told = await status(mailbox, receipt)
    assert [(each["text"], each["supplement"]) for each in told["answers"]] == [
        (ANSWER, False),
        (FURTHER, True),
    ]
    assert (told["answer"], told["answering_unit"]) == (FURTHER, "市城市管理局")
    assert [step["step_label"] for step in told["timeline"]][-2:] == ["答复来信人", "补充答复"]


async def test_it_leaves_the_day_of_the_answer_and_whether_that_was_late_alone(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.answered()
    clock.pass_by(days=60)
    await mailbox.supplemented(receipt["number"], FURTHER)
    letter = await mailbox.row(receipt["number"])
    assert (str(letter.answered_on), letter.late) == ("2026-03-02", False)
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.letter.supplemented"
    assert (data["organization"], data["supplemented_on"]) == (ROADS, "2026-05-01")


async def test_a_further_answer_is_returned_or_withdrawn_and_the_writer_learns_nothing(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.answered()
    number = receipt["number"]
    for undo in ("return", "withdraw"):
        await mailbox.act(CLERK, number, "answer", text=FURTHER)
        if undo == "return":
            done = await mailbox.review(number, "return", "不必补充")
        else:
            done = await mailbox.act(CLERK, number, "answer/withdrawal")
        assert (done.status_code, done.json()["state"]) == (200, "answered")
        assert [each["text"] for each in (await status(mailbox, receipt))["answers"]] == [ANSWER]
    refused = await mailbox.act(CLERK, number, "answer/withdrawal")
    assert refused.status_code == 409


async def test_its_author_cannot_review_it(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    await mailbox.act(CLERK, receipt["number"], "answer", text=FURTHER)
    author = people.person(Permission.REVIEW_ANSWER, name="clerk")
    refused = await mailbox.review(receipt["number"], "approve", "好", actor=author)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/own-answer")


async def test_a_letter_changes_its_version_with_every_step_of_a_further_answer(
    mailbox: Mailbox,
) -> None:
    number = (await mailbox.answered())["number"]
    versions = [(await mailbox.row(number)).version]
    for act in ("answer", "answer/withdrawal", "answer"):
        await mailbox.act(CLERK, number, act, **({"text": FURTHER} if act == "answer" else {}))
        versions.append((await mailbox.row(number)).version)
    await mailbox.review(number, "approve", "已核实")
    versions.append((await mailbox.row(number)).version)
    assert versions == sorted(set(versions))


async def test_the_public_rendition_holds_what_was_given_and_never_what_awaits_review(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.answered()
    await mailbox.act(CLERK, receipt["number"], "answer", text=FURTHER)
    proposed = (await mailbox.act(DISPATCHER, receipt["number"], "publication")).json()
    done = await mailbox.let_out(receipt["number"], proposed["rendition_hash"])
    assert done.status_code == 200, done.text
    address = f"/v1/public/letters/{receipt['number']}/publication"
    shown = (await mailbox.client.get(address)).json()
    assert shown["answer"] == ANSWER.replace("李小龙", "***")
