from typing import Any
from uuid import uuid4

from tests.factories.content import EDITOR, LEADER, SECRECY, SITE, STRANGER, Group
from tests.gateway.conftest import Ask
from tests.support.queries import count_queries_on

ONE_QUERY = """query($code: String!) { site(code: $code) { name columns { nodes { name
  items { nodes { title site { code }
    interpretedBy { title interpretationOf { title } } } } } } } }"""
REVIEW = """mutation($id: UUID!, $version: Int!, $input: ReviewDecisionInput!) {
  reviewItem(itemId: $id, version: $version, input: $input) {
    __typename ... on Draft { stage version }
    ... on Problem { type status detail versionFound } } }"""
CREATE = """mutation($input: NewItemInput!) { createItem(input: $input) {
  __typename ... on Draft { id }
  ... on Problem { type status detail faults { pointer code detail } } } }"""


async def test_one_query_reads_site_columns_and_items_with_interpretation(
    group: Group, ask: Ask
) -> None:
    policy = await group.cleared(to_be_interpreted=True)
    interpretation = await group.cleared(
        kind="interpretation", title="一图读懂", interprets=policy["id"]
    )
    assert (await group.release(policy, interpretation)).status_code == 201
    answer = await ask(ONE_QUERY, code=SITE)
    assert "errors" not in answer, answer
    columns = {c["name"]: c["items"]["nodes"] for c in answer["data"]["site"]["columns"]["nodes"]}
    (read,) = columns["policies"]
    assert read["site"]["code"] == SITE
    assert read["interpretedBy"][0]["title"] == "一图读懂"
    assert read["interpretedBy"][0]["interpretationOf"]["title"] == policy["title"]


async def test_a_list_with_relations_costs_the_same_however_long(
    group: Group, ask: Ask, stage: dict[str, Any]
) -> None:
    query = """query($c: String!) {
      items(siteCode: $c) { nodes { title site { name } column { name } } } }"""
    await group.released(kind="news")
    with count_queries_on(stage["engines"]["content"].sync_engine)(4):
        await ask(query, c=SITE)
    for number in range(4):
        await group.released(kind="news", title=f"动态{number}")
    with count_queries_on(stage["engines"]["content"].sync_engine)(4):
        answer = await ask(query, c=SITE)
    assert len(answer["data"]["items"]["nodes"]) == 5


async def test_drafts_are_nobodys_but_the_offices(group: Group, ask: Ask) -> None:
    item = await group.draft()
    query = "query($id: UUID!) { item(id: $id) { id } draft(id: $id) { title } }"
    for actor in (None, STRANGER):
        answer = await ask(query, actor, id=item["id"])
        assert item["title"] not in str(answer)
    assert (await ask(query, EDITOR, id=item["id"]))["data"]["draft"]["title"] == item["title"]


async def test_a_refusal_is_data_with_the_services_own_words(group: Group, ask: Ask) -> None:
    item = await group.submitted()
    decision = {"step": "SECRECY", "verdict": "APPROVE", "contentHash": item["content_hash"]}
    answer = await ask(REVIEW, SECRECY, id=item["id"], version=item["version"], input=decision)
    problem = answer["data"]["reviewItem"]
    assert problem["type"] == "/problems/out-of-turn"
    assert "分管负责人" in problem["detail"]
    answer = await ask(REVIEW, LEADER, id=item["id"], version=1, input=decision)
    assert answer["data"]["reviewItem"]["status"] in {403, 412}


async def test_every_fault_of_an_input_is_named_and_nothing_is_written(
    group: Group, ask: Ask
) -> None:
    new = {
        "siteCode": "12",
        "columnId": group.columns["news"],
        "kind": "NEWS",
        "title": "x" * 300,
        "body": "正文\u0000",
        "source": "",
    }
    problem = (await ask(CREATE, EDITOR, input=new))["data"]["createItem"]
    assert problem["type"] == "/problems/invalid"
    pointers = {fault["pointer"] for fault in problem["faults"]}
    assert pointers == {"/siteCode", "/title", "/body", "/source"}
    listed = await group.send(EDITOR, "GET", "/v1/items")
    assert listed.json()["items"] == []


async def test_no_token_and_a_bad_token_are_refused_by_name(ask: Ask, gateway: Any) -> None:
    answer = await ask("{ viewer { id } }")
    assert answer["errors"][0]["extensions"]["problem"]["type"] == "/problems/unauthenticated"
    bad = await gateway.post(
        "/graphql",
        json={"query": "{ viewer { id } }"},
        headers={"Authorization": "Bearer x.y.z"},
    )
    assert bad.json()["errors"][0]["extensions"]["problem"]["type"] == "/problems/invalid-token"


async def test_what_is_not_there_is_null(ask: Ask) -> None:
    query = 'query($id: UUID!) { item(id: $id) { id } site(code: "9999999999") { name } }'
    assert (await ask(query, id=str(uuid4())))["data"] == {"item": None, "site": None}


async def test_what_was_withdrawn_is_null(group: Group, ask: Ask) -> None:
    item = await group.released()
    await group.withdraw(item)
    answer = await ask("query($id: UUID!) { item(id: $id) { id } }", id=item["id"])
    assert answer["data"] == {"item": None}
    assert "errors" not in answer


async def test_pages_go_on_by_cursor(group: Group, ask: Ask) -> None:
    for number in range(3):
        await group.released(kind="news", title=f"动态{number}")
    query = """query($after: String) { items(first: 2, after: $after) {
      edges { cursor node { title } } pageInfo { hasNextPage endCursor } } }"""
    first = (await ask(query))["data"]["items"]
    assert first["pageInfo"]["hasNextPage"] is True
    rest = (await ask(query, after=first["pageInfo"]["endCursor"]))["data"]["items"]
    titles = [edge["node"]["title"] for edge in first["edges"] + rest["edges"]]
    assert len(set(titles)) == 3
    assert rest["pageInfo"]["hasNextPage"] is False
    odd = await ask(query, after="nonsense")
    assert odd["errors"][0]["extensions"]["problem"]["type"] == "/problems/invalid-cursor"
