from typing import Any

import pytest_asyncio

from services.interaction.mailbox.attachments.adapters import Judge
from services.interaction.mailbox.attachments.schedule import tasks
from shared.contracts.registry import OrganizationKind
from shared.db import open_sessions
from shared.uow import beginner
from tests.gateway.conftest import Ask, outcome
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    OFFICE,
    ROADS,
    SITE,
    STRANGER,
    hear,
    organization,
    site,
)
from tests.support import people

SUBMIT = """mutation($input: NewLetterInput!) { submitLetter(input: $input) {
  ... on LetterReceipt { number queryCode } ... on Problem { type status }
} }"""
OWN = """query($number: String!, $code: String!) {
  letterAttachments(number: $number, queryCode: $code) { id name state stateLabel position }
}"""
KEPT = """query($id: UUID!) { keptAttachments(letterId: $id) {
  id version name kind decision { publish reason } redacted { state }
} }"""
DECIDE = """mutation(
  $letter: UUID!, $id: UUID!, $version: Int!, $input: AttachmentDecisionInput!
) {
  decideAttachment(letterId: $letter, id: $id, version: $version, input: $input) {
    ... on KeptAttachment { version decision { publish reason } } ... on Problem { type status }
  }
}"""


@pytest_asyncio.fixture
async def letter(stage: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """A letter with a file, judged and given to its unit."""
    sessions = open_sessions(stage["engines"]["interaction"])
    begin = beginner(sessions, lambda: people.NOW, "/interaction")
    await hear(
        begin,
        organization("340000"),
        organization(CITY),
        organization(OFFICE, OrganizationKind.OFFICE),
        organization(ROADS, OrganizationKind.DEPARTMENT),
        site(SITE, OFFICE),
    )
    client = stage["clients"]["interaction"]
    uploaded = await client.post(
        "/v1/public/letter-attachments", files={"file": ("清单.txt", "路灯".encode())}
    )
    asked = {
        "siteCode": SITE,
        "kind": "COMPLAINT",
        **{name: LETTER[name] for name in ("title", "text", "writer")},
        "attachments": [uploaded.json()["claim"]],
    }
    receipt = await outcome(ask, SUBMIT, input=asked)
    reception = stage["reception"]
    for task in tasks(sessions, begin, Judge(reception.vault), reception.judging):
        await task.run(people.NOW)
    headers = people.bearer(DISPATCHER)
    (known,) = (await client.get("/v1/letters", headers=headers)).json()["items"]
    dispatched = await client.post(
        f"/v1/letters/{known['id']}/dispatch",
        json={"organization": "roads"},
        headers=headers | {"If-Match": f'"{known["version"]}"'},
    )
    assert dispatched.status_code == 200
    return {"id": known["id"], **receipt}


async def test_a_writer_sees_how_far_a_file_is(letter: dict[str, Any], ask: Ask) -> None:
    (file,) = await outcome(ask, OWN, number=letter["number"], code=letter["queryCode"])
    assert (file["name"], file["state"], file["stateLabel"]) == ("清单.txt", "READY", "可查看")
    assert await outcome(ask, OWN, number=letter["number"], code="WRONG") is None


async def test_a_file_is_decided_upon(letter: dict[str, Any], ask: Ask) -> None:
    (file,) = await outcome(ask, KEPT, CLERK, id=letter["id"])
    assert (file["kind"], file["decision"], file["redacted"]) == ("TXT", None, None)
    named = {"letter": letter["id"], "id": file["id"], "version": file["version"]}
    withheld = {"publish": False, "reason": "涉及他人"}
    refused = await outcome(ask, DECIDE, CLERK, **named, input=withheld)
    assert refused["status"] == 403
    decided = await outcome(ask, DECIDE, HEAD, **named, input=withheld)
    assert decided["decision"] == withheld
    stale = await outcome(ask, DECIDE, HEAD, **named, input={"publish": True})
    assert stale["status"] == 412
    named["version"] = decided["version"]
    public = await outcome(ask, DECIDE, HEAD, **named, input={"publish": True})
    assert public["decision"] == {"publish": True, "reason": None}


async def test_strangers_are_told_of_no_file(letter: dict[str, Any], ask: Ask) -> None:
    assert await outcome(ask, KEPT, STRANGER, id=letter["id"]) is None
    answer = await ask(KEPT, None, id=letter["id"])
    assert answer["data"]["keptAttachments"] is None
    assert "清单" not in str(answer)
