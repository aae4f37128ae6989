from datetime import timedelta
from typing import Any

import pytest

from services.content.syndication.channels.platform import platform
from shared.contracts.channels import ChannelKind
from shared.outbound import Outside
from shared.uow import BeginAs
from tests.services.content.syndication.channels.conftest import (
    LOOPBACK,
    Desk,
    posting,
    ready_image,
)
from tests.services.content.syndication.channels.platforms import (
    SECRET,
    Say,
    WechatServer,
    WeiboServer,
)


@pytest.mark.parametrize(
    ("code", "state", "blocked"),
    [
        (10023, "waiting", False),
        (20012, "failed", False),
        (20017, "failed", False),
        (20101, "failed", False),
        (99999, "failed", False),
        (10014, "waiting", True),
        (21327, "waiting", True),
    ],
)
async def test_what_a_platform_says_is_on_the_receipt_or_of_the_account_on_the_channel(
    desk: Desk,
    weibo: WeiboServer,
    code: int,
    state: str,
    blocked: bool,  # noqa: FBT001  # a table
) -> None:
    weibo.says["share"] = [Say({"error_code": code, "error": "x", "request": "/"}, 403)]
    channel = await desk.channel(weibo)
    await desk.group.released()
    await desk.hear()
    await desk.run()
    post, words = await desk.post(channel), platform(ChannelKind.WEIBO).understand(str(code)).words
    assert (post["state"], post["code"], post["words"]) == (state, str(code), words)
    shown = await desk.shown(channel)
    assert (shown.get("fault_code"), shown.get("fault_words")) == (
        (str(code), words) if blocked else (None, None)
    )
    if blocked:
        assert await desk.later(hours=5) == 0
        await desk.act(channel, "/resumption")
        await desk.run()
        assert (await desk.post(channel))["state"] == "published"


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        (2, "failed", "原创声明未通过"),
        (3, "failed", "发布失败"),
        (4, "failed", "平台审核不通过"),
        (5, "deleted", "发布后已在公众平台删除"),
        (6, "failed", "发布后被平台封禁"),
    ],
)
async def test_every_end_of_a_publication_is_told(
    desk: Desk, wechat: WechatServer, status: int, state: str, words: str
) -> None:
    wechat.status = status
    channel = await desk.channel(wechat)
    await desk.posted()
    post = await desk.post(channel)
    assert (post["state"], post["code"], post["words"]) == (
        state,
        f"publish_status_{status}",
        words,
    )
    if state == "failed":
        wechat.status = 0
        await desk.retry(channel, post)
        await desk.run()
        await desk.later(seconds=7)
        assert (await desk.post(channel))["state"] == "published"
        assert len(wechat.asked("draft/add")) == 2


async def test_a_token_is_used_until_it_ends_and_renewed_once_when_it_is_refused(
    desk: Desk, wechat: WechatServer
) -> None:
    channel = await desk.channel(wechat)
    await desk.posted()
    assert wechat.asked("stable_token") == [
        {
            "grant_type": "client_credential",
            "appid": "wx1",
            "secret": SECRET,
            "force_refresh": False,
            "query": {},
        }
    ]
    wechat.expire()
    await desk.posted()
    assert (wechat.tokens, len(wechat.articles)) == (2, 2)
    await desk.group.released()
    await desk.later(seconds=7200 - 300)
    wechat.says["stable_token"] = [Say({"errcode": 40125, "errmsg": "invalid appsecret"})]
    await desk.hear()
    await desk.run()
    shown = await desk.shown(channel)
    assert (shown["fault_code"], shown["fault_words"]) == ("40125", "AppSecret 不正确")


async def test_an_account_the_platform_refuses_stops_until_its_secret_is_replaced(
    desk: Desk, wechat: WechatServer
) -> None:
    channel = await desk.channel(wechat, secret="another-secret")  # noqa: S106  # of no account
    await desk.posted()
    assert (await desk.shown(channel))["fault_code"] == "40125"
    calls = len(wechat.calls)
    assert await desk.later(minutes=5) == 0
    assert len(wechat.calls) == calls
    replaced = await desk.act(channel, "/secret", {"secret": SECRET})
    assert replaced.get("fault_code") is None
    await desk.run()
    await desk.later(seconds=7)
    assert (await desk.post(channel))["state"] == "published"


async def test_a_channel_whose_secret_was_sealed_under_another_key_says_so(
    desk: Desk, weibo: WeiboServer, monkeypatch: pytest.MonkeyPatch, real_begin: BeginAs
) -> None:
    channel = await desk.channel(weibo)
    name = "tests.services.content.syndication.channels.conftest.CHANNEL_KEY"
    monkeypatch.setattr(name, "another key than the one it was sealed with")
    desk.task = posting(real_begin, desk.files)
    await desk.posted()
    shown = await desk.shown(channel)
    assert (shown["fault_code"], weibo.calls) == ("secret_unreadable", [])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Say(b"{not json"), "unreadable"),
        (Say(b"[" * 100_000), "unreadable"),
        (Say(b"null"), "unreadable"),
        (Say(b'{"media_id": ""}'), "unreadable"),
        (Say(b'{"x": "' + b"y" * 2_000_000 + b'"}'), "unreadable"),
        (Say(b"oops", 500), "http_500"),
        (Say(b"", 429, "Retry-After: 90\r\n"), "http_429"),
        (Say(silent=True), "broken"),
        (Say({"errcode": "0", "media_id": ["x"]}), "unreadable"),
    ],
)
async def test_an_answer_nobody_can_read_is_asked_for_again(
    desk: Desk, wechat: WechatServer, said: Say, code: str
) -> None:
    wechat.says["draft/add"] = [said]
    channel = await desk.channel(wechat)
    await desk.group.released()
    await desk.hear()
    await desk.run()
    post = await desk.post(channel)
    assert (post["state"], post["code"], post["attempts"]) == ("waiting", code, 1)
    assert (await desk.shown(channel))["failures"] == 1
    await desk.later(seconds=91)
    await desk.later(seconds=7)
    assert (await desk.post(channel))["state"] == "published"
    assert (await desk.shown(channel))["failures"] == 0


