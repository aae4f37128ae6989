from tests.services.content.syndication.channels.conftest import Desk
from tests.services.content.syndication.channels.platforms import Say, WechatServer, WeiboServer


async def test_a_daily_quota_ends_new_posts_until_midnight_and_no_deletions(
    desk: Desk, wechat: WechatServer
) -> None:
    channel = await desk.channel(wechat)
    public = await desk.posted()
    wechat.says["draft/add"] = [Say({"errcode": 45009})]
    await desk.group.released()
    await desk.hear()
    await desk.run()
    assert (await desk.shown(channel))["posts_from"] == "2026-03-02T16:00:00Z"
    await desk.group.released()
    await desk.group.withdraw(public)
    await desk.hear()
    await desk.later(minutes=5)
    assert wechat.articles == {}
    assert len(wechat.asked("draft/add")) == 2
    await desk.later(hours=16)
    await desk.later(seconds=7)
    assert len(wechat.articles) == 2


async def test_no_more_is_posted_in_a_minute_or_a_day_than_the_channel_allows(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo, per_minute=2, per_day=3)
    for _ in range(5):
        await desk.group.released()
    await desk.hear()
    await desk.run()
    assert len(weibo.statuses) == 2
    await desk.later(seconds=61)
    assert len(weibo.statuses) == 3
    await desk.later(hours=10)
    assert len(weibo.statuses) == 3
    assert (await desk.shown(channel))["posts_from"] == "2026-03-02T16:00:00Z"
    await desk.later(hours=6)
    await desk.later(seconds=61)
    assert len(weibo.statuses) == 5
