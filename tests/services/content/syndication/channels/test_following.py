from typing import Any

from tests.factories.content import ADMIN, COUNTY_OFFICE, EDITOR, OFFICE
from tests.services.content.conftest import Announced
from tests.services.content.syndication.channels.conftest import Desk
from tests.services.content.syndication.channels.platforms import Say, WechatServer, WeiboServer


async def states(desk: Desk, channel: Any) -> list[str]:
    return [post["state"] for post in reversed(await desk.posts(channel))]


async def test_an_item_is_posted_once_for_each_text_however_often_it_is_told(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo)
    await desk.posted()
    await desk.hear()
    await desk.later(minutes=1)
    assert (len(weibo.statuses), await states(desk, channel)) == (1, ["published"])


async def test_only_what_the_rule_names_goes_by_itself(desk: Desk, weibo: WeiboServer) -> None:
    news = desk.group.columns["news"]
    await desk.channel(weibo, kinds=["news"], column_ids=[news], words=["防汛"])
    await desk.channel(weibo, automatic=False)
    await desk.posted(title="防汛通知")
    await desk.posted(title="一条消息", kind="news")
    assert await desk.rows() == []
    await desk.posted(title="防汛消息", kind="news")
    assert len(await desk.rows()) == 1


async def test_a_channel_of_an_organization_takes_what_its_sites_release(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo, site_code=None, organization="340300")
    assert (channel["owner"], channel.get("site_code")) == ("340000.340300", None)
    await desk.posted()
    assert len(weibo.statuses) == 1


async def test_a_withdrawn_item_is_deleted_and_the_receipt_says_so(
    desk: Desk, wechat: WechatServer, weibo: WeiboServer
) -> None:
    channels = [await desk.channel(wechat), await desk.channel(weibo)]
    item = await desk.posted()
    assert (len(wechat.articles), len(weibo.statuses)) == (1, 1)
    for channel in channels:
        await desk.act(channel, "/pause")
    await desk.group.withdraw(item)
    await desk.hear()
    await desk.run()
    assert (wechat.articles, weibo.statuses) == ({}, {})
    for channel in channels:
        post = await desk.post(channel)
        assert (post["state"], post["unwanted"]) == ("deleted", "withdrawn")
        assert post["deleted_at"]
    assert {row.said for row in await desk.rows()} == {None}


async def test_what_waits_is_cancelled_and_a_draft_thrown_away_when_the_item_is_withdrawn(
    desk: Desk, wechat: WechatServer, weibo: WeiboServer
) -> None:
    wechat.says["freepublish/submit"] = [Say({"errcode": -1})] * 2
    channels = [await desk.channel(wechat), await desk.channel(weibo, automatic=False)]
    item = await desk.posted()
    await desk.act(channels[1], "/pause")
    assert (await desk.order(channels[1], item)).status_code == 202
    assert len(wechat.drafts) == 1
    await desk.group.withdraw(item)
    await desk.hear()
    await desk.later(hours=1)
    assert [(await desk.post(channel))["state"] for channel in channels] == ["cancelled"] * 2
    assert (wechat.drafts, wechat.articles, weibo.calls) == ({}, {}, [])


async def test_a_withdrawal_between_submitting_and_publishing_is_carried_out_afterwards(
    desk: Desk, wechat: WechatServer
) -> None:
    wechat.takes = 2
    channel = await desk.channel(wechat)
    item = await desk.posted()
    assert (await desk.post(channel))["state"] == "submitted"
    await desk.group.withdraw(item)
    await desk.hear()
    await desk.run()
    await desk.later(minutes=1)
    await desk.later(minutes=5)
    assert wechat.articles == {}
    assert (await desk.post(channel))["state"] == "deleted"


async def test_an_item_withdrawn_before_its_turn_says_nothing_though_nobody_heard_of_it(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo)
    item = await desk.group.released()
    await desk.hear()
    await desk.group.withdraw(item)
    await desk.run()
    assert weibo.calls == []
    assert await states(desk, channel) == ["cancelled"]


async def test_a_platform_that_refuses_to_delete_is_named_and_listed_and_asked_again(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo)
    item = await desk.posted()
    weibo.says["destroy"] = [Say({"error_code": 20102}, 400)]
    await desk.group.withdraw(item)
    await desk.hear()
    await desk.run()
    (post,) = await desk.posts(channel, "?state=standing")
    assert (post["code"], post["words"]) == ("20102", "不是此账号发布的微博")
    assert (await desk.shown(channel)).get("fault_code") is None
    await desk.retry(channel, post)
    await desk.run()
    assert (await states(desk, channel), weibo.statuses) == (["deleted"], {})


