"""What is held, declined, prepared or not yet public is met by nobody from outside."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import text

from services.interaction.participation.consultations import schedule
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import CITY, COUNTY, Clock
from tests.services.interaction.participation.conftest import CLERK
from tests.services.interaction.participation.consultations.conftest import Hall
from tests.services.interaction.participation.interviews.conftest import GUEST, Studio
from tests.support.people import person

MARKER = "麒麟阁"
STRANGER = person(*Permission, at=COUNTY, name="stranger")
NOBODY = Actor("person:nobody", CITY)
OTHER_WORK = person(Permission.ANSWER, Permission.RELEASE, at=CITY, name="other-work")
FOREIGN = (None, STRANGER, NOBODY, OTHER_WORK)
SAID = {"text": f"{MARKER}。", "name": MARKER, "email": "qilinge@example.com"}
NOWHERE = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def desks(
    client: httpx.AsyncClient,
    sessions: Sessions,
    clock: Clock,
    begin: BeginAs,
    group: None,  # noqa: ARG001  # what is hidden stands on its sites
) -> tuple[Hall, Studio]:
    hall, studio = Hall(client, sessions, clock), Studio(client, sessions, clock)
    hall.begin = begin
    return hall, studio


@pytest_asyncio.fixture
async def ids(desks: tuple[Hall, Studio]) -> dict[str, list[str]]:
    """Leave the marker wherever the public must not read; return the ids of what is hidden."""
    hall, studio = desks
    prepared = await hall.prepared(title=MARKER, explanation=MARKER, paragraphs=[MARKER])
    held = await hall.opened()
    waiting = await hall.found(held, await hall.give(held, **SAID))
    declined = await hall.found(held, await hall.give(held, **SAID))
    await hall.moderate(declined, "decline", reason=MARKER)
    shown, receipt = await hall.approved(held, **SAID | {"text": f"我是{MARKER}。"})
    answer = (await hall.answer(held, shown, gist=MARKER, reason=MARKER)).json()
    planned = await studio.prepared(title=MARKER, introduction=MARKER)
    live = await studio.live()
    question = await studio.found(live, await studio.ask(live, **SAID))
    await studio.say(live, MARKER, **GUEST)
    await studio.say(live, "更正。", replaces=1, **GUEST)
    hall.clock.pass_by(days=31)
    await schedule.pass_on(hall.sessions, hall.begin, hall.clock.now)
    await hall.reported(held, MARKER)
    for path in (f"/consultations/{held['id']}", f"/opinions/{waiting['id']}"):
        assert MARKER in (await hall.send(CLERK, "GET", path)).text, "its own people read it"
    return {
        "consultation_id": [prepared["id"], held["id"]],
        "opinion_id": [waiting["id"], declined["id"], shown["id"]],
        "answer_id": [answer["id"]],
        "interview_id": [planned["id"], live["id"]],
        "question_id": [question["id"]],
        "number": [waiting["number"], receipt["number"]],
    }


def routes(app: FastAPI, *methods: str) -> Iterator[tuple[str, str]]:
    for path, acts in app.openapi()["paths"].items():
        if {"consultations", "interviews"} & {tag for act in acts.values() for tag in act["tags"]}:
            yield from ((method, path) for method in acts if method in methods)


def addresses(path: str, ids: dict[str, list[str]]) -> list[str]:
    paths = [path.removeprefix("/v1")]
    for name, values in ids.items():
        paths = [at.replace("{" + name + "}", value) for at in paths for value in values]
    assert not [at for at in paths if "{" in at]
    return list(dict.fromkeys(paths))


async def test_nobody_from_outside_meets_what_is_held_declined_or_prepared(
    desks: tuple[Hall, Studio], ids: dict[str, list[str]], app: FastAPI
) -> None:
    hall, studio = desks
    await studio.act({"id": ids["interview_id"][1]}, "end")  # so that its stream ends
    asked = 0
    for _, path in routes(app, "get"):
        for at in addresses(path, ids):
            for actor in FOREIGN:
                answer = await hall.send(actor, "GET", at, X_Query_Code="AAAA")
                assert MARKER not in answer.text + str(answer.headers), at
                assert answer.status_code in {200, 401, 404, 429}, (at, answer.text)
                if not path.startswith("/v1/public/"):
                    empty = answer.status_code == 200 and answer.json()["items"] == []
                    assert answer.status_code in {401, 404} or empty, at
                asked += 1
    assert asked > 100


async def test_what_is_not_approved_is_in_no_count(
    desks: tuple[Hall, Studio], ids: dict[str, list[str]]
) -> None:
    hall, _ = desks
    shown = await hall.public({"id": ids["consultation_id"][1]})
    assert (shown["opinions"], shown["report"]) == (1, None)
    assert [one["opinions"] for one in shown["paragraphs"]] == [0, 1]
    (opinion,) = (await hall.public({"id": ids["consultation_id"][1]}, "/opinions"))["items"]
    assert (opinion["text"], opinion["answer"]) == ("我是***。", None)
    assert (await hall.public({"id": ids["consultation_id"][1]}, "/answers"))["items"] == []


async def test_nobody_from_outside_changes_anything(
    desks: tuple[Hall, Studio], ids: dict[str, list[str]], app: FastAPI, sessions: Sessions
) -> None:
    hall, _ = desks
    before = await _kept(sessions)
    refused = 0
    for method, path in routes(app, "post", "put"):
        if path.startswith("/v1/public/"):
            continue
        for at in addresses(path, ids):
            for actor in FOREIGN:
                body = _fitting(app, path, method)
                answer = await hall.send(actor, method.upper(), at, body, version=1)
                assert answer.status_code in {401, 403, 404}, (at, answer.text)
                refused += 1
    assert refused > 60
    assert await _kept(sessions) == before


async def test_a_hidden_thing_is_answered_as_one_that_never_was(
    desks: tuple[Hall, Studio], ids: dict[str, list[str]], app: FastAPI
) -> None:
    hall, _ = desks
    hidden = ids | {"consultation_id": ids["consultation_id"][:1]}
    hidden |= {"interview_id": ids["interview_id"][:1]}
    for _, path in routes(app, "get"):
        if "{" not in path or "{number}" in path:
            continue
        never = addresses(path, {name: [NOWHERE] for name in ids})[0]
        for at in addresses(path, hidden):
            told = [await hall.send(STRANGER, "GET", one) for one in (at, never)]
            first, second = (each.json() | {"request_id": ""} for each in told)
            assert (told[0].status_code, first) == (404, second), at


async def test_neither_events_nor_answers_to_them_hold_who_said_something(
    desks: tuple[Hall, Studio], ids: dict[str, list[str]]
) -> None:
    hall, _ = desks
    del ids
    told = [data for kind, data in await hall.announced() if "participation" not in kind]
    assert len(told) > 10
    assert MARKER not in str(told)
    assert "qilinge" not in str(told)


def test_the_routes_of_participation_are_among_those_looked_at(app: FastAPI) -> None:
    assert len([*routes(app, "get", "post", "put")]) > 35


def _fitting(app: FastAPI, path: str, method: str) -> dict[str, Any] | None:
    """A body that its schema would accept, so that only authority can refuse it."""
    consultation = {"kind": "other", "organization": "roads", "title": "题", "explanation": "说明"}
    consultation |= {"paragraphs": ["一"], "opens_on": "2026-05-01", "closes_on": "2026-06-01"}
    interview: dict[str, Any] = {"organization": "roads", "title": "题", "introduction": "介绍"}
    interview |= {"starts_at": "2026-05-01T01:00:00Z", "ends_at": "2026-05-01T02:00:00Z"}
    interview["guests"] = [{"name": "张", "post": "局长"}]
    site = {"site_code": "3403000006"} if method == "post" else {}
    answer = {"decision": "adopted", "gist": "概要", "reason": "理由"}
    bodies: dict[str, dict[str, Any]] = {
        "NewConsultation": {**consultation, **site},
        "ConsultationText": consultation,
        "NewInterview": {**interview, **site},
        "InterviewText": interview,
        "Moderation": {"act": "approve"},
        "NewAnswerToOpinions": answer | {"opinions": [NOWHERE]},
        "AnswerToOpinions": answer,
        "NewConsultationReport": {"summary": "总结"},
        "NewTranscriptEntry": {"speaker": "host", "text": "好"},
    }
    asked = app.openapi()["paths"][path][method].get("requestBody")
    if asked is None:
        return None
    schema = asked["content"]["application/json"]["schema"]["$ref"]
    return bodies[schema.rpartition("/")[2]]


async def _kept(sessions: Sessions) -> list[Any]:
    tables = ("consultations", "opinions", "consultation_answers", "interviews")
    tables = (*tables, "interview_questions", "transcript_entries", "outbox")
    async with sessions() as session:
        return [
            await session.scalar(
                text(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t")  # noqa: S608  # our own names
            )
            for table in tables
        ]
