from typing import Any

from services.interaction.mailbox.answering.borrowing import Borrowed, outdated, standing
from shared.ids import new_id
from tests.services.interaction.conftest import (
    ANSWER,
    CLERK,
    COUNTY,
    HEAD,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.services.interaction.mailbox.conftest import ENTRY, Library
from tests.support import people
from tests.support.queries import CountQueries

PARTICULARS = "您反映的东海大道中段十二盏路灯因电缆老化停用，已于三月九日全部更换。"


async def inserted(mailbox: Mailbox, entry: dict[str, Any]) -> str:
    number = (await mailbox.dispatched())["number"]
    first = await mailbox.beside(CLERK, number, "PUT", "draft", {"text": PARTICULARS})
    body = {"entry_id": entry["id"]}
    done = await mailbox.beside(
        CLERK, number, "POST", "draft/entries", body, first.json()["version"]
    )
    assert done.status_code == 200, done.text
    return str(number)


async def submitted(mailbox: Mailbox, number: str, version: int = 2) -> list[str]:
    done = await mailbox.act(CLERK, number, "draft/submission", draft_version=version)
    assert done.status_code == 200, done.text
    seen = (await mailbox.read(HEAD, number)).json()["answer"]
    return [finding["code"] for finding in seen["findings"]]


async def citations(mailbox: Mailbox, query: str = "") -> list[tuple[str, int, bool]]:
    listed = await mailbox.send(HEAD, "GET", f"/v1/library-citations?{query}")
    return [(each["number"], each["edition"], each["outdated"]) for each in listed.json()["items"]]


async def test_an_entry_put_into_a_draft_leaves_its_text_its_edition_and_its_policies(
    mailbox: Mailbox, library: Library
) -> None:
    policy = str(new_id())
    entry = await library.usable(policies=[policy])
    number = await inserted(mailbox, entry)
    draft = (await mailbox.beside(CLERK, number, "GET", "draft")).json()
    assert draft["text"] == f"{PARTICULARS}\n{ENTRY['text']}"
    assert draft["policies"] == [policy]
    assert draft["insertions"] == [{"entry_id": entry["id"], "edition": 1, "outdated": False}]


async def test_an_answer_made_of_an_entry_and_the_letters_particulars_is_honest(
    mailbox: Mailbox, library: Library
) -> None:
    entry = await library.usable()
    for _ in range(4):
        number = await inserted(mailbox, entry)
        over = {"text": f"您反映的{new_id()}处路灯已于三月九日修复，由{new_id()}号台账记录。"}
        body = {"text": f"{over['text']}\n{ENTRY['text']}"}
        await mailbox.beside(CLERK, number, "PUT", "draft", body, 2)
        assert await submitted(mailbox, number, 3) == []


async def test_an_answer_that_is_nothing_but_an_entry_is_hinted_at(
    mailbox: Mailbox, library: Library
) -> None:
    entry = await library.usable()
    number = (await mailbox.dispatched())["number"]
    body = {"entry_id": entry["id"]}
    await mailbox.beside(CLERK, number, "POST", "draft/entries", body)
    assert await submitted(mailbox, number, 1) == ["library_only"]
    assert (await mailbox.review(number, "approve")).status_code == 200
    assert (await mailbox.announced())[-1][1]["hints"] == ["library_only"]


async def test_a_use_counts_when_the_answer_reaches_its_writer(
    mailbox: Mailbox, library: Library
) -> None:
    entry = await library.usable()
    number = await inserted(mailbox, entry)
    await submitted(mailbox, number)
    path = f"/v1/library-entries/{entry['id']}"
    assert (await mailbox.send(CLERK, "GET", path)).json()["uses"] == 0
    await mailbox.review(number, "approve")
    assert (await mailbox.send(CLERK, "GET", path)).json()["uses"] == 1


async def test_an_answer_that_cites_what_changed_meanwhile_needs_a_reason(
    mailbox: Mailbox, library: Library
) -> None:
    entry = await library.usable()
    number = await inserted(mailbox, entry)
    await library.review(
        await library.rewrite(entry, "路灯故障一个工作日内修复，由照明管理处负责。")
    )
    draft = (await mailbox.beside(CLERK, number, "GET", "draft")).json()
    assert draft["insertions"][0]["outdated"] is True
    assert await submitted(mailbox, number) == ["outdated_entry"]
    refused = await mailbox.review(number, "approve")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/puts-off")


async def test_answers_that_cite_an_outdated_entry_are_found(
    mailbox: Mailbox, library: Library, clock: Clock, count_queries: CountQueries
) -> None:
    entry, lasting = await library.usable(valid_until="2026-03-05"), await library.usable()
    numbers = []
    for each in (entry, lasting):
        numbers.append(await inserted(mailbox, each))
        await submitted(mailbox, numbers[-1])
        await mailbox.review(numbers[-1], "approve", "已核实")
    assert await citations(mailbox, "outdated=true") == []
    clock.pass_by(days=5)
    with count_queries(1):
        assert await citations(mailbox, "outdated=true") == [(numbers[0], 1, True)]
    assert await citations(mailbox, f"entry_id={lasting['id']}") == [(numbers[1], 1, False)]
    retired = (await mailbox.send(CLERK, "GET", f"/v1/library-entries/{lasting['id']}")).json()
    await library.retire(retired)
    assert [number for number, _, _ in await citations(mailbox, "outdated=true")] == numbers[::-1]
    assert await citations(mailbox, "outdated=false") == []


async def test_an_entry_of_which_nothing_was_left_is_not_cited(
    mailbox: Mailbox, library: Library
) -> None:
    number = await inserted(mailbox, await library.usable())
    await mailbox.beside(CLERK, number, "PUT", "draft", {"text": ANSWER}, 2)
    await submitted(mailbox, number, 3)
    assert await citations(mailbox) == []


async def test_what_may_not_be_used_cannot_be_put_in(
    mailbox: Mailbox, library: Library, clock: Clock
) -> None:
    waiting = await library.written()
    ended = await library.usable(valid_until="2026-03-02")
    retired = (await library.retire(await library.usable())).json()
    number = (await mailbox.dispatched())["number"]
    clock.pass_by(days=1)
    for entry in (waiting, ended, retired):
        body = {"entry_id": entry["id"]}
        refused = await mailbox.beside(CLERK, number, "POST", "draft/entries", body)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-in-use")
    body = {"entry_id": str(new_id())}
    missing = await mailbox.beside(CLERK, number, "POST", "draft/entries", body)
    assert missing.status_code == 404
    assert (await mailbox.beside(CLERK, number, "GET", "draft")).status_code == 404


async def test_a_draft_takes_in_no_more_than_fits(mailbox: Mailbox, library: Library) -> None:
    entry = await library.usable()
    number = (await mailbox.dispatched())["number"]
    await mailbox.beside(CLERK, number, "PUT", "draft", {"text": "字" * 4990})
    body = {"entry_id": entry["id"]}
    refused = await mailbox.beside(CLERK, number, "POST", "draft/entries", body, 1)
    assert (refused.status_code, refused.json()["faults"][0]["code"]) == (422, "too_long")


async def test_citations_are_told_to_those_alone_whose_letters_they_are_in(
    mailbox: Mailbox, library: Library
) -> None:
    number = await inserted(mailbox, await library.usable())
    await submitted(mailbox, number)
    await mailbox.review(number, "approve", "已核实")
    assert len(await citations(mailbox)) == 1
    for actor in (STRANGER, people.person(at=COUNTY), people.person(name="nobody")):
        listed = await mailbox.send(actor, "GET", "/v1/library-citations")
        assert listed.json()["items"] == []


def test_a_clause_left_standing_is_a_citation_and_a_phrase_is_none() -> None:
    borrowed = [Borrowed(new_id(), 1, "您好，路灯故障由照明管理处负责，两日内修复。")]
    assert standing(borrowed, "经查，路灯故障由照明管理处负责。") == borrowed
    assert standing(borrowed, "您好，两日内修复。") == []


def test_what_is_used_by_another_text_or_not_at_all_is_outdated() -> None:
    one, other, gone = (Borrowed(new_id(), 1, "") for _ in range(3))
    usable = {one.entry_id: 1, other.entry_id: 2}
    assert outdated([one, other, gone], usable) == [other, gone]
