from typing import Any

import pytest
from obstore.store import MemoryStore

from shared.auth import Permission
from shared.db import Sessions
from shared.files.adapters.storage import Files
from tests.factories.content import (
    ADMIN,
    CITY,
    COUNTY_OFFICE,
    COUNTY_SITE,
    EDITOR,
    LEADER,
    OFFICE,
    SITE,
    STRANGER,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.syndication.channels.conftest import ready_image
from tests.support.people import person
from tests.support.queries import CountQueries

SECRET = "a-secret-of-an-account"  # noqa: S105  # of no account there is
LOCAL_ADMIN = person(Permission.ADMINISTER, at=OFFICE, name="local-admin")
COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY_OFFICE, name="county-admin")
CITY_EDITOR = person(Permission.RELEASE, at=CITY, name="city-editor")
NEW = {
    "kind": "weibo",
    "name": "蚌埠发布",
    "site_code": SITE,
    "app_id": "3001",
    "secret": SECRET,
    "sender_ip": "211.156.0.1",
}


async def opened(group: Group, **terms: Any) -> Any:
    done = await group.send(ADMIN, "POST", "/v1/channels", {**NEW, **terms})
    assert done.status_code == 201, done.text
    return done.json()


async def test_a_channel_is_opened_and_its_secret_never_shown(
    group: Group, announced: Announced
) -> None:
    done = await group.send(LOCAL_ADMIN, "POST", "/v1/channels", NEW)
    assert (done.status_code, done.headers["ETag"]) == (201, '"1"')
    channel = done.json()
    assert (channel["owner"], channel["per_minute"], channel["per_day"]) == (OFFICE, 2, 30)
    assert channel["template"]["text"] == "【${title}】${summary} ${link}"
    assert channel["secret_set_at"]
    for path in ("", f"/{channel['id']}"):
        shown = await group.send(LOCAL_ADMIN, "GET", f"/v1/channels{path}")
        assert shown.status_code == 200
        assert SECRET not in shown.text
        assert "sealed" not in shown.text
    assert (await announced())[-1] == "content.channel.changed"


async def test_a_repeated_request_opens_one_channel_and_tells_no_secret(group: Group) -> None:
    first, second = [
        await group.send(ADMIN, "POST", "/v1/channels", NEW, Idempotency_Key="once")
        for _ in range(2)
    ]
    assert first.json() == second.json()
    assert SECRET not in second.text


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"secret": None}, {"/secret"}),
        ({"secret": "short"}, {"/secret"}),
        ({"secret": "with a space in it"}, {"/secret"}),
        ({"organization": "340300"}, {""}),
        ({"site_code": None}, {""}),
        ({"kind": "telegram"}, {"/kind"}),
        ({"sender_ip": None}, {"/sender_ip"}),
        ({"sender_ip": "localhost"}, {"/sender_ip"}),
        ({"kind": "wechat"}, {"/cover_id"}),
        ({"kind": "wechat", "cover_id": "01a22106-e6d5-73e3-ae0f-896d94c645b3"}, {"/cover_id"}),
        ({"address": "http://169.254.169.254/latest"}, {"/address"}),
        ({"address": "https://[::ffff:169.254.169.254]/"}, {"/address"}),
        ({"address": "https://10.0.0.1/"}, {"/address"}),
        ({"address": "https://8.8.8.8:22/"}, {"/address"}),
        ({"address": "http://api.weibo.com/"}, {"/address"}),
        ({"address": "https://name:word@api.weibo.com/"}, {"/address"}),
        ({"address": "ftp://api.weibo.com/"}, {"/address"}),
        ({"template": {"text": "${titel} ${link}"}}, {"/template/text"}),
        ({"template": {"text": "没有链接"}}, {"/template/text"}),
        ({"template": {"text": "${link", "title": "题"}}, {"/template/text", "/template/title"}),
        ({"template": {"text": "${link}", "body": "x"}}, {"/template/body"}),
        ({"subjects": ["诗歌"]}, {"/subjects/0"}),
        ({"column_ids": ["01a22106-e6d5-73e3-ae0f-896d94c645b3"]}, {"/column_ids/0"}),
        ({"kinds": ["poem"]}, {"/kinds/0"}),
        ({"per_day": 0, "per_minute": 61}, {"/per_day", "/per_minute"}),
        (
            {
                "subjects": ["诗歌"],
                "template": {"text": "无"},
                "address": "http://127.1.1.1:9/?a=b",
            },
            {"/subjects/0", "/template/text", "/address"},
        ),
    ],
)
async def test_what_is_wrong_with_a_channel_is_named_and_nothing_written(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any], pointers: set[str]
) -> None:
    new = {name: value for name, value in {**NEW, **wrong}.items() if value is not None}
    async with unchanged():
        refused = await group.send(ADMIN, "POST", "/v1/channels", new)
    assert refused.status_code == 422, refused.text
    assert {fault["pointer"] for fault in refused.json()["faults"]} == pointers
    assert SECRET not in refused.text


