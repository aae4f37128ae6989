"""From opening to published result, through GraphQL and both services, up to the draft item."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from services.content.worker import CONSUMER as CONTENT
from services.interaction.participation.consultations import schedule
from services.interaction.worker import CONSUMER as INTERACTION
from shared.auth import Permission
from shared.db import open_sessions
from shared.inbox import Consumer, take_in
from shared.outbox import OutboxMessage
from shared.uow import beginner
from tests.factories.content import ADMIN, COUNTY_EDITOR, OFFICE, SITE, Group
from tests.gateway.conftest import Ask, outcome
from tests.support.people import NOW, person

Carry = Callable[[], Awaitable[None]]
LEADER = person(Permission.REVIEW, Permission.READ_DRAFTS, at=OFFICE, name="leader")
CLERK = person(Permission.DISPATCH, at=OFFICE, name="clerk")
WHY = "... on Problem { type status faults { pointer } }"
DRAFT = {
    "siteCode": SITE,
    "kind": "OTHER",
    "organization": "340300-zfb",
    "title": "城市绿道规划",
    "explanation": "请提出意见。",
    "paragraphs": ["沿淮河建设绿道。"],
    "opensOn": "2026-03-02",
    "closesOn": "2026-03-09",
}
PREPARE = f"""mutation($input: NewConsultationInput!) {{ prepareConsultation(input: $input) {{
  ... on Consultation {{ id version state }} {WHY} }} }}"""
CHANGE = f"""mutation($id: UUID!, $version: Int!, $input: ConsultationTextInput!) {{
  changeConsultation(id: $id, version: $version, input: $input) {{
    ... on Consultation {{ id version title }} {WHY} }} }}"""
OPEN = f"""mutation($id: UUID!, $version: Int!) {{ openConsultation(id: $id, version: $version) {{
  ... on Consultation {{ id version state }} {WHY} }} }}"""
GIVE = f"""mutation($id: UUID!, $input: NewOpinionInput!) {{
  giveOpinion(consultationId: $id, input: $input) {{
    ... on VoiceReceipt {{ number queryCode }} {WHY} }} }}"""
KEPT_OPINIONS = """query($id: UUID!) { keptOpinions(consultationId: $id, state: HELD) {
  nodes { id number paragraph version } } }"""
KEPT_OPINION = "query($id: UUID!) { keptOpinion(id: $id) { text masked name } }"
MODERATE = f"""mutation($id: UUID!, $version: Int!, $input: ModerationInput!) {{
  moderateOpinion(id: $id, version: $version, input: $input) {{
    ... on Opinion {{ state shown }} {WHY} }} }}"""
ANSWER = f"""mutation($id: UUID!, $input: NewAnswerToOpinionsInput!) {{
  answerOpinions(consultationId: $id, input: $input) {{
    ... on ConsultationAnswer {{ id version opinions decisionLabel }} {WHY} }} }}"""
REANSWER = f"""mutation($id: UUID!, $version: Int!, $input: AnswerToOpinionsInput!) {{
  changeAnswerToOpinions(id: $id, version: $version, input: $input) {{
    ... on ConsultationAnswer {{ decisionLabel }} {WHY} }} }}"""
KEPT = """query($id: UUID!) { keptConsultation(id: $id) { version state reportDueOn }
  }"""
KEPT_ALL = "{ keptConsultations { nodes { id } } }"
KEPT_ANSWERS = "query($id: UUID!) { keptAnswers(consultationId: $id) { nodes { gist } } }"
REPORT = f"""mutation($id: UUID!, $version: Int!, $input: NewConsultationReportInput!) {{
  writeConsultationReport(id: $id, version: $version, input: $input) {{
    ... on Consultation {{ version }} {WHY} }} }}"""
PUBLISH = f"""mutation($id: UUID!, $version: Int!) {{
  publishConsultationReport(id: $id, version: $version) {{
    ... on Consultation {{ state report }} {WHY} }} }}"""
PUBLIC = """query($id: UUID!) { consultation(id: $id) { state report opinions
  paragraphs { number text opinions } } }"""
LISTED = "query($site: String!) { consultations(siteCode: $site) { nodes { id title } } }"
OPINIONS = """query($id: UUID!) { consultationOpinions(consultationId: $id, paragraph: 1) {
  nodes { text answer { decisionLabel reason } } } }"""
ANSWERS = """query($id: UUID!) { consultationAnswers(consultationId: $id) {
  nodes { gist decision opinions } } }"""
STATUS = """query($number: String!, $code: String!) {
  opinion(number: $number, queryCode: $code) { stateLabel answer { decisionLabel } } }"""
TOLD = """query($id: UUID!) { participationTexts(subjectId: $id) {
  nodes { moment state itemId message } } }"""


@pytest.fixture
def carry(stage: dict[str, Any]) -> Carry:
    """Let each service take in what the other announced, and be told once what it knows."""
    rooms: dict[str, tuple[Any, Consumer]] = {
        "content": (open_sessions(stage["engines"]["content"]), CONTENT),
        "interaction": (open_sessions(stage["engines"]["interaction"]), INTERACTION),
    }

    async def carrying() -> None:
        for sender, hearer in (("content", "interaction"), ("interaction", "content")):
            async with rooms[sender][0]() as session:
                question = select(OutboxMessage).order_by(OutboxMessage.position)
                messages = (await session.scalars(question)).all()
            sessions, consumer = rooms[hearer]
            begin = beginner(sessions, lambda: NOW, f"/{hearer}")
            for message in messages:
                await take_in(consumer, begin, message.envelope())

    return carrying


@pytest_asyncio.fixture
async def writer(group: Group, carry: Carry) -> AsyncIterator[Any]:
    """An editor of the city's office, known to content by their post; columns to write for."""
    new = {"login": "writer", "name": "编辑", "organization": "340300-zfb", "password": "x" * 12}
    someone = await group.send(ADMIN, "POST", "/v1/people", new)
    post = {"login": "writer", "kind": "editor", "organization": "340300-zfb"}
    assert (await group.send(ADMIN, "POST", "/v1/posts", post)).status_code == 201
    await group.change("open_column", kind="consultations", name="征集调查")
    await group.change("open_column", kind="interviews", name="在线访谈")
    await carry()
    held = (Permission.EDIT, Permission.READ_DRAFTS, Permission.RELEASE)
    yield person(*held, at=OFFICE, name=someone.json()["id"])


