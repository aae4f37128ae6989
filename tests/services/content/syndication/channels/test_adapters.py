from datetime import timedelta
from typing import Any

import pytest

from services.content.syndication.channels.account import (
    Account,
    Asked,
    Cover,
    Found,
    Outcome,
    Token,
)
from services.content.syndication.channels.adapters import stepping
from services.content.syndication.channels.platform import Means, platform
from services.content.syndication.channels.saying import Saying
from shared.contracts.channels import ChannelKind, Step
from tests.services.content.syndication.channels.conftest import LOOPBACK
from tests.services.content.syndication.channels.platforms import (
    PICTURE,
    SECRET,
    Platform,
    Say,
    WechatServer,
    WeiboServer,
)
from tests.support.people import NOW

WECHAT, WEIBO = ChannelKind.WECHAT, ChannelKind.WEIBO
SAYING = Saying("标题", "摘要", "正文", "https://a.gov.cn/1", "来源", shortened=False)
TOKEN = Token("token-1", NOW + timedelta(hours=1))


async def take(platform_: Platform, step: Step, **asked: Any) -> Outcome:
    """Take one step, with a token that is good if it is WeChat's."""
    is_wechat = isinstance(platform_, WechatServer)
    if is_wechat:
        platform_.token = "token-1"  # noqa: S105  # of no account there is
    token = asked.pop("token", TOKEN if is_wechat else None)
    account = Account(platform_.url, "wx1", SECRET, "211.156.0.1", token)
    told = {"saying": SAYING, "said": "【标题】摘要 https://a.gov.cn/1", **asked}
    kind = WECHAT if is_wechat else WEIBO
    return await stepping.take(kind, LOOPBACK, Asked(step, account, NOW, **told))


@pytest.mark.parametrize("code", sorted(platform(WEIBO).codes))
async def test_every_code_of_weibo_is_understood(weibo: WeiboServer, code: str) -> None:
    meant = platform(WEIBO).codes[code]
    for step, act in (("share", "share"), ("delete", "destroy"), ("look_up", "user_timeline")):
        weibo.says[act] = [Say({"error_code": int(code), "error": "x", "request": "/"}, 403)]
        outcome = await take(weibo, Step(step), post=Found(platform_id="1"))
        assert outcome.told == (meant.means, code, meant.words)
        assert outcome.reply.status == 403


@pytest.mark.parametrize("code", sorted(set(platform(WECHAT).codes) - {"0"}))
@pytest.mark.parametrize("act", ["draft/add", "freepublish/submit", "freepublish/delete"])
async def test_every_code_of_wechat_is_understood(
    wechat: WechatServer, act: str, code: str
) -> None:
    meant = platform(WECHAT).codes[code]
    wechat.says[act] = [Say({"errcode": int(code), "errmsg": "x"})] * 2
    step = {"draft/add": Step.DRAFT, "freepublish/submit": Step.SUBMIT}.get(act, Step.DELETE)
    outcome = await take(
        wechat, step, cover=Cover(media="m"), post=Found("draft-1", "publish-1", "article-1")
    )
    # A token that is refused twice is the account's fault.
    means = Means.BLOCKED if meant.means is Means.RENEW else meant.means
    assert outcome.told == (means, code, meant.words)
    assert len(wechat.asked(act)) == (2 if meant.means is Means.RENEW else 1)


@pytest.mark.parametrize("code", ["40001", "40014", "41001", "42001"])
async def test_a_token_that_is_refused_is_renewed_and_told(
    wechat: WechatServer, code: str
) -> None:
    wechat.says["draft/add"] = [Say({"errcode": int(code)})]
    outcome = await take(wechat, Step.DRAFT, cover=Cover(media="m"))
    assert (outcome.told.means, outcome.found.draft_id) == (Means.DONE, "draft-1")
    assert wechat.acts == ["draft/add", "stable_token", "draft/add"]


async def test_a_secret_that_the_platform_refuses_is_the_accounts_fault(
    wechat: WechatServer,
) -> None:
    wechat.says["stable_token"] = [Say({"errcode": 40001})]
    outcome = await take(wechat, Step.DRAFT, cover=Cover(media="m"), token=None)
    assert (outcome.told.means, wechat.acts) == (Means.BLOCKED, ["stable_token"])


@pytest.mark.parametrize(
    "answer",
    [
        {"access_token": "", "expires_in": 7200},
        {"access_token": "x"},
        {"access_token": "x", "expires_in": "7200"},
        {"expires_in": 7200},
    ],
)
async def test_no_token_is_taken_from_an_answer_that_holds_none(
    wechat: WechatServer, answer: dict[str, Any]
) -> None:
    wechat.says["stable_token"] = [Say(answer)]
    outcome = await take(wechat, Step.SUBMIT, token=None, post=Found(draft_id="draft-1"))
    assert (outcome.told.means, outcome.token) == (Means.BUSY, None)
    assert wechat.acts == ["stable_token"]


async def test_a_token_lasts_as_long_as_the_platform_says_less_some_minutes(
    wechat: WechatServer,
) -> None:
    outcome = await take(
        wechat, Step.DRAFT, token=None, cover=Cover(PICTURE, "page.jpg", "image/jpeg")
    )
    assert outcome.token == ("token-1", NOW + timedelta(seconds=7200 - 300))
    assert outcome.cover_media == "media-1"
    used = {call["query"]["access_token"] for _, call in wechat.calls[1:]}
    assert used == {"token-1"}


@pytest.mark.parametrize(
    "answer",
    [{}, {"item": "x"}, {"item": [{}, None, {"article_id": "a", "content": {}}]}],
)
async def test_a_list_that_is_none_finds_nothing_and_breaks_nothing(
    wechat: WechatServer, answer: dict[str, Any]
) -> None:
    wechat.says["freepublish/batchget"] = [Say(answer)]
    wechat.drafts["draft-1"] = {"title": "标题"}
    outcome = await take(wechat, Step.LOOK_UP, post=Found(draft_id="draft-1"))
    assert outcome.told.means is (
        Means.ABSENT if isinstance(answer.get("item"), list) else Means.LOST
    )


async def test_posts_that_are_known_already_are_not_taken_for_a_lost_one(
    weibo: WeiboServer,
) -> None:
    said = "【标题】摘要 https://a.gov.cn/1"
    weibo.statuses = {"1": said, "2": "别的 https://a.gov.cn/2"}
    assert (await take(weibo, Step.LOOK_UP, known=["1"])).told.means is Means.ABSENT
    assert (await take(weibo, Step.LOOK_UP)).found.platform_id == "1"
    weibo.says["user_timeline"] = [Say({"statuses": [None, {"text": said}]}), Say({"statuses": 1})]
    assert (await take(weibo, Step.LOOK_UP)).told.means is Means.ABSENT
    assert (await take(weibo, Step.LOOK_UP)).told.means is Means.LOST


async def test_nobody_who_listens_nowhere_was_posted_to(weibo: WeiboServer) -> None:
    weibo.port = 1
    told = (await take(weibo, Step.SHARE)).told
    assert (told.means, told.code, told.words) == (Means.BUSY, "refused", "平台拒绝连接")