@pytest.mark.parametrize("actor", [EDITOR, LEADER, STRANGER, COUNTY_ADMIN])
async def test_who_administers_neither_site_nor_organization_opens_no_channel(
    group: Group, unchanged: Unchanged, actor: Any
) -> None:
    async with unchanged():
        of_site = await group.send(actor, "POST", "/v1/channels", NEW)
        new = {**NEW, "site_code": None, "organization": "340300"}
        of_city = await group.send(
            actor, "POST", "/v1/channels", {name: new[name] for name in new if new[name]}
        )
    assert (of_site.status_code, of_city.status_code) == (403, 403)


async def test_administrators_and_who_releases_know_a_channel_and_nobody_else(
    group: Group,
) -> None:
    channel = await opened(group)
    path = f"/v1/channels/{channel['id']}"
    for actor, status in (
        *((LOCAL_ADMIN, 200), (EDITOR, 200), (CITY_EDITOR, 200)),
        *((LEADER, 404), (STRANGER, 404), (COUNTY_ADMIN, 404), (None, 401)),
    ):
        assert (await group.send(actor, "GET", path)).status_code == status
    listed = await group.send(EDITOR, "GET", f"/v1/channels?site_code={SITE}")
    assert [each["id"] for each in listed.json()["items"]] == [channel["id"]]
    other = await group.send(EDITOR, "GET", f"/v1/channels?site_code={COUNTY_SITE}")
    assert other.json()["items"] == []
    assert (await group.send(COUNTY_ADMIN, "GET", "/v1/channels")).json()["items"] == []


async def test_a_channel_is_changed_in_the_version_that_was_read_by_who_administers_it(
    group: Group, unchanged: Unchanged
) -> None:
    channel = await opened(group)
    path = f"/v1/channels/{channel['id']}"
    terms = {name: NEW[name] for name in ("name", "app_id", "sender_ip")}
    terms |= {"automatic": True, "kinds": ["news"], "template": {"text": "${title} ${link}"}}
    done = await group.send(LOCAL_ADMIN, "PUT", path, terms, version=1)
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    assert (done.json()["kinds"], done.json()["automatic"]) == (["news"], True)
    async with unchanged():
        for version, actor, status in ((1, ADMIN, 412), (2, EDITOR, 404), (2, STRANGER, 404)):
            refused = await group.send(actor, "PUT", path, terms, version=version)
            assert refused.status_code == status
            for end in ("/pause", "/resumption", "/secret"):
                body = {"secret": SECRET} if end == "/secret" else None
                refused = await group.send(actor, "POST", path + end, body, version=version)
                assert refused.status_code == status
            refused = await group.send(actor, "DELETE", path, version=version)
            assert refused.status_code == status
        wrong = await group.send(ADMIN, "PUT", path, {**terms, "sender_ip": None}, version=2)
        assert wrong.status_code == 422


async def test_a_secret_is_replaced_and_a_channel_paused_resumed_and_ended(
    group: Group, announced: Announced
) -> None:
    channel = await opened(group)
    path = f"/v1/channels/{channel['id']}"
    for end, body, paused in (
        *(("/secret", {"secret": "another-secret"}, False), ("/pause", None, True)),
        ("/resumption", None, False),
    ):
        version = (await group.send(ADMIN, "GET", path)).json()["version"]
        done = await group.send(ADMIN, "POST", path + end, body, version=version)
        assert (done.status_code, done.json()["paused"]) == (200, paused), done.text
        assert "another-secret" not in done.text
    version = done.json()["version"]
    assert (await group.send(ADMIN, "DELETE", path, version=version)).status_code == 200
    assert (await group.send(ADMIN, "GET", path)).status_code == 404
    assert (await announced())[-5:] == ["content.channel.changed"] * 5


