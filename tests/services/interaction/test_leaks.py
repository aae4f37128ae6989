"""What citizens write and clerks draft is met by nobody from outside, whatever they ask."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
from fastapi import FastAPI

from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor, Permission
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    COUNTY,
    DISPATCHER,
    HEAD,
    OFFICE,
    OTHER_SITE,
    SITE,
    STRANGER,
    Mailbox,
)
from tests.support.people import bearer, person

MARKER = "麒麟阁"
NOWHERE = str(UUID(int=1))
PHONE = "13955209876"
WRITER = {"name": MARKER, "phone": PHONE, "email": "kylin-tower@example.com"}
LETTER = {"title": f"{MARKER}标题", "text": f"{MARKER}正文，电话{PHONE}。", "writer": WRITER}
ANSWER = f"{MARKER}的路灯经核查因电缆老化停用，已于三月九日由市城市管理局全部更换。"
TELLING = (MARKER, PHONE, "kylin-tower", MARKER.encode("unicode_escape").decode())
OPEN = "/v1/public/"
ADMINISTRATOR = person(Permission.ADMINISTER, at=OFFICE, name="administrator")
EVERYTHING_ELSEWHERE = person(*Permission, at=f"{CITY}.schools", name="schools")
NOBODY = Actor("person:nobody", CITY)
EDITOR = person(Permission.EDIT, Permission.RELEASE, at=OFFICE, name="editor")
KEY_OF_ANOTHER_SITE = replace(
    person(*Permission, at=CITY, name="key"), id="client:key", sites=frozenset({OTHER_SITE})
)
EXPIRED = "expired"
FOREIGN: tuple[Actor | str | None, ...] = (
    STRANGER,
    EVERYTHING_ELSEWHERE,
    EDITOR,
    KEY_OF_ANOTHER_SITE,
    NOBODY,
    EXPIRED,
    None,
)


async def _hidden(mailbox: Mailbox) -> dict[str, list[str]]:
    """Leave the marker in letters at every stage, and return what they are known by."""
    named = {"title": LETTER["title"], "writer": WRITER}
    uploaded = await mailbox.client.post(
        "/v1/public/letter-attachments",
        files={"file": (f"{MARKER}.txt", MARKER.encode())},
    )
    numbers = [
        (await mailbox.write(**LETTER, may_publish=False))["number"],
        (await mailbox.dispatched(**LETTER, attachments=[uploaded.json()["claim"]]))["number"],
        (await mailbox.drafted(ANSWER, **named))["number"],
        (await mailbox.answered(ANSWER, **named))["number"],
    ]
    asked = await _sorted(mailbox, numbers)
    letters = [await mailbox.row(number) for number in numbers]
    erasure = await mailbox.post(
        DISPATCHER, f"/v1/letters/{letters[-1].id}/erasure", {"reason": MARKER}
    )
    assert erasure.status_code == 201, erasure.text
    (file,) = (await mailbox.get(CLERK, f"/v1/letters/{letters[1].id}/attachments")).json()
    assert file["name"] == f"{MARKER}.txt"
    return {
        "letter_id": [str(letter.id) for letter in letters],
        "number": numbers,
        "erasure_id": [erasure.json()["id"]],
        "co_handling_id": [asked],
        "lead_id": [str(letters[0].id)],
        "attachment_id": [file["id"]],
        "name": [f"{MARKER}.txt", "附件1.txt"],
    }


async def _sorted(mailbox: Mailbox, numbers: list[str]) -> str:
    """Leave the marker in every word of sorting: moves, help, mergers and refusals."""
    why = {"reason": MARKER, "public_reason": MARKER}
    help_ = {"organization": "office", "due_on": "2026-03-10", "question": MARKER}
    merged, refused = [(await mailbox.write(**LETTER))["number"] for _ in range(2)]
    done = [
        await mailbox.act(CLERK, numbers[1], "co-handlings", **help_),
        await mailbox.act(DISPATCHER, refused, "refusal", reason="repeated", words=MARKER),
        await mailbox.act(
            DISPATCHER, numbers[0], "merger", letters=[str((await mailbox.row(merged)).id)]
        ),
        await mailbox.act(DISPATCHER, numbers[1], "transfer", organization="340300", **why),
        await mailbox.act(DISPATCHER, numbers[1], "transfer", organization="roads", **why),
    ]
    assert [each.status_code for each in done] == [201, 200, 200, 200, 200]
    numbers += [merged, refused]
    co_handling: str = done[0].json()["id"]
    return co_handling


VALUES = {
    "site_code": [SITE],
    "kind": ["complaint"],
    "state": ["received", "dispatched", "drafted", "answered", "asked"],
    "first": ["100"],
    "quoting": [MARKER + "标题"],
    "urgency": ["ordinary"],
    "organization": ["roads"],
    "overdue": ["true", "false"],
}
NO_LETTERS = {"/v1/refusal-reasons"}


def _headers(mailbox: Mailbox, actor: Actor | str | None) -> dict[str, str]:
    if isinstance(actor, Actor):
        return bearer(actor, mailbox.clock.now)
    if actor == EXPIRED:
        long_ago = mailbox.clock.now.replace(year=mailbox.clock.now.year - 1)
        return bearer(HEAD, long_ago)
    return {}


def _addresses(
    path: str, parameters: list[dict[str, Any]], values: dict[str, list[str]]
) -> Iterator[str]:
    """Yield the path with each value of its parts, and each of its filters alone and not."""
    paths = [path]
    for name in re.findall(r"{(\w+)}", path):
        paths = [
            at.replace("{" + name + "}", value)
            for at in paths
            for value in values.get(name, [NOWHERE])
        ]
    queries = [item for item in parameters if item["in"] == "query"]
    needed = {item["name"]: values[item["name"]][0] for item in queries if item.get("required")}
    for at in paths:
        yield f"{at}?{urlencode(needed)}"
        for item in queries:
            for value in values.get(item["name"], ()):
                yield f"{at}?{urlencode(needed | {item['name']: value})}"


def _reads(app: FastAPI) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for path, methods in app.openapi()["paths"].items():
        if "get" in methods:
            yield path, methods["get"].get("parameters", [])


def _tells_nothing(shown: httpx.Response) -> bool:
    """Whether an answer has nothing in it, as far as it can be looked into."""
    if not shown.headers["Content-Type"].startswith("application/json"):
        return True
    said = shown.json()
    if isinstance(said, list):
        return said == []
    if "states" in said:
        return not (said["overdue"] or any(each["letters"] for each in said["states"]))
    if "total" in said:
        return bool(said["total"]["received"] == 0)
    return bool(said["items"] == [])


async def test_no_reader_from_outside_ever_meets_a_letter(mailbox: Mailbox, app: FastAPI) -> None:
    values = VALUES | await _hidden(mailbox)
    answered, asked = set(), 0
    for path, parameters in _reads(app):
        for address in _addresses(path, parameters, values):
            for actor in FOREIGN:
                headers = _headers(mailbox, actor) | {"X-Query-Code": "0000-0000-0000-0000"}
                shown = await mailbox.client.get(address, headers=headers)
                assert shown.status_code < 500, (address, shown.text)
                assert not [word for word in TELLING if word in shown.text], (address, actor)
                asked += 1
                if shown.status_code == 200:
                    answered.add(path)
                if shown.status_code == 200 and not path.startswith(OPEN):
                    assert path in NO_LETTERS or _tells_nothing(shown), (address, actor)
    assert asked > 100
    assert {"/v1/public/letters", "/v1/letters"} <= answered


async def test_the_marker_is_there_for_those_who_may_read_it(mailbox: Mailbox) -> None:
    values = await _hidden(mailbox)
    listed = await mailbox.get(DISPATCHER, "/v1/letters")
    assert listed.text.count(f"{MARKER}标题") == len(values["letter_id"])
    for actor in (DISPATCHER, CLERK, HEAD):
        opened = await mailbox.get(actor, f"/v1/letters/{values['letter_id'][1]}")
        assert PHONE in opened.text
    erasures = await mailbox.get(ADMINISTRATOR, "/v1/letter-erasures")
    assert len(erasures.json()["items"]) == 1


async def test_every_address_but_the_public_ones_asks_for_a_token(
    mailbox: Mailbox, app: FastAPI
) -> None:
    asked = 0
    for path, methods in app.openapi()["paths"].items():
        if path.startswith(OPEN):
            continue
        address = re.sub(r"{\w+}", NOWHERE, path)
        for method in methods:
            for token in ({}, {"Authorization": "Bearer x"}, _headers(mailbox, EXPIRED)):
                refused = await mailbox.client.request(
                    method, address, json={}, headers={"If-Match": '"1"', **token}
                )
                assert refused.status_code == 401, (method, path, refused.text)
                assert refused.headers["Content-Type"] == "application/problem+json"
                asked += 1
    assert asked >= 30


async def test_a_published_letter_shows_its_rendition_and_nothing_besides(
    mailbox: Mailbox, app: FastAPI
) -> None:
    receipt = await mailbox.published(title=LETTER["title"], writer=WRITER)
    public = [path for path, _ in _reads(app) if path.startswith(OPEN)]
    for path in public:
        address = path.replace("{number}", receipt["number"])
        if "{" in address:
            continue
        headers = {"X-Query-Code": "0000-0000-0000-0000"}
        shown = await mailbox.client.get(address, headers=headers)
        assert not [word for word in TELLING if word in shown.text], address
    page = await mailbox.client.get(f"/v1/public/letters/{receipt['number']}/publication")
    assert "***" in page.json()["text"]


async def test_a_units_authority_ends_with_its_grant(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched(**LETTER)
    delegate = person(Permission.ANSWER, at=f"{CITY}.roads", name="delegate")
    assert (await mailbox.read(delegate, receipt["number"])).status_code == 200
    without = replace(delegate, grants={})
    assert (await mailbox.read(without, receipt["number"])).status_code == 404
    letter: Letter = await mailbox.row(receipt["number"])
    late = await mailbox.client.get(f"/v1/letters/{letter.id}", headers=_headers(mailbox, EXPIRED))
    assert late.status_code == 401


def test_the_strangers_are_strangers() -> None:
    assert not STRANGER.may(Permission.DISPATCH, OFFICE)
    assert STRANGER.may(Permission.DISPATCH, COUNTY)
