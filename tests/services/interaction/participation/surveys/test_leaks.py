"""Drafts, single answers and texts never reach the public, another unit, or the unauthorized."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shared.auth import Actor, Permission
from tests.services.interaction.conftest import CITY, COUNTY, OFFICE, OTHER_SITE, SITE
from tests.services.interaction.participation.surveys.conftest import CLERK, NEW, Surveys
from tests.services.interaction.participation.surveys.questions import CROSS, SINGLE
from tests.support import people

MARKER = "隐藏的标记"
FORMER = people.person(Permission.DISPATCH, at=COUNTY, name="clerk")
ELSEWHERE = people.person(*Permission, at=COUNTY, name="stranger")
UNENTITLED = people.person(
    *(set(Permission) - {Permission.DISPATCH, Permission.REVIEW_ANSWER}), at=CITY, name="editor"
)
NARROWED = replace(CLERK, sites=frozenset({OTHER_SITE}))
OUTSIDERS = [None, FORMER, ELSEWHERE, UNENTITLED, NARROWED]


def addresses(api: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path there is for surveys, whoever adds one."""
    for path, methods in api.openapi()["paths"].items():
        if "/survey" in path:
            yield from ((method.upper(), path) for method in methods)


@pytest.fixture
def api(client: httpx.AsyncClient) -> FastAPI:
    transport = client._transport  # noqa: SLF001  # what the client was made over
    assert isinstance(transport, httpx.ASGITransport)
    found = transport.app
    assert isinstance(found, FastAPI)
    return found


@pytest.fixture
async def hidden(surveys: Surveys) -> dict[str, dict[str, Any]]:
    """The marker in a draft, in one that waits to open, and in a text that was answered."""
    secret = {"title": MARKER, "introduction": MARKER, "live_tally": True}
    draft = await surveys.drafted(**secret)
    waiting = await surveys.approved(**secret, opens_at="2026-03-05T01:00:00Z")
    returned = await surveys.drafted(**secret)
    await surveys.review(returned, verdict="return", reason=MARKER)
    answered = await surveys.approved(live_tally=True)
    text = [{**each, "text": MARKER} if "text" in each else each for each in CROSS]
    await surveys.answered(answered, text, 25)
    surveys.clock.pass_by(hours=1)
    await surveys.work()
    assert (await surveys.tally(answered)).status_code == 200
    return {"draft": draft, "waiting": waiting, "returned": returned, "answered": answered}


async def test_no_reader_from_outside_meets_a_draft_or_a_text(
    surveys: Surveys, hidden: dict[str, dict[str, Any]], api: FastAPI
) -> None:
    answered = set()
    reads = [path for method, path in addresses(api) if method == "GET"]
    for path in reads:
        for survey in hidden.values():
            address = path.replace("{survey_id}", survey["id"]).replace("{form}", "csv")
            for actor in OUTSIDERS:
                for query in ("", f"?site_code={SITE}", "?first=100", "?state=drafted"):
                    shown = await surveys.send(actor, "GET", address + query)
                    assert shown.status_code < 500, (address, shown.text)
                    assert MARKER not in shown.text, (address, query, actor)
                    if shown.status_code == 200:
                        answered.add(path)
    assert {
        "/v1/public/surveys",
        "/v1/public/surveys/{survey_id}",
        "/v1/public/surveys/{survey_id}/tally",
        "/v1/surveys",
    } == answered


async def test_the_marker_is_there_for_those_who_may_read_it(
    surveys: Surveys, hidden: dict[str, dict[str, Any]]
) -> None:
    listed = await surveys.send(CLERK, "GET", "/v1/surveys")
    assert listed.text.count(MARKER) == 4  # of the returned one, title and reason
    assert MARKER in str(await surveys.read(hidden["draft"]))
    await surveys.close(hidden["answered"])
    assert (await surveys.export(hidden["answered"])).text.count(MARKER) == 25


@pytest.mark.parametrize("actor", OUTSIDERS[1:], ids=lambda actor: actor.id)
async def test_a_survey_one_may_not_know_of_is_not_found_whether_there_is_one_or_not(
    surveys: Surveys, hidden: dict[str, dict[str, Any]], api: FastAPI, actor: Actor
) -> None:
    text = {key: value for key, value in NEW.items() if key != "site_code"}
    bodies = {
        ("PUT", "/v1/surveys/{survey_id}"): text,
        ("POST", "/v1/surveys/{survey_id}/review"): {"verdict": "approve", "digest": "0" * 64},
        ("POST", "/v1/surveys/{survey_id}/invitations"): {"count": 1},
        ("POST", "/v1/surveys/{survey_id}/closure"): {"reason": "试试"},
    }
    before = await surveys.announced()
    for method, path in addresses(api):
        if path.startswith("/v1/public") or "{survey_id}" not in path:
            continue
        told = set()
        unknown = "0" * 8 + hidden["draft"]["id"][8:]
        for survey in (hidden["answered"]["id"], hidden["draft"]["id"], unknown):
            address = path.replace("{survey_id}", survey).replace("{form}", "csv")
            body = bodies.get((method, path))
            done = await surveys.send(actor, method, address, body, **{"If-Match": '"1"'})
            assert done.status_code == 404, (method, path, done.text)
            told.add(re.sub(r'"request_id":"\w+"', "", done.text))
        assert len(told) == 1, "whether there is one is not told"
    assert await surveys.announced() == before


async def test_every_address_but_the_public_ones_asks_for_a_token(
    surveys: Surveys, hidden: dict[str, dict[str, Any]], api: FastAPI
) -> None:
    asked = 0
    for method, path in addresses(api):
        if path.startswith("/v1/public"):
            continue
        address = path.replace("{survey_id}", hidden["draft"]["id"]).replace("{form}", "csv")
        for headers in ({}, {"Authorization": "Bearer x"}):
            sent = {"If-Match": '"1"', **headers}
            done = await surveys.client.request(method, address, json={}, headers=sent)
            assert done.status_code == 401, (method, path, done.text)
            asked += 1
    assert asked >= 18


async def test_drafts_are_in_no_public_answer_of_a_known_id(
    surveys: Surveys, hidden: dict[str, dict[str, Any]]
) -> None:
    for name in ("draft", "waiting", "returned"):
        for path in ("", "/tally"):
            address = f"/v1/public/surveys/{hidden[name]['id']}{path}"
            assert (await surveys.client.get(address)).status_code == 404
        assert (await surveys.answer(hidden[name], CROSS)).status_code == 404


async def test_no_event_or_log_holds_a_draft_or_a_text(
    surveys: Surveys, hidden: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    await surveys.close(hidden["answered"])
    assert MARKER not in str(await surveys.announced())
    assert MARKER not in capsys.readouterr().out


async def test_what_was_refused_does_not_quote_what_was_written(surveys: Surveys) -> None:
    survey = await surveys.approved()
    text = [{**each, "text": MARKER * 100} if "text" in each else each for each in CROSS]
    refused = await surveys.answer(survey, text)
    assert refused.status_code == 422
    assert MARKER not in refused.text


async def test_a_public_survey_says_nothing_of_who_made_it(surveys: Surveys) -> None:
    survey = await surveys.approved(questions=[SINGLE], answered_with="code")
    await surveys.act(CLERK, survey, "invitations", {"count": 3})
    for path in (f"/v1/public/surveys/{survey['id']}", "/v1/public/surveys"):
        shown = (await surveys.client.get(path)).text
        assert "person:" not in shown
        assert OFFICE not in shown
        assert '"invited"' not in shown
        assert '"responses"' not in shown
