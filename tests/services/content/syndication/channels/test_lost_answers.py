from datetime import timedelta

import pytest

from services.content.syndication.channels.commands import posting as commands
from services.content.syndication.channels.schedule import CLOCK
from shared.uow import BeginAs
from tests.services.content.syndication.channels.conftest import Desk
from tests.services.content.syndication.channels.platforms import Say, WechatServer, WeiboServer

LOST = Say(silent=True, done=True)
NEVER = Say(silent=True)


@pytest.mark.parametrize("lost", [LOST, NEVER, Say(b"<html>", done=True), Say(b"{}", 502)])
async def test_weibo_is_asked_before_a_post_is_sent_again_and_shows_it_once(
    desk: Desk, weibo: WeiboServer, lost: Say
) -> None:
    weibo.says["share"] = [lost]
    channel = await desk.channel(weibo)
    await desk.posted()
    assert (await desk.post(channel))["state"] == "waiting"
    await desk.later(minutes=10)
    post = await desk.post(channel)
    (number,) = weibo.statuses
    assert (post["state"], post["platform_id"]) == ("published", number)
    steps = [step for step, _ in await desk.steps(channel, post)]
    assert steps == ["share", "look_up", *(["share"] if not lost.done else [])]


@pytest.mark.parametrize("lost", [LOST, NEVER, Say(b"[]", done=True), Say(b"x", 504)])
async def test_an_article_is_looked_for_among_the_published_ones_and_never_doubled(
    desk: Desk, wechat: WechatServer, lost: Say
) -> None:
    wechat.says["freepublish/submit"] = [lost]
    channel = await desk.channel(wechat)
    await desk.posted()
    wechat.publish_all()
    await desk.later(minutes=10)
    await desk.later(seconds=7)
    post = await desk.post(channel)
    (article_id,) = wechat.articles
    assert (post["state"], post["platform_id"]) == ("published", article_id)
    assert len(wechat.asked("draft/add")) == 1
    assert post["url"] == f"http://mp.weixin.qq.com/s/{article_id}"


async def test_an_article_that_is_still_being_published_is_waited_for(
    desk: Desk, wechat: WechatServer
) -> None:
    wechat.says["freepublish/submit"] = [LOST]
    channel = await desk.channel(wechat)
    await desk.posted()
    await desk.later(minutes=10)
    post = await desk.post(channel)
    assert (post["state"], post["code"]) == ("waiting", "40007")
    wechat.publish_all()
    await desk.later(minutes=10)
    assert (await desk.post(channel))["state"] == "published"
    assert len(wechat.asked("freepublish/submit")) == 1


async def test_what_the_platform_neither_confirms_nor_denies_is_left_to_a_person(
    desk: Desk, wechat: WechatServer
) -> None:
    wechat.says["freepublish/submit"] = [LOST]
    channel = await desk.channel(wechat)
    item = await desk.posted()
    for _ in range(4):
        await desk.later(minutes=10)
    post = await desk.post(channel)
    assert post["state"] == "failed"
    assert "没有说明是否已发布" in post["words"]
    refused = await desk.order(channel, item)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/perhaps-posted")
    wechat.publish_all()
    await desk.retry(channel, post)
    await desk.run()
    assert (await desk.post(channel))["state"] == "published"
    assert len(wechat.asked("freepublish/submit")) == 1


async def test_a_repeat_that_weibo_tells_of_is_ours_only_if_an_answer_was_lost_before(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo)
    weibo.says["share"] = [Say({"error_code": 20019, "error": "repeat content!"}, 400)]
    await desk.posted()
    post = await desk.post(channel)
    assert (post["state"], post["code"]) == ("failed", "20019")
    assert post["words"] == "提交了相同的内容"


async def test_a_post_that_weibo_shows_late_is_found_by_the_second_net(
    desk: Desk, weibo: WeiboServer
) -> None:
    weibo.says["share"] = [LOST]
    weibo.says["user_timeline"] = [Say({"statuses": []})]
    channel = await desk.channel(weibo)
    await desk.posted()
    await desk.later(minutes=10)
    assert (await desk.post(channel))["code"] == "20019"
    await desk.later(minutes=10)
    post = await desk.post(channel)
    assert (post["state"], len(weibo.statuses)) == ("published", 1)
    steps = [step for step, _ in await desk.steps(channel, post)]
    assert steps == ["share", "look_up", "share", "look_up"]


async def test_what_weibo_took_but_shows_late_is_looked_for(
    desk: Desk, weibo: WeiboServer
) -> None:
    weibo.says["share"] = [Say({"error_code": "20032"}, 400)]
    channel = await desk.channel(weibo)
    await desk.posted()
    assert (await desk.post(channel))["words"] == "已发布，平台延迟显示"
    await desk.later(minutes=10)
    post = await desk.post(channel)
    assert post["state"] == "published"


@pytest.mark.parametrize("done", [True, False])
async def test_a_worker_killed_while_it_posts_leaves_one_post(
    desk: Desk,
    weibo: WeiboServer,
    real_begin: BeginAs,
    done: bool,  # noqa: FBT001  # a table
) -> None:
    channel = await desk.channel(weibo)
    await desk.group.released()
    await desk.hear()
    (leased,) = await commands.take(real_begin, CLOCK, desk.watch(), most=20)
    if done:  # the platform took it, and nobody was left to note it
        weibo.statuses["1"] = leased.post.said or ""
    assert await desk.run() == 0
    assert await desk.later(seconds=130) == 0
    await desk.later(seconds=50)
    post = await desk.post(channel)
    assert (post["state"], len(weibo.statuses)) == ("published", 1)
    steps = [step for step, _ in await desk.steps(channel, post)]
    assert steps == (["look_up"] if done else ["look_up", "share"])


async def test_a_worker_killed_while_it_submits_leaves_one_article(
    desk: Desk, wechat: WechatServer, real_begin: BeginAs
) -> None:
    wechat.says["freepublish/submit"] = [Say({"errcode": -1})] * 2
    channel = await desk.channel(wechat)
    await desk.posted()
    desk.watch.turn(timedelta(hours=1))
    (leased,) = await commands.take(real_begin, CLOCK, desk.watch(), most=20)
    assert leased.step == "submit"
    wechat.answer(
        "freepublish/submit", {"access_token": wechat.token}, {"media_id": leased.found.draft_id}
    )
    wechat.publish_all()
    await desk.later(minutes=3)
    post = await desk.post(channel)
    assert (post["state"], len(wechat.articles)) == ("published", 1)


async def test_a_worker_that_comes_back_too_late_changes_nothing(
    desk: Desk, weibo: WeiboServer, real_begin: BeginAs
) -> None:
    weibo.says["share"] = [Say(done=True, body=None, delay=0.2)]
    await desk.channel(weibo)
    await desk.group.released()
    await desk.hear()
    (leased,) = await commands.take(real_begin, CLOCK, desk.watch(), most=20)
    async with real_begin(CLOCK, "another worker") as uow:
        row = await commands.queries.post_locked(uow.session, leased.post.id)
        row.leased_until = desk.watch() + timedelta(hours=1)
    assert await desk.run() == 0
    (kept,) = await desk.rows()
    assert (kept.state, kept.under_way) == ("waiting", "share")
