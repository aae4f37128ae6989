"""Steps 4 and 7: a directive to every county, a partner's webhook, and the withdrawal of all."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.local.demonstration.publishing import PROBLEM
from deploy.local.demonstration.receiver import Receiver
from deploy.local.demonstration.tour import CITY, Tour, eventually

ISSUE = f"""mutation($input: NewDirectiveInput!) {{
  issueDirective(input: $input) {{ __typename ... on Directive {{ id }} {PROBLEM} }} }}"""
RESPOND = f"""mutation($id: UUID!, $version: Int!, $input: ObligationAnswerInput!) {{
  respondToDirective(obligationId: $id, version: $version, input: $input) {{
    __typename ... on Obligation {{ id state repostId late }} {PROBLEM} }} }}"""
OWED = """query($code: String!) {
  obligations(siteCode: $code, first: 1) { nodes { id version state itemId } } }"""
WITHDRAW = f"""mutation($id: UUID!, $input: WithdrawalInput!) {{
  withdrawItem(itemId: $id, input: $input) {{
    __typename ... on Withdrawn {{ seq }} {PROBLEM} }} }}"""
TIME_TO_ANSWER = timedelta(seconds=6)
ACCEPTS, DECLINES, LATE = "340321", "340322", "340323"


async def subscribe(tour: Tour, receiver: Receiver) -> None:
    """Let the partner subscribe before anything is released."""
    partner = tour.people["partner"]
    asked = {"url": receiver.url, "site_codes": [CITY]}
    opened = (await partner.rest("POST", "/v1/subscriptions", asked)).json()
    receiver.secret = opened["secret"]
    start = (await tour.citizen.rest("GET", "/v1/public/changes?first=100")).json()
    while start["changes"]:
        path = f"/v1/public/changes?first=100&since={start['next']}"
        start = (await tour.citizen.rest("GET", path)).json()
    tour.known["cursor"] = start["next"]
    tour.done(
        "a partner site subscribes with a webhook and notes its place in the change feed",
        tour.at("content", f"/v1/subscriptions/{opened['id']}"),
    )


async def walk(tour: Tour, receiver: Receiver) -> None:
    """Issue the directive, answer it three ways, and see the partner told."""
    policy = tour.known["policy"]
    wanted = {
        "itemId": policy["id"],
        "issuer": "340300",
        "level": "COUNTY",
        "deadline": (datetime.now(UTC) + TIME_TO_ANSWER).isoformat(),
    }
    directive = await tour.people["supervisor"].do(ISSUE, input=wanted)
    seen = tour.at("content", f"/v1/directives/{directive['id']}/obligations")
    tour.done("a repost directive goes to every county site", seen)
    await _accept(tour)
    await _decline(tour)
    message = await receiver.wait_for("content.item.released", policy["id"])
    tour.done(
        f"the partner gets a signed webhook ({message['type']}) at a real receiver", receiver.url
    )
    path = f"/v1/public/changes?since={tour.known['cursor']}"
    steps = (await tour.people["partner"].rest("GET", path)).json()["changes"]
    released = [step["item_id"] for step in steps if step["act"] == "released"]
    tour.require(policy["id"] in released, "the policy is in the change feed")
    tour.done("the partner reads the change feed by cursor", tour.at("content", path))
    await _be_late(tour, directive["id"])


async def _owed(tour: Tour, county: str) -> Any:
    editor = tour.people[f"editor-{county}"]
    (owed,) = (await editor.ask(OWED, code=f"{county}0001"))["nodes"]
    return owed


async def _accept(tour: Tour) -> None:
    editor, owed = tour.people[f"editor-{ACCEPTS}"], await _owed(tour, ACCEPTS)
    path = f"/v1/public/sites/{ACCEPTS}0001/columns"
    columns = (await editor.rest("GET", path)).json()["items"]
    column = next(entry["id"] for entry in columns if entry["kind"] == "policies")
    answer = {"answer": "ACCEPT", "columnId": column}
    await tour.people[f"editor-{DECLINES}"].refused(
        RESPOND, "not-found", id=owed["id"], version=owed["version"], input=answer
    )
    done = await editor.do(RESPOND, id=owed["id"], version=owed["version"], input=answer)
    repost = (await tour.citizen.rest("GET", f"/v1/public/items/{done['repostId']}")).json()
    tour.expect(repost["origin"]["item_id"], owed["itemId"], "the repost's origin")
    tour.expect(repost["content_hash"], tour.known["policy"]["contentHash"], "the repost's text")
    tour.known["repost"] = done["repostId"]
    tour.done(
        "怀远县 accepts and reposts, word for word",
        tour.at("content", f"/v1/public/items/{done['repostId']}"),
    )


async def _decline(tour: Tour) -> None:
    editor, owed = tour.people[f"editor-{DECLINES}"], await _owed(tour, DECLINES)
    answer = {"answer": "DECLINE", "reason": "本县已按上级要求另行发布实施细则。"}
    done = await editor.do(RESPOND, id=owed["id"], version=owed["version"], input=answer)
    tour.expect(done["state"], "DECLINED", "五河县's answer")
    tour.done("五河县 declines with a reason", tour.at("content", "/v1/obligations"))


async def _be_late(tour: Tour, directive_id: str) -> None:
    async def late() -> Any:
        owed = await _owed(tour, LATE)
        return owed if owed["state"] == "LATE" else None

    await eventually(late, "固镇县's lateness")
    path = f"/v1/directives/{directive_id}/obligations"
    tour.done("固镇县 lets the deadline pass and is late", tour.at("content", path))


async def withdraw(tour: Tour, receiver: Receiver) -> None:
    """Take the policy back and see every copy follow."""
    policy, repost = tour.known["policy"], tour.known["repost"]
    reason = {"reason": "文件已被新文件替代。"}
    await tour.people["leader"].do(WITHDRAW, id=policy["id"], input=reason)
    await tour.citizen.rest("GET", f"/v1/public/items/{policy['id']}", status=410)
    gone = await tour.citizen.ask("query($id: UUID!) { item(id: $id) { id } }", id=policy["id"])
    tour.expect(gone, None, "the withdrawn policy over GraphQL")

    async def repost_gone() -> bool:
        path = f"{tour.addresses['content']}/v1/public/items/{repost}"
        return bool((await tour.citizen.http.get(path)).is_error)

    await eventually(repost_gone, "the repost's withdrawal")
    await receiver.wait_for("content.item.withdrawn", policy["id"])
    path = f"/v1/public/changes?since={tour.known['cursor']}"
    steps = (await tour.citizen.rest("GET", path)).json()["changes"]
    tombstones = {step["item_id"] for step in steps if step["act"] == "withdrawn"}
    tour.require({policy["id"], repost} <= tombstones, "tombstones are in the change feed")
    feed = await tour.citizen.rest("GET", f"/v1/public/sites/{CITY}/feed.atom")
    tour.require(policy["id"] not in feed.text, "the withdrawn policy is out of the feed")
    tour.done(
        "the policy is withdrawn: REST, GraphQL, feeds, webhook and the repost all show it",
        tour.at("content", path),
    )
