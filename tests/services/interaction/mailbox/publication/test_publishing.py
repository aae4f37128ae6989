from typing import Any

import pytest
from sqlalchemy import text

from shared.auth import Permission
from shared.db import Sessions
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    OFFICE,
    ROADS,
    STRANGER,
    Mailbox,
)
from tests.support.people import person

PERSONAL = ("李小龙", "13855201234", "1385520", "lixiaolong")


async def proposed(mailbox: Mailbox, **said: Any) -> tuple[str, dict[str, Any]]:
    number = (await mailbox.answered())["number"]
    answer = await mailbox.act(DISPATCHER, number, "publication", **said)
    assert answer.status_code == 200, answer.text
    return number, answer.json()


async def public(mailbox: Mailbox) -> list[Any]:
    items: list[Any] = (await mailbox.get(None, "/v1/public/letters")).json()["items"]
    return items


async def test_nothing_is_public_before_a_second_person_reviewed_it(mailbox: Mailbox) -> None:
    number, rendition = await proposed(mailbox)
    assert await public(mailbox) == []
    assert (await mailbox.row(number)).published_on is None
    done = await mailbox.let_out(number, rendition["rendition_hash"])
    assert done.json()["published_on"] == "2026-03-02"
    (shown,) = await public(mailbox)
    assert (shown["number"], shown["text"]) == (number, rendition["text"])
    told = [type_ for type_, _ in await mailbox.announced()]
    assert told[-2:] == ["interaction.publication.proposed", "interaction.letter.published"]


async def test_what_is_said_instead_is_masked_all_the_same(mailbox: Mailbox) -> None:
    _, rendition = await proposed(
        mailbox, title="关于路灯的来信", text="李小龙（电话138 5520 1234）反映路灯不亮。"
    )
    assert rendition["title"] == "关于路灯的来信"
    assert rendition["text"] == "***（电话***）反映路灯不亮。"
    assert not [word for word in PERSONAL if word in str(rendition)]


async def test_a_proposal_lies_sealed_until_it_is_public(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    await proposed(mailbox, title="还没有公开的标题")
    async with sessions() as session:
        (row,) = (await session.execute(text("SELECT * FROM letter_renditions"))).all()
    assert "还没有公开的标题".encode() not in row.sealed


async def test_who_proposed_does_not_review_and_what_was_not_read_is_not_let_out(
    mailbox: Mailbox,
) -> None:
    number = (await mailbox.answered())["number"]
    first = (await mailbox.act(HEAD, number, "publication")).json()
    own = await mailbox.let_out(number, first["rendition_hash"])
    assert (own.status_code, own.json()["type"]) == (403, "/problems/own-rendition")
    await mailbox.act(DISPATCHER, number, "publication", title="改过的标题")
    stale = await mailbox.let_out(number, first["rendition_hash"])
    assert (stale.status_code, stale.json()["type"]) == (409, "/problems/rendition-changed")
    assert await public(mailbox) == []


async def test_a_returned_rendition_tells_why_and_is_proposed_anew(mailbox: Mailbox) -> None:
    number, rendition = await proposed(mailbox)
    at = rendition["rendition_hash"]
    why = await mailbox.let_out(number, at, verdict="return")
    assert why.json()["faults"][0]["pointer"] == "/reason"
    done = await mailbox.let_out(number, at, verdict="return", reason="地址太具体")
    assert done.json()["published_on"] is None
    letter = await mailbox.row(number)
    seen = (await mailbox.get(DISPATCHER, f"/v1/letters/{letter.id}/publication")).json()
    assert (seen["verdict"], seen["reason"], seen["reviewer"]) == ("return", "地址太具体", HEAD.id)
    again = await mailbox.let_out(number, at)
    assert again.json()["type"] == "/problems/no-proposal"
    anew = (await mailbox.act(DISPATCHER, number, "publication", title="路灯")).json()
    assert anew["verdict"] is None
    assert (await mailbox.let_out(number, anew["rendition_hash"])).status_code == 200


async def test_without_consent_nothing_is_published(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered(may_publish=False)
    refused = await mailbox.act(DISPATCHER, receipt["number"], "publication")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-consent")


async def test_reports_are_never_published(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered(kind="report")
    refused = await mailbox.act(DISPATCHER, receipt["number"], "publication")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/never-published")


async def test_an_open_letter_is_not_proposed(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    refused = await mailbox.act(DISPATCHER, receipt["number"], "publication")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/wrong-state")


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (CLERK, 403),
        (person(Permission.REVIEW_ANSWER, at=ROADS, name="roads-head"), 403),
        (STRANGER, 404),
        (person(Permission.REVIEW_ANSWER, at=OFFICE, name="office-head"), 200),
    ],
)
async def test_publishing_is_for_the_sites_own_people(
    mailbox: Mailbox, actor: Any, status: int
) -> None:
    number, rendition = await proposed(mailbox)
    assert (await mailbox.act(actor, number, "publication")).status_code == status
    number, rendition = await proposed(mailbox)
    done = await mailbox.let_out(number, rendition["rendition_hash"], actor)
    assert done.status_code == status
    dispatcher = person(Permission.DISPATCH, at=CITY, name="other-dispatcher")
    other = await mailbox.let_out(number, rendition["rendition_hash"], dispatcher)
    assert other.status_code in {403, 409}


async def test_a_published_letter_is_taken_down_with_a_reason(mailbox: Mailbox) -> None:
    receipt = await mailbox.published()
    refused = await mailbox.act(
        DISPATCHER, receipt["number"], "publication/withdrawal", reason="x"
    )
    assert refused.status_code == 403
    done = await mailbox.act(
        HEAD, receipt["number"], "publication/withdrawal", reason="来信人要求"
    )
    assert done.json()["published_on"] is None
    assert await public(mailbox) == []
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert (status["timeline"][-1]["step"], status["timeline"][-1]["note"]) == (
        "unpublished",
        "来信人要求",
    )
    gone = await mailbox.get(None, f"/v1/public/letters/{receipt['number']}/publication")
    assert (gone.status_code, LETTER["title"] in gone.text) == (404, False)


async def test_a_letter_published_anew_shows_what_was_reviewed_last(mailbox: Mailbox) -> None:
    receipt = await mailbox.published()
    anew = (await mailbox.act(DISPATCHER, receipt["number"], "publication", title="路灯")).json()
    assert (await public(mailbox))[0]["title"] == LETTER["title"]
    await mailbox.let_out(receipt["number"], anew["rendition_hash"])
    assert [shown["title"] for shown in await public(mailbox)] == ["路灯"]
