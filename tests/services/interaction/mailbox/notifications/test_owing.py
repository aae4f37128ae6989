import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    STRANGER,
    Mailbox,
)
from tests.support import people
from tests.support.queries import CountQueries

PATH = "/v1/writer-notifications"


async def owed(mailbox: Mailbox, query: str = "") -> list[tuple[str, str, str]]:
    listed = await mailbox.send(HEAD, "GET", f"{PATH}?{query}")
    assert listed.status_code == 200, listed.text
    return [
        (each["occasion"], each["medium"], each["state_label"]) for each in listed.json()["items"]
    ]


async def test_an_answer_is_owed_as_news_by_every_way_left_and_says_it_was_not_sent(
    mailbox: Mailbox,
) -> None:
    number = (await mailbox.answered())["number"]
    assert set(await owed(mailbox, "state=pending")) == {
        ("answered", "phone", "待发送"),
        ("answered", "email", "待发送"),
    }
    await mailbox.supplemented(
        number, "补充答复：余下路段的八盏路灯由市城市管理局于三月十日换新。"
    )
    assert [occasion for occasion, _, _ in await owed(mailbox)] == [
        "supplemented",
        "supplemented",
        "answered",
        "answered",
    ]
    assert len(await owed(mailbox, f"letter_id={(await mailbox.row(number)).id}")) == 4


@pytest.mark.parametrize("left", ["phone", "email"])
async def test_only_the_ways_the_writer_left_are_owed(mailbox: Mailbox, left: str) -> None:
    contact = {"phone": "13855201234", "email": "lixiaolong@example.com"}[left]
    await mailbox.answered(writer={"name": "李小龙", left: contact})
    assert [medium for _, medium, _ in await owed(mailbox)] == [left]


async def test_nothing_is_owed_for_a_draft(mailbox: Mailbox) -> None:
    number = (await mailbox.drafted())["number"]
    await mailbox.review(number, "return", "请补充")
    assert await owed(mailbox) == []


async def test_what_is_owed_names_nobody_and_is_told_along_the_letters_line(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    await mailbox.answered()
    for actor, many in (
        (DISPATCHER, 2),
        (CLERK, 2),
        (STRANGER, 0),
        (people.person(at=CITY), 0),
        (people.person(Permission.EDIT), 0),
    ):
        with count_queries(1):
            listed = await mailbox.send(actor, "GET", PATH)
        assert len(listed.json()["items"]) == many
        assert not any(word in listed.text for word in ("李小龙", "13855201234", "lixiaolong"))
    assert (await mailbox.client.get(PATH)).status_code == 401
