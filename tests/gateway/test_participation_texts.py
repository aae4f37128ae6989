from typing import Any
from uuid import UUID

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from services.content.participation.models import ParticipationText
from shared.contracts.participation import ParticipationKind
from shared.contracts.participation_texts import TextState
from shared.db import open_sessions
from tests.factories.content import COUNTY_EDITOR, EDITOR, OFFICE, SITE, Group
from tests.gateway.conftest import Ask, outcome
from tests.support.people import NOW

TEXT = """... on ParticipationText { state message itemId version }
  ... on Problem { type status faults { pointer code } }"""
ALL = """{ participationTexts(state: WAITING) {
  nodes { id subjectId kind moment siteCode title paragraphs message version } } }"""
ONE = "query($id: UUID!) { participationText(id: $id) { state title } }"
ACCEPT = f"""mutation($id: UUID!, $version: Int!, $input: TextAcceptanceInput!) {{
  acceptParticipationText(id: $id, version: $version, input: $input) {{ {TEXT} }} }}"""
DISMISS = f"""mutation($id: UUID!, $version: Int!, $input: TextDismissalInput!) {{
  dismissParticipationText(id: $id, version: $version, input: $input) {{ {TEXT} }} }}"""


@pytest_asyncio.fixture
async def waiting(stage: dict[str, Any], group: Group) -> str:
    """Two texts that wait for a person; the id of the later."""
    del group  # their site is its
    engine: AsyncEngine = stage["engines"]["content"]
    async with open_sessions(engine).begin() as session:
        for number, moment in ((1, "announced"), (2, "result")):
            text = ParticipationText(id=UUID(int=number), subject_id=UUID(int=9), moment=moment)
            text.kind, text.site_code, text.sponsoring = ParticipationKind.SURVEY, SITE, OFFICE
            text.title, text.paragraphs, text.author = "调查", ["一", "二"], "person:writer"
            text.told_at, text.state, text.message = NOW, TextState.WAITING, "没有栏目"
            session.add(text)
    return str(UUID(int=2))


async def test_what_waits_is_listed_and_settled(group: Group, ask: Ask, waiting: str) -> None:
    later, earlier = (await outcome(ask, ALL, EDITOR))["nodes"]
    assert (later["id"], later["moment"], later["kind"]) == (waiting, "RESULT", "SURVEY")
    assert (later["paragraphs"], later["message"]) == (["一", "二"], "没有栏目")
    given = {"kind": "NEWS", "columnId": group.columns["news"]}
    mine = {"id": waiting, "version": later["version"]}
    assert (await outcome(ask, ACCEPT, COUNTY_EDITOR, **mine, input=given))["status"] == 404
    drafted = await outcome(ask, ACCEPT, EDITOR, **mine, input=given)
    assert (drafted["state"], drafted["itemId"] is None) == ("DRAFTED", False)
    theirs = {"id": earlier["id"], "version": earlier["version"]}
    dismissed = await outcome(ask, DISMISS, EDITOR, **theirs, input={"reason": "重复"})
    assert (dismissed["state"], dismissed["message"]) == ("DISMISSED", "重复")
    assert (await outcome(ask, ALL, EDITOR))["nodes"] == []


async def test_one_text_is_nothing_to_those_it_is_not_for(ask: Ask, waiting: str) -> None:
    assert await outcome(ask, ONE, COUNTY_EDITOR, id=waiting) is None
    assert (await outcome(ask, ONE, EDITOR, id=waiting))["title"] == "调查"