async def answered_opinion(ask: Ask, writer: Any, mine: Any) -> Any:
    """The receipt of an opinion that was handed in, let be read, and answered."""
    said = {"text": "我是李小龙，建议增加骑行道。", "name": "李小龙", "paragraph": 1}
    receipt = await outcome(ask, GIVE, None, **mine, input=said)
    (waiting,) = (await outcome(ask, KEPT_OPINIONS, CLERK, **mine))["nodes"]
    one = {"id": waiting["id"]}
    assert (await outcome(ask, KEPT_OPINION, CLERK, **one))["name"] == "李小龙"
    assert await outcome(ask, KEPT_OPINION, COUNTY_EDITOR, **one) is None
    approve = {"version": waiting["version"], "input": {"act": "APPROVE"}}
    shown = await outcome(ask, MODERATE, CLERK, **one, **approve)
    assert shown["shown"] == "我是***，建议增加骑行道。"
    given = {"decision": "PARTLY", "gist": "增加骑行道", "reason": "分期建设。"}
    answer = await outcome(
        ask, ANSWER, writer, **mine, input=given | {"opinions": [waiting["id"]]}
    )
    changed = {"id": answer["id"], "version": answer["version"]}
    full = given | {"decision": "ADOPTED", "reason": "已列入规划。"}
    assert (await outcome(ask, REANSWER, writer, **changed, input=full))["decisionLabel"] == "采纳"
    return receipt