async def test_a_preview_says_what_a_post_would_say_of_public_items_of_its_place(
    group: Group,
) -> None:
    channel = await opened(group)
    item = await group.released(title="标题", summary="要" * 200)
    path = f"/v1/channels/{channel['id']}/preview?item_id="
    shown = await group.send(EDITOR, "GET", path + item["id"])
    assert shown.status_code == 200, shown.text
    url = (await group.public(item))["url"]
    assert shown.json()["text"].startswith("【标题】要要")
    assert shown.json()["text"].endswith(f"… {url}")
    assert shown.json()["shortened"]
    draft = await group.draft()
    for hidden in (draft["id"], "01a22106-e6d5-73e3-ae0f-896d94c645b3"):
        assert (await group.send(EDITOR, "GET", path + hidden)).status_code == 404
    county = await opened(group, site_code=COUNTY_SITE)
    elsewhere = f"/v1/channels/{county['id']}/preview?item_id={item['id']}"
    assert (await group.send(ADMIN, "GET", elsewhere)).status_code == 404


async def test_only_who_releases_orders_posts_and_only_of_public_items(
    group: Group, unchanged: Unchanged
) -> None:
    channel = await opened(group)
    path = f"/v1/channels/{channel['id']}/posts"
    item, draft = await group.released(), await group.draft()
    async with unchanged():
        for actor, thing, status in (
            *((LEADER, item, 404), (ADMIN, item, 404), (STRANGER, item, 404)),
            *((None, item, 401), (EDITOR, draft, 404)),
        ):
            refused = await group.send(actor, "POST", path, {"item_id": thing["id"]})
            assert refused.status_code == status
    ordered = await group.send(EDITOR, "POST", path, {"item_id": item["id"]})
    assert (ordered.status_code, ordered.json()["state"]) == (202, "waiting")
    post = ordered.json()
    async with unchanged():
        retry = f"{path}/{post['id']}/retry"
        early = await group.send(EDITOR, "POST", retry, version=post["version"])
        assert (early.status_code, early.json()["type"]) == (409, "/problems/nothing-to-retry")
        assert (await group.send(EDITOR, "POST", retry, version=9)).status_code == 412
        assert (await group.send(STRANGER, "POST", retry, version=1)).status_code == 404
        twice = await group.send(EDITOR, "POST", path, {"item_id": item["id"]})
        assert twice.status_code == 409
    other = await opened(group)
    wrong = f"/v1/channels/{other['id']}/posts/{post['id']}/attempts"
    assert (await group.send(EDITOR, "GET", wrong)).status_code == 404


async def test_posts_are_listed_page_by_page_by_state_and_item(
    group: Group, count_queries: CountQueries
) -> None:
    channel = await opened(group)
    path = f"/v1/channels/{channel['id']}/posts"
    items = [await group.released() for _ in range(3)]
    for item in items:
        await group.send(EDITOR, "POST", path, {"item_id": item["id"]})
    first = (await group.send(EDITOR, "GET", f"{path}?first=2&state=waiting")).json()
    rest = await group.send(EDITOR, "GET", f"{path}?first=2&state=waiting&after={first['next']}")
    listed = [post["item_id"] for post in first["items"] + rest.json()["items"]]
    assert listed == [item["id"] for item in reversed(items)]
    one = await group.send(EDITOR, "GET", f"{path}?item_id={items[1]['id']}&outdated=false")
    assert [post["item_id"] for post in one.json()["items"]] == [items[1]["id"]]
    assert (await group.send(EDITOR, "GET", f"{path}?state=failed")).json()["items"] == []
    with count_queries(2):
        await group.send(EDITOR, "GET", path)


async def test_a_cover_is_an_image_of_the_channels_place_that_the_platform_takes(
    group: Group, sessions: Sessions
) -> None:
    files = Files(MemoryStore())
    new = {**NEW, "kind": "wechat"}
    for mime, site, status in (
        ("image/webp", SITE, 422),
        ("image/jpeg", COUNTY_SITE, 422),
        ("image/jpeg", SITE, 201),
    ):
        cover = await ready_image(sessions, files, mime, site)
        done = await group.send(ADMIN, "POST", "/v1/channels", {**new, "cover_id": str(cover)})
        assert done.status_code == status, done.text
    assert done.json()["template"]["title"] == "${title}"
