from typing import Any

import pytest_asyncio

from services.interaction.group.models import Organization, Site
from shared.auth import Permission
from shared.db import open_sessions
from shared.ids import new_id
from tests.factories.content import Group
from tests.gateway.conftest import Ask, outcome
from tests.support import people

CITY = "340000.340300"
ROADS = f"{CITY}.roads"
SITE = "3403000006"
CLERK = people.person(Permission.ANSWER, at=ROADS, name="clerk")
HEAD = people.person(Permission.REVIEW_ANSWER, Permission.DISPATCH, at=CITY, name="head")
STRANGER = people.person(*Permission, at="340000.340400", name="stranger")
ANSWER = "李先生：经市城市管理局核查，东海大道中段十二盏路灯因电缆老化停用，已于三月九日全部更换。"
PROBLEM = "... on Problem { type status detail }"
LETTER = f"{{ ... on Letter {{ id version state stateLabel }} {PROBLEM} }}"
SUBMIT = """mutation($input: NewLetterInput!) { submitLetter(input: $input) {
  ... on LetterReceipt { number queryCode } } }"""
SAVE = f"""mutation($id: UUID!, $input: AnswerTextInput!, $version: Int) {{
  saveAnswerDraft(letterId: $id, input: $input, version: $version) {{
    ... on SavedDraft {{ version writers }} {PROBLEM} }} }}"""
PUT_IN = f"""mutation($id: UUID!, $entry: UUID!, $version: Int) {{
  insertLibraryEntry(letterId: $id, entryId: $entry, version: $version) {{
    ... on SavedDraft {{ version insertions {{ edition }} }} {PROBLEM} }} }}"""
SUBMIT_DRAFT = f"""mutation($id: UUID!, $version: Int!, $draft: Int!) {{
  submitAnswerDraft(letterId: $id, version: $version, input: {{ draftVersion: $draft }})
    {LETTER} }}"""
WITHDRAW = f"""mutation($id: UUID!, $version: Int!) {{
  withdrawAnswer(letterId: $id, version: $version) {LETTER} }}"""
REVIEW = f"""mutation($id: UUID!, $version: Int!, $input: AnswerReviewInput!) {{
  reviewAnswer(letterId: $id, version: $version, input: $input) {LETTER} }}"""
ANSWER_AGAIN = f"""mutation($id: UUID!, $version: Int!, $input: AnswerTextInput!) {{
  submitAnswer(letterId: $id, version: $version, input: $input) {LETTER} }}"""
OPEN = """query($id: UUID!) { openedLetter(id: $id) { version text notes draftSavedAt
  answer { answerHash findings { code severity } } answers { text citedItems { title } } } }"""
NOTE = f"""mutation($id: UUID!, $input: NewNoteInput!) {{
  leaveNote(letterId: $id, input: $input) {{ ... on KeptNote {{ id author }} {PROBLEM} }} }}"""
NOTES = "query($id: UUID!) { letterNotes(letterId: $id) { nodes { text correctedBy } } }"
ROUNDS = "query($id: UUID!) { letterAnswers(letterId: $id) { nodes { round withdrawnAt } } }"
DRAFT = "query($id: UUID!) { answerDraft(letterId: $id) { text version } }"
STATUS = """query($number: String!, $code: String!) { letter(number: $number, queryCode: $code) {
  answer answers { text supplement answeringUnit citedItems { id title } } } }"""
OWED = "{ writerNotifications(state: PENDING) { nodes { number medium stateLabel } } }"
ENTRY = "... on LibraryEntry { id version state editions edition { number title } uses }"
WRITE = f"""mutation($input: NewLibraryEntryInput!) {{ writeLibraryEntry(input: $input) {{
  {ENTRY} {PROBLEM} }} }}"""
REWRITE = f"""mutation($id: UUID!, $version: Int!, $input: LibraryEntryTextInput!) {{
  rewriteLibraryEntry(id: $id, version: $version, input: $input) {{ {ENTRY} {PROBLEM} }} }}"""
