from tests.services.content.syndication.channels.conftest import Desk
from tests.services.content.syndication.channels.platforms import WechatServer, WeiboServer


async def test_a_released_item_becomes_an_article_of_the_account(
    desk: Desk, wechat: WechatServer
) -> None:
    wechat.takes = 1
    channel = await desk.channel(wechat)
    item = await desk.posted(title="关于做好防汛工作的通知", body="第一段。\n\n第<二>段。")
    post = await desk.post(channel)
    assert (post["state"], post["platform_id"]) == ("submitted", None)
    await desk.later(seconds=16)
    post = await desk.post(channel)
    (article_id, article), *_ = wechat.articles.items()
    assert (post["state"], post["platform_id"]) == ("published", article_id)
    assert post["url"] == f"http://mp.weixin.qq.com/s/{article_id}"
    assert (post["content_hash"], post["due_at"]) == (item["content_hash"], None)
    url = (await desk.group.public(item))["url"]
    assert (article["title"], article["content_source_url"]) == (item["title"], url)
    told = f"<p>来源：蚌埠市人民政府办公室</p><p>原文：{url}</p>"
    assert article["content"] == f"<p>第一段。</p><p>第&lt;二&gt;段。</p>{told}"
    assert wechat.asked("material/add_material")[0]["media"]
    assert await desk.steps(channel, post) == [
        ("draft", "0"),
        ("submit", "0"),
        ("poll", "publish_status_1"),
        ("poll", "publish_status_0"),
    ]


async def test_a_released_item_becomes_a_post_of_weibo_with_its_link(
    desk: Desk, weibo: WeiboServer
) -> None:
    channel = await desk.channel(weibo)
    item = await desk.posted(title="一个#标题", summary="摘要")
    post = await desk.post(channel)
    url = (await desk.group.public(item))["url"]
    assert list(weibo.statuses.values()) == [f"【一个＃标题】摘要 {url}"]
    assert post["state"] == "published"
    assert post["url"] == "https://weibo.com/1404376560/z20XK264x"
    assert weibo.asked("share")[0]["rip"] == "211.156.0.1"