async def test_a_consultation_goes_from_opening_to_its_result_and_becomes_content(
    ask: Ask, writer: Any, carry: Carry, stage: dict[str, Any], group: Group
) -> None:
    held = await outcome(ask, PREPARE, writer, input=DRAFT)
    mine = {"id": held["id"]}
    text = {name: value for name, value in DRAFT.items() if name != "siteCode"}
    held = await outcome(ask, CHANGE, writer, **mine, version=held["version"], input=text)
    assert await outcome(ask, PUBLIC, **mine) is None
    own = await outcome(ask, OPEN, writer, **mine, version=held["version"])
    assert own["status"] == 403
    held = await outcome(ask, OPEN, LEADER, **mine, version=held["version"])
    assert held["state"] == "OPEN"
    receipt = await answered_opinion(ask, writer, mine)
    sessions = open_sessions(stage["engines"]["interaction"])
    later = NOW + timedelta(days=8)
    begin = beginner(sessions, lambda: later, "/interaction")
    assert await schedule.pass_on(sessions, begin, later) == 1
    held = await outcome(ask, KEPT, writer, **mine)
    assert (held["state"], held["reportDueOn"]) == ("ENDED", "2026-04-09")
    summary = {"summary": "共收到一条意见，已采纳。"}
    held = await outcome(ask, REPORT, writer, **mine, version=held["version"], input=summary)
    closed = await outcome(ask, PUBLISH, LEADER, **mine, version=held["version"])
    assert closed == {"state": "CLOSED", "report": "共收到一条意见，已采纳。"}
    public = await outcome(ask, PUBLIC, **mine)
    assert (public["opinions"], public["paragraphs"][0]["opinions"]) == (1, 1)
    (opinion,) = (await outcome(ask, OPINIONS, **mine))["nodes"]
    assert opinion["answer"] == {"decisionLabel": "采纳", "reason": "已列入规划。"}
    (told,) = (await outcome(ask, ANSWERS, **mine))["nodes"]
    assert told == {"gist": "增加骑行道", "decision": "ADOPTED", "opinions": 1}
    own = {"number": receipt["number"], "code": receipt["queryCode"]}
    assert (await outcome(ask, STATUS, **own))["answer"] == {"decisionLabel": "采纳"}
    assert await outcome(ask, STATUS, **own | {"code": "AAAA"}) is None
    assert (await outcome(ask, LISTED, site=SITE))["nodes"] == [{**mine, "title": "城市绿道规划"}]
    assert (await outcome(ask, KEPT_ALL, writer))["nodes"] == [mine]
    assert (await outcome(ask, KEPT_ALL, COUNTY_EDITOR))["nodes"] == []
    assert (await outcome(ask, KEPT_ANSWERS, writer, **mine))["nodes"] == [{"gist": "增加骑行道"}]
    await carry()
    await carry()  # told twice, there is one draft of each
    result, announced = (await outcome(ask, TOLD, writer, **mine))["nodes"]
    assert [each["state"] for each in (result, announced)] == ["DRAFTED", "DRAFTED"]
    item = (await group.send(writer, "GET", f"/v1/items/{result['itemId']}")).json()
    assert (item["kind"], item["stage"], item["author"]) == ("response", "draft", writer.id)
    assert "意见：增加骑行道\n采纳情况：采纳" in item["body"]
    assert "李小龙" not in item["body"]


INTERVIEW = {
    "siteCode": SITE,
    "organization": "340300-zfb",
    "title": "谈绿道",
    "introduction": "负责人在线解答。",
    "guests": [{"name": "张建国", "post": "局长"}],
    "startsAt": "2026-03-03T01:00:00Z",
    "endsAt": "2026-03-03T02:00:00Z",
}
PLAN = f"""mutation($input: NewInterviewInput!) {{ prepareInterview(input: $input) {{
  ... on Interview {{ id version }} {WHY} }} }}"""
REPLAN = f"""mutation($id: UUID!, $version: Int!, $input: InterviewTextInput!) {{
  changeInterview(id: $id, version: $version, input: $input) {{
    ... on Interview {{ id version }} {WHY} }} }}"""
ASK_IN_IT = f"""mutation($id: UUID!, $input: NewQuestionInput!) {{
  askQuestion(interviewId: $id, input: $input) {{
    ... on VoiceReceipt {{ number queryCode }} {WHY} }} }}"""
KEPT_QUESTIONS = """query($id: UUID!) { keptQuestions(interviewId: $id) {
  nodes { id version } } }"""
KEPT_QUESTION = "query($id: UUID!) { keptQuestion(id: $id) { text masked } }"
LET = f"""mutation($id: UUID!, $version: Int!, $input: ModerationInput!) {{
  moderateQuestion(id: $id, version: $version, input: $input) {{
    ... on InterviewQuestion {{ state }} {WHY} }} }}"""
