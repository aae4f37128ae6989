from typing import Any

import pytest

from tests.factories.content import EDITOR, LEADER, SITE, Group
from tests.gateway.conftest import Ask, UpstreamCalls, outcome

SEARCH = """query($text: String!, $filter: ItemFilterInput, $order: SearchOrder! = NEWEST) {
  search(text: $text, siteCode: "3403000006", filter: $filter, order: $order) {
    edges { node { title site { name } } highlight { title { text found } } }
    nodes { title } pageInfo { hasNextPage }
    total { count exact } facets { kind { value count } year { value count } } } }"""
ITEMS = "query($filter: ItemFilterInput) { items(filter: $filter) { nodes { title } } }"


async def test_a_search_says_why_and_how_many(group: Group, ask: Ask) -> None:
    await group.released(kind="news", title="防汛工作动态")
    await group.released(title="关于防汛的通知")
    found = (await ask(SEARCH, text="防汛", order="RELEVANCE"))["data"]["search"]
    assert found["total"] == {"count": 2, "exact": True}
    assert {c["value"]: c["count"] for c in found["facets"]["kind"]} == {"news": 1, "policy": 1}
    assert [edge["node"] for edge in found["edges"]] == [
        {**node, "site": {"name": f"网站{SITE}"}} for node in found["nodes"]
    ]
    for edge in found["edges"]:
        parts = edge["highlight"]["title"]
        assert "".join(part["text"] for part in parts) == edge["node"]["title"]
        assert [part["text"] for part in parts if part["found"]] == ["防汛"]


async def test_filters_narrow_lists_searches_and_the_catalogue(group: Group, ask: Ask) -> None:
    await group.released(title="甲防汛", keywords=["防汛"], source="市水利局")
    await group.released(title="乙防汛")
    kept = {"keyword": "防汛", "source": "市水利局", "year": 2026, "publishedSince": "2026-03-02"}
    assert (await ask(ITEMS, filter=kept))["data"]["items"]["nodes"] == [{"title": "甲防汛"}]
    found = await ask(SEARCH, text="防汛", filter=kept)
    assert found["data"]["search"]["nodes"] == [{"title": "甲防汛"}]
    catalogue = """query($code: String!, $filter: ItemFilterInput) {
      catalogue(siteCode: $code, filter: $filter) { nodes { title publisher publishedAt } } }"""
    listed = (await ask(catalogue, code=SITE, filter=kept))["data"]["catalogue"]["nodes"]
    assert [(row["title"], row["publisher"]) for row in listed] == [("甲防汛", "市水利局")]
    none = await ask(ITEMS, filter={"publishedUntil": "2026-03-01"})
    assert none["data"]["items"]["nodes"] == []


