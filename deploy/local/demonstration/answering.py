"""Step 5: a citizen's letter, from GraphQL to its published answer."""

from typing import Any

from deploy.local.demonstration.proving import prove
from deploy.local.demonstration.publishing import PROBLEM
from deploy.local.demonstration.tour import CITY, Tour

SUBMIT = f"""mutation($input: NewLetterInput!, $proof: String!) {{
  submitLetter(input: $input, proof: $proof) {{
    __typename ... on LetterReceipt {{ number queryCode dueOn dueProvisional }} {PROBLEM} }} }}"""
FOLLOW = """query($number: String!, $code: String!) {
  letter(number: $number, queryCode: $code) {
    stateLabel dueOn answer dueExplanation { date reason counted } } }"""
PUBLISHED = """query($code: String!) {
  letters(siteCode: $code, first: 5) { nodes { number title text answer } } }"""

MOBILE, RELATIVE = "13812345678", "13900001111"
LETTER = {
    "siteCode": CITY,
    "kind": "CONSULTATION",
    "addressee": "340300-jyj",
    "title": "咨询小学入学材料",
    "text": (
        f"您好，孩子今年上小学，需要准备哪些入学材料？我的手机是{MOBILE}，请回复。"
        f"也可以联系孩子的外公，电话{RELATIVE}。"
    ),
    "writer": {"name": "张小明", "phone": MOBILE},
    "mayPublish": True,
}
ANSWER = (
    "您好。适龄儿童入学须携带户口簿、房产证明或租赁合同、预防接种证，于8月20日至25日到所在"
    "学区小学报名。如有疑问可在工作日到市教育局基础教育科咨询。蚌埠市教育局"
)


async def walk(tour: Tour) -> None:
    """Write, dispatch, answer, review and publish one letter."""
    proof = await prove(tour.citizen.http, tour.addresses["interaction"], "letter")
    receipt = await tour.citizen.do(SUBMIT, input=LETTER, proof=proof)
    number, code = receipt["number"], receipt["queryCode"]
    tour.known["letter"] = receipt
    status = await tour.citizen.ask(FOLLOW, number=number, code=code)
    counted = [day for day in status["dueExplanation"] if day["counted"]]
    tour.done(
        f"a citizen writes; number {number}, due {receipt['dueOn']}"
        f" ({len(counted)} official working days)",
        tour.at("interaction", f"/v1/public/letters/{number}"),
    )
    await _look_alike(tour, number)
    await _answer(tour, number)
    status = await tour.citizen.ask(FOLLOW, number=number, code=code)
    tour.expect(status["answer"], ANSWER, "the answer the writer reads")
    await _published(tour, number)


async def _look_alike(tour: Tour, number: str) -> None:
    path = f"{tour.addresses['interaction']}/v1/public/letters/"
    unknown = f"{number[:-2]}{(int(number[-2:]) + 1) % 100:02}"
    answers = []
    for name in (number, unknown):
        answer = await tour.citizen.http.get(
            path + name, headers={"X-Query-Code": "AAAA-AAAA-AAAA-A"}
        )
        answers.append((answer.status_code, {**answer.json(), "request_id": ""}))
    tour.expect(answers[0], answers[1], "a wrong code beside an unknown number")
    tour.done("a wrong code and an unknown number answer alike", path + number)


async def _answer(tour: Tour, number: str) -> None:
    people = tour.people
    letter = await _letter(tour, "clerk", number)
    letter = await _act(tour, "clerk", letter, "dispatch", {"organization": "340300-jyj"})
    letter = await _act(tour, "handler", letter, "answer", {"text": ANSWER})
    opened = (
        await people["jyj-leader"].rest(
            "GET", f"/v1/letters/{letter['id']}", service="interaction"
        )
    ).json()
    review = {"verdict": "approve", "answer_hash": opened["answer"]["answer_hash"]}
    letter = await _act(tour, "jyj-leader", letter, "answer/review", review)
    proposed = await _act(tour, "clerk", letter, "publication", {})
    let_out = {"verdict": "approve", "rendition_hash": proposed["rendition_hash"]}
    await _act(tour, "leader", letter, "publication/review", let_out)
    tour.done(
        "clerk dispatches, department answers, its leader reviews; two people publish it masked",
        tour.at("interaction", f"/v1/letters/{letter['id']}"),
    )


async def _letter(tour: Tour, who: str, number: str) -> Any:
    path = "/v1/letters?first=100"
    listed = (await tour.people[who].rest("GET", path, service="interaction")).json()["items"]
    return next(letter for letter in listed if letter["number"] == number)


async def _act(tour: Tour, who: str, letter: Any, act: str, body: Any) -> Any:
    path = f"/v1/letters/{letter['id']}/{act}"
    caller, version = tour.people[who], f'"{letter["version"]}"'
    done = await caller.rest("POST", path, body, service="interaction", If_Match=version)
    return done.json()


async def _published(tour: Tour, number: str) -> None:
    letters = (await tour.citizen.ask(PUBLISHED, code=CITY))["nodes"]
    shown = next(letter for letter in letters if letter["number"] == number)
    tour.require(MOBILE not in str(letters), "the writer's number is not published")
    tour.require(RELATIVE not in str(letters), "nor is any other")
    tour.require("139****1111" in shown["text"], "another's number is masked in place")
    tour.done(
        "question and answer are public with personal data removed",
        tour.at("interaction", f"/v1/public/letters/{number}/publication"),
    )
