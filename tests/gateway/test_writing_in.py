from typing import Any

import httpx
import pytest_asyncio

from services.interaction.citizens.lockout import patience
from services.interaction.group.models import Organization, Site
from shared.auth import Permission
from shared.db import open_sessions
from shared.ids import new_id
from tests.gateway.conftest import Ask, outcome
from tests.support.people import person
from tests.support.proofs import proof_for

CITY, SITE = "340000.340300", "3403000006"
DISPATCHER = person(Permission.DISPATCH, at=CITY, name="dispatcher")
WHY = "... on Problem { type status faults { pointer } }"
SUBMIT = f"""mutation($input: NewLetterInput!, $proof: String) {{
  submitLetter(input: $input, proof: $proof) {{
    ... on LetterReceipt {{ number queryCode }} {WHY} }} }}"""
ENTER = f"""mutation($input: LetterOnBehalfInput!) {{
  enterLetter(input: $input) {{ ... on LetterReceipt {{ number queryCode }} {WHY} }} }}"""
HELD = """{ heldLetters { nodes {
  id number title channelLabel stateLabel version reasons { rule label } } } }"""
CLEAR = f"""mutation($id: UUID!, $version: Int!) {{
  clearLetter(id: $id, version: $version) {{ ... on Letter {{ state channel }} {WHY} }} }}"""
CONSENT = f"""mutation($number: String!, $code: String!, $may: Boolean!) {{
  changeConsent(number: $number, queryCode: $code, input: {{mayPublish: $may}}) {{
    ... on LetterStatus {{ mayPublish timeline {{ stepLabel }} }} {WHY} }} }}"""
FOLLOW = """query($number: String!, $code: String!, $proof: String) {
  letter(number: $number, queryCode: $code, proof: $proof) { stateLabel mayPublish } }"""
LETTER = {
    "siteCode": SITE,
    "kind": "COMPLAINT",
    "title": "东海大道路灯不亮",
    "text": "东海大道中段的路灯坏了两周。",
    "writer": {"name": "李小龙", "phone": "13855201234"},
    "channel": "APP",
}
ADVERT = {**LETTER, "title": "代开发票"}


@pytest_asyncio.fixture(autouse=True)
async def mailbox(stage: dict[str, Any]) -> None:
    async with open_sessions(stage["engines"]["interaction"]).begin() as session:
        session.add(
            Organization(id=new_id(), code="340300", name="市政府", path=CITY, governs=True)
        )
        session.add(Site(id=new_id(), code=SITE, name="网站", supervising=CITY, sponsoring=CITY))


async def test_a_letter_is_written_held_cleared_and_followed(ask: Ask) -> None:
    receipt = await outcome(ask, SUBMIT, input=ADVERT)
    (held,) = (await outcome(ask, HELD, DISPATCHER))["nodes"]
    assert held["reasons"] == [{"rule": "LISTED_WORDS", "label": "含有常见广告用语"}]
    assert (held["number"], held["channelLabel"]) == (receipt["number"], "手机应用")
    mine = {"id": held["id"], "version": held["version"]}
    assert (await outcome(ask, CLEAR, DISPATCHER, **mine))["state"] == "RECEIVED"
    assert (await outcome(ask, CLEAR, DISPATCHER, **mine))["status"] == 412
    assert (await outcome(ask, HELD, DISPATCHER))["nodes"] == []
    own = {"number": receipt["number"], "code": receipt["queryCode"]}
    assert await outcome(ask, FOLLOW, **own) == {"stateLabel": "待受理", "mayPublish": False}
    changed = await outcome(ask, CONSENT, **own, may=True)
    assert changed["mayPublish"] is True
    assert (await outcome(ask, CONSENT, **own | {"code": "AAAA"}, may=True))["status"] == 404


async def test_held_letters_are_nothing_to_others(ask: Ask) -> None:
    await outcome(ask, SUBMIT, input=ADVERT)
    assert "errors" in await ask(HELD)
    clerk = person(Permission.ANSWER, at=CITY, name="clerk")
    assert (await outcome(ask, HELD, clerk))["nodes"] == []
    found = {"id": str(new_id()), "version": 1}
    assert (await outcome(ask, CLEAR, clerk, **found))["status"] == 404
    assert (await outcome(ask, CLEAR, **found))["status"] == 401


async def test_a_clerk_writes_on_behalf(ask: Ask) -> None:
    entered = {**LETTER, "channel": "VISIT", "writer": {"identity": "ANONYMOUS"}}
    receipt = await outcome(ask, ENTER, DISPATCHER, input=entered)
    assert len(receipt["queryCode"]) == 19
    wrong = {**entered, "writer": {"identity": "NAMED"}}
    refused = await outcome(ask, ENTER, DISPATCHER, input=wrong)
    assert [fault["pointer"] for fault in refused["faults"]] == ["/writer/name", "/writer"]
    assert (await outcome(ask, ENTER, input=entered))["status"] == 401


async def test_a_proof_goes_along_as_it_is_and_nothing_else_goes_with_it(
    ask: Ask, stage: dict[str, Any]
) -> None:
    for odd in ("forged", "a\r\nX-Query-Code: b", "蚌埠"):
        refused = await outcome(ask, SUBMIT, input=LETTER, proof=odd)
        assert (refused["status"], refused["type"]) == (422, "/problems/proof-forged")
    old = await proof_for(stage["clients"]["interaction"], "letter")  # made at the tests' time
    refused = await outcome(ask, SUBMIT, input=LETTER, proof=old)
    assert refused["type"] == "/problems/proof-expired"


async def test_readers_are_weighed_each_by_their_own_address(
    gateway: httpx.AsyncClient,
) -> None:
    """The gateway is a proxy that the service trusts: it tells who asked it."""

    async def status(address: str, tries: int) -> Any:
        body = {"query": FOLLOW, "variables": {"number": f"3403-{tries}", "code": "AAAA"}}
        headers = {"X-Forwarded-For": address}
        return (await gateway.post("/graphql", json=body, headers=headers)).json()

    for tries in range(patience().place_tries):
        assert (await status("203.0.113.9", tries))["data"] == {"letter": None}
    locked = await status("203.0.113.9", 1_000)
    assert locked["errors"][0]["extensions"]["problem"]["status"] == 429
    assert (await status("198.51.100.1", 1_000))["data"] == {"letter": None}