SAY = f"""mutation($id: UUID!, $input: NewTranscriptEntryInput!) {{
  enterSaid(interviewId: $id, input: $input) {{
    ... on TranscriptEntry {{ sequence }} {WHY} }} }}"""
HELD = "query($id: UUID!) { keptInterview(id: $id) { version state } }"
HELD_ALL = "{ keptInterviews { nodes { id } } }"
SHOWN = "query($id: UUID!) { interview(id: $id) { state guests { name post } } }"
SHOWN_ALL = "{ interviews(state: PUBLISHED) { nodes { id } } }"
SAID = """query($id: UUID!) { transcript(interviewId: $id) {
  nodes { sequence text name question { text } } } }"""
ASKED = """query($id: UUID!) { interviewQuestions(interviewId: $id) {
  nodes { text answeredIn } } }"""
MINE = """query($number: String!, $code: String!) {
  question(number: $number, queryCode: $code) { answeredIn } }"""


def act(name: str) -> str:
    return f"""mutation($id: UUID!, $version: Int!) {{ {name}(id: $id, version: $version) {{
      ... on Interview {{ version state }} {WHY} }} }}"""


async def test_an_interview_goes_from_announcement_to_its_record_and_becomes_content(
    ask: Ask, writer: Any, carry: Carry, group: Group
) -> None:
    held = await outcome(ask, PLAN, writer, input=INTERVIEW)
    mine = {"id": held["id"]}
    text = {name: value for name, value in INTERVIEW.items() if name != "siteCode"}
    held = await outcome(ask, REPLAN, writer, **mine, version=held["version"], input=text)
    assert await outcome(ask, SHOWN, **mine) is None
    held = await outcome(ask, act("announceInterview"), LEADER, **mine, version=held["version"])
    said = {"text": "我是李小龙，何时开工？", "name": "李小龙"}
    receipt = await outcome(ask, ASK_IN_IT, None, **mine, input=said)
    (waiting,) = (await outcome(ask, KEPT_QUESTIONS, CLERK, **mine))["nodes"]
    opened = await outcome(ask, KEPT_QUESTION, CLERK, id=waiting["id"])
    assert opened["masked"] == "我是***，何时开工？"
    let = {"version": waiting["version"], "input": {"act": "APPROVE"}}
    assert (await outcome(ask, LET, CLERK, id=waiting["id"], **let))["state"] == "APPROVED"
    await outcome(ask, act("startInterview"), writer, **mine, version=held["version"])
    answer = {"speaker": "GUEST", "name": "张建国", "text": "四月。", "questionId": waiting["id"]}
    assert (await outcome(ask, SAY, writer, **mine, input=answer)) == {"sequence": 1}
    held = await outcome(ask, HELD, writer, **mine)
    held = await outcome(ask, act("endInterview"), writer, **mine, version=held["version"])
    held = await outcome(
        ask, act("publishInterviewRecord"), LEADER, **mine, version=held["version"]
    )
    assert held["state"] == "PUBLISHED"
    assert (await outcome(ask, SHOWN, **mine))["guests"] == INTERVIEW["guests"]
    (entry,) = (await outcome(ask, SAID, **mine))["nodes"]
    assert entry["question"] == {"text": "我是***，何时开工？"}
    assert (await outcome(ask, ASKED, **mine))["nodes"][0]["answeredIn"] == 1
    own = {"number": receipt["number"], "code": receipt["queryCode"]}
    assert await outcome(ask, MINE, **own) == {"answeredIn": 1}
    assert (await outcome(ask, SHOWN_ALL))["nodes"] == [mine]
    assert (await outcome(ask, HELD_ALL, writer))["nodes"] == [mine]
    assert (await outcome(ask, HELD_ALL, COUNTY_EDITOR))["nodes"] == []
    await carry()
    result, announced = (await outcome(ask, TOLD, writer, **mine))["nodes"]
    assert (result["moment"], announced["moment"]) == ("RESULT", "ANNOUNCED")
    item = (await group.send(writer, "GET", f"/v1/items/{result['itemId']}")).json()
    assert (item["stage"], item["title"]) == ("draft", "在线访谈实录：谈绿道")
    assert item["body"].endswith("网友提问：我是***，何时开工？\n\n张建国：四月。")