async def test_a_filter_that_makes_no_sense_is_refused_in_the_services_words(ask: Ask) -> None:
    (error,) = (await ask(ITEMS, filter={"year": 1500}))["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["problem"]["type"] == "/problems/invalid"


async def test_a_topic_is_followed_once_it_has_public_items(group: Group, ask: Ask) -> None:
    topic = await group.topic()
    query = """query($id: UUID!, $code: String!) {
      topic(id: $id) { title site { code } timeline { nodes { title topicId } } }
      topics(siteCode: $code) { nodes { id } } }"""
    nothing = {"topic": None, "topics": {"nodes": []}}
    assert (await ask(query, id=topic, code=SITE))["data"] == nothing
    await group.released(kind="news", title="汛情通报", topic_id=topic)
    told = (await ask(query, id=topic, code=SITE))["data"]
    assert told["topic"]["timeline"]["nodes"] == [{"title": "汛情通报", "topicId": topic}]
    assert told["topics"]["nodes"] == [{"id": topic}]


async def test_policies_are_in_force_on_their_days(group: Group, ask: Ask) -> None:
    policy = await group.released()
    query = "query($on: Date) { policiesInForce(on: $on) { nodes { id title effectiveFrom } } }"
    (row,) = (await ask(query))["data"]["policiesInForce"]["nodes"]
    assert (row["id"], row["title"]) == (policy["id"], policy["title"])
    assert (await ask(query, on="2020-01-01"))["data"]["policiesInForce"]["nodes"] == []


async def test_a_page_gets_what_it_shows_beside_the_text(group: Group, ask: Ask) -> None:
    item = await group.released()
    await group.client.post(f"/v1/public/items/{item['id']}/visits")
    query = """query($id: UUID!) { item(id: $id) {
      labels { page labels { name content } html }
      share { url jsonLd openGraph { name content } links { channel } }
      visits { total days { day count } } } }"""
    answer = await ask(query, id=item["id"])
    assert "errors" not in answer, answer
    shown = answer["data"]["item"]
    labels = {label["name"]: label["content"] for label in shown["labels"]["labels"]}
    assert labels["ArticleTitle"] == item["title"]
    assert shown["share"]["jsonLd"]["headline"] == item["title"]
    assert {link["channel"] for link in shown["share"]["links"]} >= {"weibo"}
    rest = await group.client.get(f"/v1/public/items/{item['id']}/visits")
    assert shown["visits"]["total"] == rest.json()["total"]


@pytest.mark.usefixtures("group")
async def test_a_site_tells_where_it_stands_and_its_footer(ask: Ask) -> None:
    query = """query($code: String!) { site(code: $code) {
      state notice { text } footer { siteCode sponsoring } } }"""
    site = (await ask(query, code=SITE))["data"]["site"]
    assert (site["state"], site["notice"]) == ("OPEN", None)
    assert site["footer"] == {"siteCode": SITE, "sponsoring": "340300-zfb"}


async def test_columns_make_a_tree_whose_parents_cost_one_call(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    for kind in ("policies", "interpretations"):
        moved = {"column_id": group.columns[kind], "parent_id": group.columns["news"]}
        await group.change("move_column", **moved, position=2)
    query = """query($code: String!) { site(code: $code) { columns { nodes {
      id parentId position hidden parent { name } } } } }"""
    with upstream_calls() as calls:
        nodes = (await ask(query, code=SITE))["data"]["site"]["columns"]["nodes"]
    assert len(calls) == 3
    under = {node["id"]: node["parent"] and node["parent"]["name"] for node in nodes}
    assert under == {
        group.columns["news"]: None,
        group.columns["policies"]: "news",
        group.columns["interpretations"]: "news",
    }


async def test_a_merged_column_leads_to_where_it_went(group: Group, ask: Ask) -> None:
    gone, into = group.columns["news"], group.columns["policies"]
    await group.released(kind="news", title="旧栏目里的动态")
    await group.change("merge_columns", from_id=gone, into_id=into)
    query = "query($id: UUID!) { column(id: $id) { id items { nodes { title } } } }"
    column: Any = (await ask(query, id=gone))["data"]["column"]
    assert column["id"] == into
    assert column["items"]["nodes"] == [{"title": "旧栏目里的动态"}]


async def test_public_fields_show_nothing_that_is_not_public(group: Group, ask: Ask) -> None:
    hidden = await group.cleared(title="未公开的标题防汛")
    everything = """query($text: String!, $id: UUID!, $code: String!) {
      search(text: $text) { nodes { title } facets { kind { value } } total { count } }
      items { nodes { title } } catalogue(siteCode: $code) { nodes { title } }
      policiesInForce { nodes { title } } item(id: $id) { labels { html } } }"""
    for actor in (None, EDITOR, LEADER):
        answer = await ask(everything, actor, text="防汛", id=hidden["id"], code=SITE)
        assert "errors" not in answer, answer
        assert hidden["title"] not in str(answer)


async def test_pages_of_every_kind_have_their_labels_and_a_page_is_checked(
    group: Group, ask: Ask
) -> None:
    query = """query($code: String!, $column: UUID!) {
      site(code: $code) { labels { page labels { name content } html } }
      column(id: $column) { labels { page labels { name content } } } }"""
    told = (await ask(query, code=SITE, column=group.columns["news"]))["data"]
    home, column = told["site"]["labels"], told["column"]["labels"]
    assert (home["page"], column["page"]) == ("HOME", "COLUMN")
    assert {"name": "SiteIDCode", "content": SITE} in home["labels"]
    check = """query($input: LabelsToCheckInput!) { checkLabels(input: $input) {
      ... on LabelsReport { valid findings { code severity name } }
      ... on Problem { status faults { code } } } }"""
    sound = await outcome(ask, check, input={"page": "HOME", "html": home["html"]})
    assert sound["valid"] is True
    labels = [label for label in home["labels"] if label["name"] != "SiteIDCode"]
    lacking = await outcome(ask, check, input={"page": "HOME", "labels": labels})
    assert ("SiteIDCode", "ERROR") in {(f["name"], f["severity"]) for f in lacking["findings"]}
    neither = await outcome(ask, check, input={"page": "HOME"})
    assert neither["faults"][0]["code"] == "html_or_labels"


async def test_a_catalogue_is_counted_by_subject_and_genre(group: Group, ask: Ask) -> None:
    await group.released(subject="综合政务/政务公开")
    await group.released(title="另一份通知")
    query = """query($code: String!, $kind: ItemKind, $filter: ItemFilterInput) {
      catalogueCounts(siteCode: $code, kind: $kind, filter: $filter) {
        total subject { value count } } }"""
    counted = await outcome(ask, query, code=SITE)
    assert counted["total"] == 2
    assert {"value": "综合政务/政务公开", "count": 1} in counted["subject"]
    assert (await outcome(ask, query, code=SITE, kind="NEWS"))["total"] == 0
    narrowed = await outcome(ask, query, code=SITE, filter={"subject": "综合政务"})
    assert narrowed["total"] == 1
    assert await outcome(ask, query, code="9999999999") is None
