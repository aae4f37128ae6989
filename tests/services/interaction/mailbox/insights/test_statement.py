from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from icalendar import Calendar

from shared.auth import Actor
from tests.services.interaction.conftest import (
    ANSWER,
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    OTHER_SITE,
    ROADS,
    SITE,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support.queries import CountQueries

MONTH = {"month": "2026-03"}
PATH = "/v1/letter-statement"


async def stated(mailbox: Mailbox, actor: Actor, **asked: Any) -> dict[str, Any]:
    answer = await mailbox.get(actor, PATH, **(asked or MONTH))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_month_is_told_by_unit_and_kind_up_to_a_day(
    mailbox: Mailbox, clock: Clock
) -> None:
    await mailbox.write(kind="consultation")
    late = await mailbox.drafted()
    in_time = await mailbox.published()
    await mailbox.client.post(
        f"/v1/public/letters/{in_time['number']}/evaluation",
        json={"satisfaction": "fairly"},
        headers={"X-Query-Code": in_time["query_code"]},
    )
    clock.pass_by(days=22)  # 2026-03-24, a day after the last
    await mailbox.review(late["number"], "approve", "已核实")
    found = await stated(mailbox, HEAD, **MONTH, site_code=SITE)
    assert (found["since"], found["until"], found["cut_off"]) == (
        "2026-03-01",
        "2026-03-31",
        "2026-03-24",
    )
    total = found["total"]
    assert (total["received"], total["valid"], total["accepted"], total["answered"]) == (
        3,
        3,
        2,
        2,
    )
    assert (total["on_time"], total["overdue"], total["average_working_days"]) == (1, 2, 8.0)
    assert (total["evaluated"], total["fairly"], total["satisfaction_rate"]) == (1, 1, 100.0)
    assert (total["published"], total["public_share"]) == (1, 50.0)
    units = [(unit["organization"], unit["measures"]["received"]) for unit in found["units"]]
    assert units == [(None, 1), (ROADS, 2)]
    kinds = [(kind["kind_label"], kind["measures"]["received"]) for kind in found["kinds"]]
    assert kinds == [("投诉", 2), ("咨询", 1)]


async def test_everybody_counts_what_is_within_reach(mailbox: Mailbox) -> None:
    await mailbox.write()
    await mailbox.dispatched()
    await mailbox.write(site_code=OTHER_SITE)
    for actor, count in ((HEAD, 3), (DISPATCHER, 2), (CLERK, 1), (STRANGER, 1)):
        assert (await stated(mailbox, actor))["total"]["received"] == count
    other = await stated(mailbox, DISPATCHER, **MONTH, site_code=OTHER_SITE)
    assert other["total"]["received"] == 0


async def test_a_month_without_letters_is_empty(mailbox: Mailbox) -> None:
    await mailbox.write()
    found = await stated(mailbox, HEAD, month="2026-02")
    assert (found["total"]["received"], found["units"], found["kinds"]) == (0, [], [])


async def test_a_statement_costs_two_queries_however_many_letters(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    for _ in range(3):
        await mailbox.answered()
        with count_queries(2):  # the calendar, the counts
            await stated(mailbox, HEAD)


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [({}, "/month"), ({"since": "2026-03-02", "until": "2026-03-01"}, "/until")],
)
async def test_a_period_that_is_none_is_refused(
    mailbox: Mailbox, asked: dict[str, str], pointer: str
) -> None:
    answer = await mailbox.get(HEAD, PATH, **asked)
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["pointer"] == pointer


async def test_the_statement_is_a_workbook_and_a_document_without_a_word_of_the_letters(
    mailbox: Mailbox,
) -> None:
    await mailbox.published()
    book = await mailbox.get(HEAD, f"{PATH}.xlsx", **MONTH)
    with ZipFile(BytesIO(book.content)) as parts:
        shown = parts.read("xl/sharedStrings.xml").decode()
    assert "市城市管理局" in shown
    assert "有效来信不含不予受理和并案的来信" in shown
    paper = await mailbox.get(HEAD, f"{PATH}.docx", **MONTH)
    table = Document(BytesIO(paper.content)).tables[0]
    assert [cell.text for cell in table.rows[1].cells][:6] == [
        *("市城市管理局", "1", "1", "1", "1", "100"),
    ]
    assert table.rows[-1].cells[0].text == "合计"
    assert "attachment" in paper.headers["Content-Disposition"]
    assert not [word for word in (LETTER["title"], ANSWER, "李小龙") if word in shown]


async def test_deadlines_are_a_calendar_of_open_letters_within_reach(mailbox: Mailbox) -> None:
    sent = await mailbox.dispatched()
    await mailbox.answered()
    for actor, numbers in ((CLERK, [sent["number"]]), (STRANGER, [])):
        answer = await mailbox.get(actor, "/v1/letter-deadlines.ics")
        assert answer.headers["Content-Type"].startswith("text/calendar")
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        assert [str(event["summary"]).split()[1] for event in events] == numbers
        assert LETTER["title"] not in answer.text
        for event in events:
            assert event["dtstart"].dt.isoformat() == sent["due_on"]


@pytest.mark.parametrize("form", ["", ".xlsx", ".docx"])
async def test_figures_ask_for_a_token(mailbox: Mailbox, form: str) -> None:
    assert (await mailbox.get(None, f"{PATH}{form}", **MONTH)).status_code == 401
    assert (await mailbox.get(None, "/v1/letter-deadlines.ics")).status_code == 401