APPROVE = f"""mutation($id: UUID!, $version: Int!, $input: LibraryEntryReviewInput!) {{
  reviewLibraryEntry(id: $id, version: $version, input: $input) {{ {ENTRY} {PROBLEM} }} }}"""
RETIRE = f"""mutation($id: UUID!, $version: Int!, $reason: String!) {{
  retireLibraryEntry(id: $id, version: $version, input: {{ reason: $reason }})
    {{ {ENTRY} {PROBLEM} }} }}"""
FIND = "query($phrase: String) { libraryEntries(phrase: $phrase) { nodes { id uses } } }"
READ = "query($id: UUID!) { libraryEntry(id: $id) { state edition { text } } }"
WAITING = "{ libraryEditions(waiting: true) { nodes { entryId number } } }"
CITED = "{ libraryCitations(outdated: true) { nodes { number edition answeredAt } } }"


@pytest_asyncio.fixture
async def letter(stage: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """A letter that was dispatched to the roads department, and its receipt."""
    async with open_sessions(stage["engines"]["interaction"]).begin() as session:
        for path, name in ((CITY, "市人民政府"), (ROADS, "市城市管理局")):
            code = path.rpartition(".")[2]
            session.add(
                Organization(id=new_id(), code=code, name=name, path=path, governs=path == CITY)
            )
        session.add(Site(id=new_id(), code=SITE, name="网站", supervising=CITY, sponsoring=CITY))
    new = {
        "siteCode": SITE,
        "kind": "COMPLAINT",
        "title": "路灯不亮",
        "text": "东海大道中段的路灯坏了两周。",
        "writer": {"name": "李小龙", "phone": "13855201234"},
    }
    receipt = await outcome(ask, SUBMIT, input=new)
    interaction = stage["clients"]["interaction"]
    headers = people.bearer(HEAD)
    (listed,) = (await interaction.get("/v1/letters", headers=headers)).json()["items"]
    done = await interaction.post(
        f"/v1/letters/{listed['id']}/dispatch",
        json={"organization": "roads"},
        headers=headers | {"If-Match": '"1"'},
    )
    assert done.status_code == 200, done.text
    return {**receipt, "id": listed["id"], "version": done.json()["version"]}


async def approved(ask: Ask, letter_id: str) -> Any:
    opened = await outcome(ask, OPEN, HEAD, id=letter_id)
    review = {"verdict": "APPROVE", "answerHash": opened["answer"]["answerHash"], "reason": "属实"}
    return await outcome(ask, REVIEW, HEAD, id=letter_id, version=opened["version"], input=review)


async def test_from_draft_to_a_further_answer_whose_policy_the_writer_can_open(
    letter: dict[str, Any], group: Group, ask: Ask
) -> None:
    item = await group.released(title="照明设施管理办法")
    body = {"text": ANSWER, "policies": [item["id"], str(new_id())]}
    saved = await outcome(ask, SAVE, CLERK, id=letter["id"], input=body)
    assert saved == {"version": 1, "writers": ["person:clerk"]}
    assert (await outcome(ask, DRAFT, CLERK, id=letter["id"]))["text"] == ANSWER
    asked = {"id": letter["id"], "version": letter["version"]}
    sent = await outcome(ask, SUBMIT_DRAFT, CLERK, **asked, draft=1)
    assert sent["stateLabel"] == "答复审核中"
    back = await outcome(ask, WITHDRAW, CLERK, id=letter["id"], version=sent["version"])
    asked = {"id": letter["id"], "version": back["version"]}
    await outcome(ask, SUBMIT_DRAFT, CLERK, **asked, draft=1)
    answered = await approved(ask, letter["id"])
    assert answered["state"] == "ANSWERED"
    rounds = await outcome(ask, ROUNDS, HEAD, id=letter["id"])
    assert [each["withdrawnAt"] is None for each in rounds["nodes"]] == [True, False]
    more = {"text": f"补充：{ANSWER}"}
    asked = {"id": letter["id"], "version": answered["version"]}
    await outcome(ask, ANSWER_AGAIN, CLERK, **asked, input=more)
    await approved(ask, letter["id"])
    shown = {"number": letter["number"], "code": letter["queryCode"]}
    first, further = (await outcome(ask, STATUS, **shown))["answers"]
    assert first["citedItems"] == [{"id": item["id"], "title": "照明设施管理办法"}]
    assert (first["text"], first["supplement"]) == (ANSWER, False)
    assert (further["supplement"], further["answeringUnit"]) == (True, "市城市管理局")
    owed = await outcome(ask, OWED, CLERK)
    assert {(each["medium"], each["stateLabel"]) for each in owed["nodes"]} == {
        ("PHONE", "待发送")
    }


async def test_the_library_is_kept_used_and_found_where_it_is_outdated(
    letter: dict[str, Any], ask: Ask
) -> None:
    new = {
        "title": "路灯报修",
        "text": "路灯故障由市城市管理局照明管理处负责修复，两个工作日办结。",
    }
    entry = await outcome(ask, WRITE, CLERK, input={**new, "organization": "roads"})
    assert len((await outcome(ask, WAITING, HEAD))["nodes"]) == 1
    review = {"edition": 1, "verdict": "APPROVE"}
    asked = {"id": entry["id"], "version": entry["version"]}
    entry = await outcome(ask, APPROVE, HEAD, **asked, input=review)
    assert [each["id"] for each in (await outcome(ask, FIND, CLERK, phrase="路灯"))["nodes"]] == [
        entry["id"]
    ]
    saved = await outcome(ask, SAVE, CLERK, id=letter["id"], input={"text": ANSWER})
    asked = {"id": letter["id"], "entry": entry["id"], "version": saved["version"]}
    put_in = await outcome(ask, PUT_IN, CLERK, **asked)
    assert put_in["insertions"] == [{"edition": 1}]
    asked = {"id": letter["id"], "version": letter["version"]}
    await outcome(ask, SUBMIT_DRAFT, CLERK, **asked, draft=put_in["version"])
    await approved(ask, letter["id"])
    asked = {"id": entry["id"], "version": entry["version"]}
    entry = await outcome(ask, REWRITE, CLERK, **asked, input={**new, "title": "路灯"})
    assert (entry["editions"], entry["uses"]) == (2, 1)
    asked = {"id": entry["id"], "version": entry["version"]}
    entry = await outcome(ask, RETIRE, HEAD, **asked, reason="职责已调整")
    assert (await outcome(ask, READ, CLERK, id=entry["id"]))["state"] == "RETIRED"
    (cited,) = (await outcome(ask, CITED, CLERK))["nodes"]
    assert (cited["number"], cited["edition"]) == (letter["number"], 1)


async def test_notes_stay_among_those_who_work_on_the_letter(
    letter: dict[str, Any], ask: Ask
) -> None:
    kept = await outcome(ask, NOTE, CLERK, id=letter["id"], input={"text": "已派人查看。"})
    assert kept["author"] == "person:clerk"
    assert (await outcome(ask, OPEN, HEAD, id=letter["id"]))["notes"] == 1
    notes = await outcome(ask, NOTES, HEAD, id=letter["id"])
    assert notes["nodes"] == [{"text": "已派人查看。", "correctedBy": None}]
    refused = await outcome(ask, NOTE, STRANGER, id=letter["id"], input={"text": "看看"})
    assert refused["status"] == 404
    for actor in (STRANGER, None):
        for query in (NOTES, ROUNDS):
            shown = await ask(query, actor, id=letter["id"])
            assert list(shown["data"].values()) == [None]
    for query in (OPEN, DRAFT):
        assert set((await ask(query, STRANGER, id=letter["id"]))["data"].values()) == {None}
        assert "errors" in await ask(query, None, id=letter["id"])
