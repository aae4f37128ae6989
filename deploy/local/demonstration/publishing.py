"""Steps 2 and 3: from a document file to readers, through review and one release."""

from typing import Any

from deploy.local.demonstration.tour import CITY, Tour

ITEM = "... on Draft { id version stage title docNo contentHash }"
PROBLEM = "... on Problem { type detail status faults { pointer code detail } }"
SHOWN = f"__typename {ITEM} {PROBLEM}"
CREATE = f"""mutation($input: NewItemInput!) {{
  createItem(input: $input) {{ {SHOWN} }} }}"""
REVISE = f"""mutation($id: UUID!, $version: Int!, $input: DraftInput!) {{
  reviseItem(itemId: $id, version: $version, input: $input) {{ {SHOWN} }} }}"""
SUBMIT = f"""mutation($id: UUID!, $version: Int!) {{
  submitForReview(itemId: $id, version: $version) {{ {SHOWN} }} }}"""
REVIEW = f"""mutation($id: UUID!, $version: Int!, $input: ReviewDecisionInput!) {{
  reviewItem(itemId: $id, version: $version, input: $input) {{ {SHOWN} }} }}"""
RELEASE = f"""mutation($input: NewReleaseInput!) {{
  releaseItems(input: $input) {{ __typename ... on ReleaseView {{ id seq }} {PROBLEM} }} }}"""
READ = """query($code: String!) {
  site(code: $code) {
    name
    columns { nodes { id name items(first: 5) { nodes {
      id title docNo interpretedBy { id title } interpretationOf { id title } } } } }
  } }"""
INTERPRETATION = "一图读懂：{title}"


async def walk(tour: Tour) -> None:
    """Draft, review, release and read a policy with its interpretation."""
    await _draft(tour)
    await _review(tour)
    await _release(tour)
    await _read(tour)


async def _draft(tour: Tour) -> None:
    editor = tour.people["editor"]
    reading = (await editor.rest("POST", "/v1/documents", {"text": tour.document})).json()
    columns = (await editor.rest("GET", f"/v1/public/sites/{CITY}/columns")).json()["items"]
    column = {entry["kind"]: entry["id"] for entry in columns}
    policy = {
        "siteCode": CITY,
        "columnId": column["policies"],
        "kind": "POLICY",
        "title": reading["title"],
        "body": reading["body"],
        "docNo": reading["doc_no"],
        "writtenOn": reading["written_on"],
        "source": reading["source"] or "蚌埠市人民政府办公室",
        "toBeInterpreted": True,
    }
    tour.known["draft"] = policy
    written = await editor.do(CREATE, input=policy)
    interpretation = {
        "siteCode": CITY,
        "columnId": column["interpretations"],
        "kind": "INTERPRETATION",
        "title": INTERPRETATION.format(title=reading["title"])[:200],
        "body": "本解读由起草部门提供，说明文件的出台背景、主要内容和办理要求。",
        "source": policy["source"],
        "interprets": written["id"],
    }
    told = await editor.do(CREATE, input=interpretation)
    tour.known.update(policy=written, interpretation=told, columns=column)
    number = reading["doc_no"] or "无文号"
    tour.done(
        f"editor drafts 《{reading['title']}》 {number} and its interpretation",
        tour.at("content", f"/v1/items/{written['id']}"),
    )


async def _review(tour: Tour) -> None:
    editor, leader, secrecy = (tour.people[who] for who in ("editor", "leader", "secrecy"))
    for name in ("policy", "interpretation"):
        item = tour.known[name]
        item = await editor.do(SUBMIT, id=item["id"], version=item["version"])
        item = await leader.do(REVIEW, **_decision(item, "LEADER"))
        tour.known[name] = item
    policy = tour.known["policy"]
    await leader.refused(REVIEW, "outside-authority", **_decision(policy, "SECRECY"))
    await editor.refused(REVIEW, "outside-authority", **_decision(policy, "LEADER"))
    both = tour.people["deputy"]
    await both.refused(REVIEW, "already-approved", **_decision(policy, "LEADER"))
    tour.done("leader approves; no one may take a step that is not theirs", _seen(tour, policy))
    policy = await secrecy.do(REVIEW, **_decision(policy, "SECRECY"))
    tour.expect(policy["stage"], "CLEARED", "after both approvals")
    draft = {name: tour.known["draft"][name] for name in tour.known["draft"] if name not in PLACE}
    draft["summary"] = "进一步做好政府网站信息内容建设管理工作的实施意见。"
    policy = await editor.do(REVISE, id=policy["id"], version=policy["version"], input=draft)
    tour.expect(policy["stage"], "DRAFT", "after an edit")
    tour.done("an edit after approval voids it", _seen(tour, policy))
    policy = await editor.do(SUBMIT, id=policy["id"], version=policy["version"])
    policy = await both.do(REVIEW, **_decision(policy, "LEADER"))
    await both.refused(REVIEW, "same-person", **_decision(policy, "SECRECY"))
    tour.done("the same person trying both reviews is refused", _seen(tour, policy))
    tour.known["policy"] = await secrecy.do(REVIEW, **_decision(policy, "SECRECY"))


PLACE = ("siteCode", "columnId", "kind")


def _decision(item: Any, step: str) -> dict[str, Any]:
    decision = {"step": step, "verdict": "APPROVE", "contentHash": item["contentHash"]}
    return {"id": item["id"], "version": item["version"], "input": decision}


def _seen(tour: Tour, item: Any) -> str:
    return tour.at("content", f"/v1/items/{item['id']}")


def _versions(*items: Any) -> dict[str, Any]:
    return {"items": [{"itemId": item["id"], "version": item["version"]} for item in items]}


async def _release(tour: Tour) -> None:
    editor, secrecy = tour.people["editor"], tour.people["secrecy"]
    policy, interpretation = tour.known["policy"], tour.known["interpretation"]
    await editor.refused(RELEASE, "not-releasable", input=_versions(policy))
    await editor.refused(RELEASE, "not-releasable", input=_versions(policy, interpretation))
    await tour.citizen.rest("GET", f"/v1/public/items/{policy['id']}", status=404)
    interpretation = await secrecy.do(REVIEW, **_decision(interpretation, "SECRECY"))
    tour.known["interpretation"] = interpretation
    release = await editor.do(RELEASE, input=_versions(policy, interpretation))
    tour.known["release"] = release
    tour.done(
        f"policy and interpretation go out in one atomic release, number {release['seq']}",
        tour.at("content", f"/v1/public/items/{policy['id']}"),
    )


async def _read(tour: Tour) -> None:
    policy, interpretation = tour.known["policy"], tour.known["interpretation"]
    path = f"/v1/public/items/{policy['id']}"
    first = await tour.citizen.rest("GET", path)
    tour.expect(first.json()["interpretations"][0]["id"], interpretation["id"], "link forward")
    await tour.citizen.rest("GET", path, status=304, If_None_Match=first.headers["etag"])
    tour.done(
        "a county site reads it over REST; with its ETag it is answered 304",
        tour.at("content", path),
    )
    site = await tour.citizen.ask(READ, code=CITY)
    listed = {
        item["id"]: item
        for column in site["columns"]["nodes"]
        for item in column["items"]["nodes"]
    }
    back = listed[interpretation["id"]]["interpretationOf"]["id"]
    tour.expect(back, policy["id"], "link back")
    tour.done(
        "an app reads site, columns and items with interpretation in one query",
        tour.at("gateway", "/graphql"),
    )
