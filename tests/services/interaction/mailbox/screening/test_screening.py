import pytest
from sqlalchemy import select

from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.screening import refusal
from services.interaction.mailbox.screening.models import Refusal
from tests.services.interaction.conftest import CLERK, DISPATCHER, STRANGER, Mailbox
from tests.support import people


async def test_a_letter_is_accepted_before_it_is_known_who_answers(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    done = await mailbox.act(DISPATCHER, receipt["number"], "acceptance")
    assert (done.status_code, done.json()["state_label"]) == (200, "已受理")
    assert done.json()["organization"] is None
    type_, data = (await mailbox.announced())[-1]
    assert (type_, data["number"]) == ("interaction.letter.accepted", receipt["number"])
    again = await mailbox.act(DISPATCHER, receipt["number"], "acceptance")
    assert again.json()["type"] == "/problems/wrong-state"
    timeline = (await mailbox.follow(**_codes(receipt))).json()["timeline"]
    assert [entry["step"] for entry in timeline] == ["received", "accepted"]


async def test_a_refused_letters_writer_reads_why_and_what_to_do(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    words = "可拨打法律援助热线咨询。"
    done = await mailbox.act(
        DISPATCHER, receipt["number"], "refusal", reason="outside_duty", words=words
    )
    assert (done.json()["state_type"], done.json()["state_label"]) == ("refused", "不予受理")
    status = (await mailbox.follow(**_codes(receipt))).json()
    told = status["timeline"][-1]
    reason = refusal.named("outside_duty")
    assert (told["step"], told["note"]) == ("refused", refusal.told(reason, words))
    type_, data = (await mailbox.announced())[-1]
    assert (type_, data["reason"]) == ("interaction.letter.refused", "outside_duty")
    assert words not in str(data)
    async with mailbox.sessions() as session:
        letter = await mailbox.row(receipt["number"])
        kept = await session.get_one(Refusal, letter.id)
        question = select(LetterClock).where(LetterClock.letter_id == letter.id)
        clocks = (await session.scalars(question)).all()
    assert (kept.reason, kept.by, kept.at) == ("outside_duty", "person:dispatcher", people.NOW)
    assert [clock.due_at for clock in clocks] == [None] * len(clocks)
    assert clocks


async def test_a_refusal_is_an_end(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    await mailbox.act(DISPATCHER, receipt["number"], "refusal", reason="repeated")
    for act, body in (
        ("acceptance", {}),
        ("dispatch", {"organization": "roads"}),
        ("refusal", {"reason": "illegal"}),
    ):
        refused = await mailbox.act(DISPATCHER, receipt["number"], act, **body)
        assert refused.json()["type"] == "/problems/wrong-state"


async def test_only_a_listed_reason_refuses(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    refused = await mailbox.act(DISPATCHER, receipt["number"], "refusal", reason="tiresome")
    assert (refused.status_code, refused.json()["faults"][0]["code"]) == (422, "unknown")
    assert len(await mailbox.announced()) == 1
    listed = await mailbox.client.get("/v1/refusal-reasons", headers=people.bearer(CLERK))
    assert "tiresome" not in {each["code"] for each in listed.json()}
    assert (await mailbox.client.get("/v1/refusal-reasons")).status_code == 401


async def test_a_letter_with_a_unit_comes_back_before_it_is_refused(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    early = await mailbox.act(DISPATCHER, receipt["number"], "refusal", reason="repeated")
    assert early.json()["type"] == "/problems/wrong-state"
    why = {"reason": "重复", "public_reason": "此前已经答复"}
    await mailbox.act(CLERK, receipt["number"], "return", **why)
    done = await mailbox.act(DISPATCHER, receipt["number"], "refusal", reason="repeated")
    assert done.status_code == 200


async def test_urgency_is_the_clerks_and_leaves_the_due_date(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    before = await mailbox.row(receipt["number"])
    done = await mailbox.act(
        DISPATCHER, receipt["number"], "urgency", method="PUT", urgency="urgent"
    )
    assert (done.json()["urgency_label"], done.json()["version"]) == ("紧急", 2)
    assert done.json()["due_on"] == str(before.due_on)
    type_, data = (await mailbox.announced())[-1]
    assert (type_, data["urgency"]) == ("interaction.letter.urgency_set", "urgent")


@pytest.mark.parametrize(
    ("act", "method", "body"),
    [
        ("acceptance", "POST", {}),
        ("refusal", "POST", {"reason": "repeated"}),
        ("urgency", "PUT", {"urgency": "urgent"}),
        ("merger", "POST", {"letters": ["01a20247-e2dc-7237-8800-4233f7dbd6bb"]}),
        ("parting", "POST", {"words": "另行办理"}),
    ],
)
async def test_screening_is_for_the_sites_clerks(
    mailbox: Mailbox, act: str, method: str, body: dict[str, str]
) -> None:
    number = (await mailbox.dispatched())["number"]
    before = await mailbox.announced()
    letter = await mailbox.row(number)
    address = f"/v1/letters/{letter.id}/{act}"
    anonymous = await mailbox.client.request(method, address, json=body or None)
    assert anonymous.status_code == 401
    for actor, status in ((CLERK, 403), (STRANGER, 404), (people.person(), 404)):
        refused = await mailbox.act(actor, number, act, method=method, **body)
        assert refused.status_code == status, refused.text
    assert await mailbox.announced() == before


def _codes(receipt: dict[str, str]) -> dict[str, str]:
    return {"number": receipt["number"], "code": receipt["query_code"]}