async def test_a_corrected_text_is_flagged_and_replaced_when_a_clerk_orders_it(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo)
    item = await desk.posted(title="有误的标题")
    await desk.corrected(item, title="更正的标题")
    await desk.run()
    (post,) = await desk.posts(channel, "?outdated=true")
    assert (post["state"], len(weibo.statuses)) == ("published", 1)
    ordered = await desk.order(channel, item)
    assert (ordered.status_code, ordered.json()["ordered_by"]) == (202, EDITOR.id)
    twice = await desk.order(channel, item)
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/already-posted")
    await desk.run()
    (shown,) = weibo.statuses.values()
    assert "更正的标题" in shown
    assert await states(desk, channel) == ["deleted", "published"]
    assert (await desk.order(channel, item)).status_code == 409
    assert await desk.posts(channel, "?outdated=true") == []


async def test_a_channel_may_replace_by_itself_and_the_new_post_is_public_before_the_old_goes(
    desk: Desk, wechat: WechatServer
) -> None:
    channel = await desk.channel(wechat, on_correction="replace")
    item = await desk.posted(title="有误的标题")
    await desk.corrected(item, title="更正的标题")
    await desk.run()
    assert len(wechat.articles) == 1
    await desk.later(seconds=7)
    acts = [act for act in wechat.acts if act.startswith("freepublish/")]
    assert acts[-2:] == ["freepublish/get", "freepublish/delete"]
    (article,) = wechat.articles.values()
    assert article["title"] == "更正的标题"
    assert await states(desk, channel) == ["deleted", "published"]


async def test_what_was_drafted_of_a_text_that_changed_since_is_drafted_anew(
    desk: Desk, wechat: WechatServer
) -> None:
    wechat.says["freepublish/submit"] = [Say({"errcode": -1})] * 2
    channel = await desk.channel(wechat)
    item = await desk.posted(title="有误的标题")
    await desk.corrected(item, title="更正的标题")
    await desk.later(hours=1)
    await desk.later(seconds=7)
    (article,) = wechat.articles.values()
    assert article["title"] == "更正的标题"
    post = await desk.post(channel)
    assert (post["state"], wechat.drafts) == ("published", {})
    assert [step for step, _ in await desk.steps(channel, post)] == [
        *("draft", "submit", "submit", "drop_draft", "draft", "submit", "poll"),
    ]


async def test_a_text_replaced_while_it_was_on_its_way_is_flagged_when_it_is_public(
    desk: Desk, wechat: WechatServer
) -> None:
    wechat.takes = 1
    channel = await desk.channel(wechat)
    item = await desk.posted()
    await desk.corrected(item, title="更正的标题")
    await desk.later(minutes=1)
    (post,) = await desk.posts(channel, "?outdated=true")
    assert post["state"] == "published"


async def test_the_channels_of_a_site_follow_its_sponsor(desk: Desk, weibo: WeiboServer) -> None:
    channel = await desk.channel(weibo)
    assert channel["owner"] == OFFICE
    await desk.group.change("change_site", supervising="340321", sponsoring="340321-zfb")
    await desk.hear()
    (kept,) = await desk.kept()
    assert kept.owner == COUNTY_OFFICE


async def test_an_ended_channel_posts_nothing_and_its_posts_stand(
    desk: Desk, weibo: WeiboServer, announced: Announced
) -> None:
    channel = await desk.channel(weibo)
    item = await desk.posted()
    path = f"/v1/channels/{channel['id']}"
    ended = await desk.group.send(ADMIN, "DELETE", path, version=channel["version"])
    assert ended.status_code == 200, ended.text
    assert (await desk.group.send(ADMIN, "GET", path)).status_code == 404
    (kept,) = await desk.kept()
    assert (kept.sealed_secret, kept.sealed_token) == (None, None)
    await desk.group.withdraw(item)
    await desk.group.released(title="另一篇")
    await desk.hear()
    await desk.run()
    (row,) = await desk.rows()
    assert (row.state, row.code, len(weibo.statuses)) == ("standing", "channel_ended", 1)
    assert "content.channelpost.settled" in await announced()
