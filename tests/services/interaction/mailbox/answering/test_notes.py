from uuid import uuid4

from shared.auth import Permission
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    OFFICE,
    ROADS,
    STRANGER,
    Mailbox,
)
from tests.support import people
from tests.support.queries import CountQueries

NOTE = {"text": "李小龙去年也来过信，电话13855201234。"}


async def test_a_note_is_read_by_those_who_work_on_the_letter_in_order(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    receipt = await mailbox.dispatched()
    number = receipt["number"]
    kept = await mailbox.beside(DISPATCHER, number, "POST", "notes", NOTE)
    assert kept.status_code == 201
    assert "text" not in kept.json()
    assert (kept.json()["author"], kept.json()["organization"]) == ("person:dispatcher", OFFICE)
    await mailbox.beside(CLERK, number, "POST", "notes", {"text": "已派人查看。"})
    letter = await mailbox.row(number)
    for first in (1, 2):
        with count_queries(2):  # the letter, its notes
            listed = await mailbox.send(
                HEAD, "GET", f"/v1/letters/{letter.id}/notes?first={first}"
            )
        assert len(listed.json()["items"]) == first
    assert [each["text"] for each in listed.json()["items"]] == [NOTE["text"], "已派人查看。"]
    assert (await mailbox.read(HEAD, number)).json()["notes"] == 2


async def test_a_note_is_put_right_by_its_author_once_and_both_stay(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    wrong = (await mailbox.beside(CLERK, number, "POST", "notes", NOTE)).json()["id"]
    body = {"text": "是前年来过信。", "corrects": wrong}
    theirs = await mailbox.beside(DISPATCHER, number, "POST", "notes", body)
    assert (theirs.status_code, theirs.json()["type"]) == (403, "/problems/others-note")
    right = (await mailbox.beside(CLERK, number, "POST", "notes", body)).json()["id"]
    again = await mailbox.beside(CLERK, number, "POST", "notes", body)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/corrected-already")
    items = (await mailbox.beside(CLERK, number, "GET", "notes")).json()["items"]
    assert [(each["corrects"], each["corrected_by"]) for each in items] == [
        (None, right),
        (wrong, None),
    ]


async def test_a_note_of_another_letter_cannot_be_put_right_here(mailbox: Mailbox) -> None:
    one, other = [(await mailbox.dispatched())["number"] for _ in range(2)]
    note = (await mailbox.beside(CLERK, one, "POST", "notes", NOTE)).json()["id"]
    for corrects in (note, str(uuid4())):
        refused = await mailbox.beside(
            CLERK, other, "POST", "notes", {"text": "改", "corrects": corrects}
        )
        assert refused.status_code == 422
        assert refused.json()["faults"][0]["pointer"] == "/corrects"


async def test_whoever_has_no_authority_over_the_letter_finds_no_notes(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    await mailbox.beside(CLERK, number, "POST", "notes", NOTE)
    neighbour = people.person(Permission.ANSWER, at=f"{CITY}.road", name="neighbour")
    former = people.person(at=ROADS, name="former-delegate")
    for actor in (STRANGER, neighbour, former):
        assert (await mailbox.beside(actor, number, "GET", "notes")).status_code == 404
        assert (await mailbox.beside(actor, number, "POST", "notes", NOTE)).status_code == 404


async def test_what_is_announced_of_a_note_says_nothing_of_it(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    await mailbox.beside(CLERK, number, "POST", "notes", NOTE)
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.letter.noted"
    assert "李小龙" not in str(data)
