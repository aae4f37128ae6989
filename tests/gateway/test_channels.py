from tests.factories.content import ADMIN, EDITOR, PARTNER, SITE, Group
from tests.gateway.conftest import Ask, outcome

WHY = "... on Problem { type status faults { pointer code } versionFound }"
SEEN = "... on Channel { id kind name version paused faultCode template { text } onCorrection }"
OPEN = f"""mutation($input: NewChannelInput!) {{
  openChannel(input: $input) {{ {SEEN} {WHY} }} }}"""
CHANGE = f"""mutation($id: UUID!, $version: Int!, $input: ChannelTermsInput!) {{
  changeChannel(id: $id, version: $version, input: $input) {{ {SEEN} {WHY} }} }}"""
SECRET = f"""mutation($id: UUID!, $version: Int!, $input: NewChannelSecretInput!) {{
  replaceChannelSecret(id: $id, version: $version, input: $input) {{ {SEEN} {WHY} }} }}"""
ACTS = ("pauseChannel", "resumeChannel", "endChannel")
ORDER = f"""mutation($id: UUID!, $input: NewChannelPostInput!) {{
  postToChannel(id: $id, input: $input) {{
  ... on ChannelPost {{ id state version orderedBy }} {WHY} }} }}"""
RETRY = f"""mutation($channel: UUID!, $id: UUID!, $version: Int!) {{
  retryChannelPost(channelId: $channel, id: $id, version: $version) {{
  ... on ChannelPost {{ id state }} {WHY} }} }}"""
ONE = """query($id: UUID!, $item: UUID!) { channel(id: $id) { name siteCode
  preview(itemId: $item) { text shortened }
  posts(state: WAITING, outdated: false) { nodes { itemId log { nodes { step code } } } } } }"""
MINE = '{ channels(siteCode: "%s") { nodes { id } } }' % SITE  # noqa: UP031  # braces
NEW = {
    "kind": "WEIBO",
    "name": "蚌埠发布",
    "siteCode": SITE,
    "appId": "3001",
    "senderIp": "211.156.0.1",
}
KEY = {"secret": "a-secret-of-an-account"}


async def test_a_channel_is_opened_used_and_ended(group: Group, ask: Ask) -> None:
    odd = {**NEW, **KEY, "template": {"text": "没有链接"}, "address": "http://169.254.169.254/"}
    refused = await outcome(ask, OPEN, ADMIN, input=odd)
    assert {fault["pointer"] for fault in refused["faults"]} == {"/template/text", "/address"}
    assert (await outcome(ask, OPEN, PARTNER, input={**NEW, **KEY}))["status"] == 403
    channel = await outcome(ask, OPEN, ADMIN, input={**NEW, **KEY})
    assert (channel["kind"], channel["onCorrection"]) == ("WEIBO", "FLAG")
    named = {"id": channel["id"], "version": channel["version"]}
    item = await group.released(title="标题")
    order = {"id": channel["id"], "input": {"itemId": item["id"]}}
    post = await outcome(ask, ORDER, EDITOR, **order)
    assert (post["state"], post["orderedBy"]) == ("WAITING", EDITOR.id)
    assert (await outcome(ask, ORDER, EDITOR, **order))["type"] == "/problems/already-posted"
    retried = {"channel": channel["id"], "id": post["id"], "version": post["version"]}
    assert (await outcome(ask, RETRY, EDITOR, **retried))["type"] == "/problems/nothing-to-retry"
    read = await outcome(ask, ONE, EDITOR, id=channel["id"], item=item["id"])
    assert read["preview"]["text"].startswith("【标题】")
    assert read["posts"]["nodes"] == [{"itemId": item["id"], "log": {"nodes": []}}]
    assert await outcome(ask, ONE, PARTNER, id=channel["id"], item=item["id"]) is None
    assert (await outcome(ask, MINE, EDITOR))["nodes"] == [{"id": channel["id"]}]
    terms = {name: NEW[name] for name in ("name", "appId", "senderIp")}
    done = await outcome(ask, CHANGE, ADMIN, **named, input={**terms, "automatic": True})
    assert done["version"] == 2
    stale = await outcome(ask, CHANGE, ADMIN, **named, input=terms)
    assert (stale["status"], stale["versionFound"]) == (412, 2)
    done = await outcome(ask, SECRET, ADMIN, id=channel["id"], version=2, input=KEY)
    for act in ACTS:
        asked = f"""mutation($id: UUID!, $version: Int!) {{
          {act}(id: $id, version: $version) {{ {SEEN} {WHY} }} }}"""
        version = done["version"]
        done = await outcome(ask, asked, ADMIN, id=channel["id"], version=version)
        assert done["paused"] is (act == "pauseChannel")
    assert await outcome(ask, ONE, EDITOR, id=channel["id"], item=item["id"]) is None