async def test_a_platform_that_asks_for_rest_is_left_alone(desk: Desk, weibo: WeiboServer) -> None:
    weibo.says["share"] = [Say(b"", 429, "Retry-After: 900\r\n")]
    channel = await desk.channel(weibo)
    await desk.posted()
    rests = (await desk.shown(channel))["rests_until"]
    assert rests is not None
    assert await desk.later(seconds=800) == 0
    assert await desk.later(seconds=200) == 1
    assert (await desk.post(channel))["state"] == "published"


async def test_a_platform_that_fails_again_and_again_is_probed_and_the_post_given_up(
    desk: Desk, weibo: WeiboServer
) -> None:
    weibo.says["share"] = [Say({"error_code": 10001}, 503)] * 100
    channel = await desk.channel(weibo)
    for _ in range(2):
        await desk.group.released()
    await desk.hear()
    weibo.says["share"] = [Say({"error_code": 10009}, 400)] * 100
    for _ in range(60):
        await desk.later(hours=5)
    assert [post["state"] for post in await desk.posts(channel)] == ["failed", "failed"]
    assert {post["words"] for post in await desk.posts(channel)} == {"微博任务过多，系统繁忙"}
    assert len(weibo.asked("share")) == 20


async def test_channels_do_not_wait_for_each_others_platforms(
    desk: Desk, wechat: WechatServer, weibo: WeiboServer
) -> None:
    wechat.says["stable_token"] = [Say(silent=True)] * 9
    channels = [await desk.channel(wechat), await desk.channel(weibo)]
    await desk.posted()
    assert [(await desk.post(channel))["state"] for channel in channels] == [
        "waiting",
        "published",
    ]


async def test_the_cover_is_the_items_own_image_or_the_channels_and_uploaded_once(
    desk: Desk, wechat: WechatServer
) -> None:
    own = await ready_image(desk.sessions, desk.files)
    await desk.channel(wechat)
    await desk.posted()
    await desk.posted()
    assert len(wechat.asked("material/add_material")) == 1
    await desk.posted(images=[{"asset_id": str(own), "alt": "图"}])
    assert len(wechat.asked("material/add_material")) == 2
    covers = [article["thumb_media_id"] for article in wechat.articles.values()]
    assert (covers[0] == covers[1], covers[2] == covers[1]) == (True, False)


async def test_a_cover_that_was_thrown_away_on_the_platform_is_uploaded_again(
    desk: Desk, wechat: WechatServer
) -> None:
    channel = await desk.channel(wechat)
    await desk.posted()
    wechat.says["draft/add"] = [Say({"errcode": 40007})]
    await desk.posted()
    await desk.later(seconds=7)
    assert len(wechat.asked("material/add_material")) == 2
    assert {post["state"] for post in await desk.posts(channel)} == {"published"}


async def test_what_only_a_name_leads_inside_is_not_called(
    desk: Desk, weibo: WeiboServer, real_begin: BeginAs
) -> None:
    channel = await desk.channel(weibo, address="https://localhost/")
    desk.task = posting(real_begin, desk.files, Outside())
    await desk.posted()
    shown = await desk.shown(channel)
    assert (shown["fault_code"], weibo.calls) == ("forbidden_destination", [])
    assert LOOPBACK.allowed.networks


async def test_no_secret_or_token_is_in_any_answer_event_attempt_or_log(
    desk: Desk, wechat: WechatServer, weibo: WeiboServer, capsys: pytest.CaptureFixture[str]
) -> None:
    wechat.says["draft/add"] = [Say(silent=True)]
    weibo.says["share"] = [Say(silent=True)]
    for platform_ in (wechat, weibo):
        channel = await desk.channel(platform_)
        assert SECRET not in str(channel)
    await desk.posted()
    desk.watch.turn(timedelta(minutes=4))
    await desk.run()
    said = capsys.readouterr()
    texts: list[Any] = [said.out, said.err]
    for kept in await desk.kept():
        assert SECRET.encode() not in (kept.sealed_secret or b"")
        assert b"token-1" not in (kept.sealed_token or b"")
        texts.append(await desk.shown({"id": kept.id}))
        texts += await desk.posts({"id": kept.id})
    texts += await desk.every_text()
    assert wechat.token
    for text in texts:
        assert SECRET not in str(text)
        assert wechat.token not in str(text)
