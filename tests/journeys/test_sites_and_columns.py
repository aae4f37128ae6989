import pytest

from deploy.local.demonstration.tour import CITY, eventually
from tests.journeys.office import ZFB, Office, ahead, word

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.asyncio(loop_scope="session")]


async def test_a_column_of_an_open_site_changes_by_application_and_redirects_for_ever(
    office: Office,
) -> None:
    async def apply(**change: object) -> None:
        new = {"site_code": CITY, "change": change, "reason": "规范栏目设置。"}
        filed = (await office.admin.rest("POST", "/v1/applications", new)).json()
        decision = f"/v1/applications/{filed['id']}/decision"
        approve = {"decision": "approve"}
        own = await office.admin.rest("POST", decision, approve, status=403, If_Match='"1"')
        assert own.json()["type"] == "/problems/own-application"
        await office.supervisor.rest("POST", decision, approve, If_Match='"1"')

    about = word()
    name, other = f"{about}工作动态", f"{about}动态工作"
    await apply(act="open_column", name=name, kind="news")
    await apply(act="open_column", name=other, kind="news")
    path = f"/v1/public/sites/{CITY}/columns?first=100"
    listed = {one["name"]: one for one in (await office.citizen.rest("GET", path)).json()["items"]}
    one, into = listed[name]["id"], listed[other]["id"]
    similar = (await office.supervisor.rest("GET", f"/v1/sites/{CITY}/similar-columns")).json()
    assert {one, into} in [{column["id"] for column in pair["columns"]} for pair in similar]
    await apply(act="rename_column", column_id=into, name=f"{other}要闻")
    await apply(act="merge_columns", from_id=one, into_id=into)
    moved = await office.citizen.rest("GET", f"/v1/public/columns/{one}", status=308)
    assert moved.headers["location"].endswith(into)
    shown = (await office.citizen.rest("GET", moved.headers["location"])).json()
    assert shown["name"] == f"{other}要闻"


async def test_an_item_stands_at_its_sites_new_domain_and_then_at_the_old_one_again(
    office: Office,
) -> None:
    item = await office.released()
    home = (await office.citizen.rest("GET", f"/v1/public/sites/{CITY}")).json()["domain"]
    for domain in ("www.new.bengbu.gov.cn", home):
        change = {"act": "change_site", "domain": domain}
        new = {"site_code": CITY, "change": change, "reason": "启用新域名。"}
        filed = (await office.admin.rest("POST", "/v1/applications", new)).json()
        decision = f"/v1/applications/{filed['id']}/decision"
        await office.supervisor.rest("POST", decision, {"decision": "approve"}, If_Match='"1"')
        url = f"https://{domain}/items/{item['id']}"

        async def followed(url: str = url) -> bool:
            return bool((await office.public(item))["url"] == url)

        assert await eventually(followed, f"the address at {domain}")
        feed = await office.citizen.rest("GET", f"/v1/public/sites/{CITY}/feed.json")
        assert url in [told["url"] for told in feed.json()["items"]]


async def test_a_site_is_applied_for_opened_suspended_and_told_to_move(office: Office) -> None:
    existing = (await office.admin.rest("GET", "/v1/sites?first=100")).json()["items"]
    taken = {site["code"] for site in existing}
    code = next(code for serial in range(10, 99) if (code := f"34030000{serial}") not in taken)
    offices = {"supervising": "340300", "sponsoring": ZFB, "operating": ZFB}
    new = {"name": f"{word()}网", "domain": f"s{code}.gov.cn", "level": "city", "region": "340300"}
    site = await office.admin.rest("POST", "/v1/sites", {**new, **offices, "code": code})
    await office.citizen.rest("GET", f"/v1/public/sites/{code}", status=404)

    async def live(act: str, body: object = None) -> None:
        nonlocal site
        path = f"/v1/sites/{code}/{act}"
        site = await office.admin.rest("POST", path, body, If_Match=site.headers["etag"])

    column = {"site_code": code, "name": "概况", "kind": "overview"}
    await office.admin.rest("POST", "/v1/columns", column)
    await live("opening")
    shown = (await office.citizen.rest("GET", f"/v1/public/sites/{code}")).json()
    assert shown["footer"]["sponsoring"] == "蚌埠市人民政府办公室"
    words = {"reason": "机房检修", "notice": "本网站临时下线检修。"}
    await live("suspension", {"until": ahead(days=20), **words})
    shown = (await office.citizen.rest("GET", f"/v1/public/sites/{code}")).json()
    assert (shown["state"], shown["notice"]["text"]) == ("suspended", words["notice"])
    assert words["reason"] not in str(shown)
    await live("reopening")
    await live("migration", {"notice": "内容已迁至市政府网站。", "destination_site": CITY})
    version = site.headers["etag"]
    early = await office.admin.rest(
        "POST", f"/v1/sites/{code}/closure", status=409, If_Match=version
    )
    assert early.json()["type"] == "/problems/notice-too-short"
    shown = (await office.citizen.rest("GET", f"/v1/public/sites/{code}")).json()
    assert shown["notice"]["destination_site"] == CITY
    await live("migration/cancellation", {"reason": "机构改革方案调整。"})
    shown = (await office.citizen.rest("GET", f"/v1/public/sites/{code}")).json()
    assert (shown["state"], shown["notice"]) == ("open", None)
