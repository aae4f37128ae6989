from typing import Any

import httpx
import pytest

from shared.auth import Actor
from tests.services.interaction.conftest import (
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support import people
from tests.support.queries import CountQueries

WRITER = {"identity": "named", "name": "李小龙", "phone": "13855201234"}
CALL = {**LETTER, "channel": "phone", "writer": WRITER}


async def enter(
    mailbox: Mailbox, actor: Actor | None = DISPATCHER, key: str | None = None, **over: Any
) -> httpx.Response:
    headers = people.bearer(actor, mailbox.clock.now) if actor else {}
    if key:
        headers["Idempotency-Key"] = key
    return await mailbox.client.post("/v1/letters", json={**CALL, **over}, headers=headers)


async def test_a_clerk_enters_a_call_and_hands_number_and_code_over(mailbox: Mailbox) -> None:
    receipt = (await enter(mailbox)).json()
    assert set(receipt) == {"number", "query_code", "received_on", "due_on", "due_provisional"}
    status = await mailbox.follow(receipt["number"], receipt["query_code"])
    assert status.json()["state_label"] == "待受理"
    opened = (await mailbox.read(DISPATCHER, receipt["number"])).json()
    assert (opened["channel"], opened["channel_label"]) == ("phone", "电话")
    assert opened["entry"] == {
        "entered_by": DISPATCHER.id,
        "entered_at": "2026-03-02T01:00:00Z",
        "writer_identity": "named",
    }


async def test_the_channel_is_in_the_list_its_filter_and_the_event(mailbox: Mailbox) -> None:
    called = (await enter(mailbox)).json()["number"]
    sent = (await mailbox.write(channel="app"))["number"]
    headers = people.bearer(DISPATCHER)
    for asked, numbers in (("phone", [called]), ("app", [sent]), ("web", [])):
        page = await mailbox.client.get(f"/v1/letters?channel={asked}", headers=headers)
        letters = page.json()["items"]
        assert [(each["number"], each["channel"]) for each in letters] == [
            (number, asked) for number in numbers
        ]
    told = await mailbox.announced()
    assert [data["channel"] for _, data in told] == ["phone", "app"]
    assert not any("李小龙" in str(data) or "13855201234" in str(data) for _, data in told)


async def test_an_anonymous_writer_is_not_one_whose_contact_was_forgotten(
    mailbox: Mailbox,
) -> None:
    written = {}
    for identity, writer in (
        ("anonymous", {"identity": "anonymous"}),
        ("no_contact", {"identity": "no_contact", "name": "李小龙"}),
        ("named", WRITER),
    ):
        receipt = (await enter(mailbox, writer=writer)).json()
        opened = (await mailbox.read(DISPATCHER, receipt["number"])).json()
        written[identity] = (opened["entry"]["writer_identity"], opened["writer_name"])
    assert written == {
        "anonymous": ("anonymous", None),
        "no_contact": ("no_contact", "李小龙"),
        "named": ("named", "李小龙"),
    }
    own = await mailbox.write()
    assert (await mailbox.read(DISPATCHER, own["number"])).json()["entry"] is None


@pytest.mark.parametrize(
    ("over", "pointers"),
    [
        ({"writer": {"identity": "named"}}, ["/writer", "/writer/name"]),
        ({"writer": {"identity": "named", "name": "李"}}, ["/writer"]),
        ({"writer": {"identity": "named", "phone": "13855201234"}}, ["/writer/name"]),
        ({"writer": {"identity": "no_contact"}}, ["/writer/name"]),
        ({"writer": {**WRITER, "identity": "no_contact"}}, ["/writer/identity"]),
        ({"writer": {"identity": "anonymous", "name": "李"}}, ["/writer/name"]),
        ({"writer": {"name": "李", "phone": "13855201234"}}, ["/writer/identity"]),
        ({"channel": "web"}, ["/channel"]),
        ({"reached_on": "2026-03-03"}, ["/reached_on"]),
        ({"reached_on": "2026-01-30"}, ["/reached_on"]),
        ({"addressee": "nobody", "reached_on": "2026-03-03"}, ["/addressee", "/reached_on"]),
        ({"site_code": "9999999999"}, ["/site_code"]),
    ],
)
async def test_what_is_not_said_of_a_writer_or_said_wrongly_is_named(
    mailbox: Mailbox, over: dict[str, Any], pointers: list[str]
) -> None:
    answer = await enter(mailbox, **over)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
    assert sorted(fault["pointer"] for fault in answer.json()["faults"]) == pointers
    assert await mailbox.announced() == []


async def test_the_clock_of_a_paper_letter_counts_from_the_day_it_came(mailbox: Mailbox) -> None:
    receipt = (await enter(mailbox, channel="post", reached_on="2026-02-26")).json()
    assert receipt["number"].startswith("3403000006-20260226-0001-")
    assert (receipt["received_on"], receipt["due_on"]) == ("2026-02-26", "2026-03-18")


async def test_a_citizen_cannot_claim_a_clerks_channel(mailbox: Mailbox) -> None:
    for channel in ("phone", "post", "visit"):
        letter = {**LETTER, "channel": channel}
        answer = await mailbox.client.post("/v1/public/letters", json=letter)
        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json()["faults"]] == ["/channel"]


@pytest.mark.parametrize(
    ("actor", "status"),
    [(None, 401), (CLERK, 403), (HEAD, 403), (STRANGER, 403), (people.person(), 403)],
)
async def test_only_who_dispatches_for_the_site_writes_on_behalf(
    mailbox: Mailbox, actor: Actor | None, status: int
) -> None:
    assert (await enter(mailbox, actor)).status_code == status
    assert await mailbox.announced() == []


async def test_an_entry_sent_again_is_one_letter_with_one_code(
    mailbox: Mailbox, clock: Clock
) -> None:
    first = (await enter(mailbox, key="once")).json()
    clock.pass_by(minutes=1)
    again = await enter(mailbox, key="once")
    assert again.json() == first
    assert len(await mailbox.announced()) == 1


async def test_what_a_clerk_enters_is_never_held(mailbox: Mailbox) -> None:
    receipt = (await enter(mailbox, title="代开发票", text="有人代开发票，请查处。")).json()
    assert (await mailbox.row(receipt["number"])).state == "received"


async def test_an_anonymous_letter_is_published_without_a_slip(mailbox: Mailbox) -> None:
    receipt = (await enter(mailbox, writer={"identity": "anonymous"})).json()
    number = receipt["number"]
    await mailbox.act(DISPATCHER, number, "dispatch", organization="roads")
    await mailbox.act(CLERK, number, "answer", text="经核查，路灯已于三月九日全部更换。" * 3)
    await mailbox.review(number, "approve", "已核实")
    proposed = (await mailbox.act(DISPATCHER, number, "publication")).json()
    done = await mailbox.let_out(number, proposed["rendition_hash"])
    assert done.status_code == 200, done.text
    shown = await mailbox.client.get(f"/v1/public/letters/{number}/publication")
    assert "东海大道中段的路灯坏了两周" in shown.json()["text"]
    assert "13855201234" not in shown.text


async def test_opening_an_entered_letter_costs_one_question_more(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    letter = await mailbox.row((await enter(mailbox)).json()["number"])
    with count_queries(7):  # letter, notes and draft, timeline, replies, entry; two to note it
        await mailbox.client.get(f"/v1/letters/{letter.id}", headers=people.bearer(DISPATCHER))
