"""A small group, and items at any stage, made through the content API as its people would."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from shared.auth import Actor, Permission
from tests.support.people import FOUNDING_SECRET, NOW, bearer, person

PROVINCE, CITY, OFFICE, COUNTY, COUNTY_OFFICE = (
    "340000",
    "340000.340300",
    "340000.340300.340300-zfb",
    "340000.340300.340321",
    "340000.340300.340321.340321-zfb",
)
SITE, COUNTY_SITE = "3403000006", "3403210001"

ADMIN = person(Permission.ADMINISTER, Permission.APPROVE_CHANGE, at=PROVINCE, name="admin")
EDITOR = person(
    Permission.READ_DRAFTS, Permission.EDIT, Permission.RELEASE, at=OFFICE, name="editor"
)
LEADER = person(
    Permission.READ_DRAFTS, Permission.REVIEW, Permission.WITHDRAW, at=OFFICE, name="leader"
)
SECRECY = person(Permission.READ_DRAFTS, Permission.REVIEW_SECRECY, at=OFFICE, name="secrecy")
SUPERVISOR = person(
    Permission.ISSUE_DIRECTIVE, Permission.APPROVE_CHANGE, at=CITY, name="supervisor"
)
PARTNER = person(Permission.SUBSCRIBE, at=CITY, name="partner")
STRANGER = person(*Permission, at=COUNTY_OFFICE, name="stranger")
COUNTY_EDITOR = person(
    Permission.READ_DRAFTS, Permission.EDIT, Permission.REPOST, at=COUNTY_OFFICE, name="county"
)


@dataclass
class Group:
    """A founded group with a city site and a county site, and how to act in it."""

    client: httpx.AsyncClient
    columns: dict[str, str]
    county_columns: dict[str, str]
    clock: Callable[[], datetime] = lambda: NOW

    async def send(
        self,
        actor: Actor | None,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: int | None = None,
        **headers: str,
    ) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if actor is not None:
            named |= bearer(actor, self.clock())
        if version is not None:
            named["If-Match"] = f'"{version}"'
        return await self.client.request(method, path, json=body, headers=named)

    async def draft(self, **fields: Any) -> Any:
        """An item just written; it takes only what the test is about."""
        kind = fields.get("kind", "policy")
        columns = {"policy": "policies", "interpretation": "interpretations", "news": "news"}
        new = {
            "site_code": SITE,
            "column_id": self.columns[columns.get(kind, "news")],
            "kind": kind,
            "title": "关于做好政府网站工作的通知",
            "body": "各县、区人民政府：现将有关事项通知如下。",
            "source": "蚌埠市人民政府办公室",
        }
        written = await self.send(EDITOR, "POST", "/v1/items", {**new, **fields})
        assert written.status_code == 201, written.text
        return written.json()

    async def submitted(self, **fields: Any) -> Any:
        return await self.submit(await self.draft(**fields))

    async def submit(self, item: Any) -> Any:
        path = f"/v1/items/{item['id']}/submission"
        done = await self.send(EDITOR, "POST", path, version=item["version"])
        assert done.status_code == 200, done.text
        return done.json()

    async def review(self, actor: Actor, item: Any, step: str, **fields: Any) -> httpx.Response:
        decision = {"step": step, "verdict": "approve", "content_hash": item["content_hash"]}
        path = f"/v1/items/{item['id']}/reviews"
        return await self.send(
            actor, "POST", path, {**decision, **fields}, version=item["version"]
        )

    async def cleared(self, **fields: Any) -> Any:
        return await self.clear(await self.submitted(**fields))

    async def clear(self, item: Any) -> Any:
        item = (await self.review(LEADER, item, "leader")).json()
        done = await self.review(SECRECY, item, "secrecy")
        assert done.status_code == 200, done.text
        return done.json()

    async def cleared_again(self, item: Any) -> Any:
        """The item as it stands now, submitted and reviewed anew."""
        read = await self.send(EDITOR, "GET", f"/v1/items/{item['id']}")
        return await self.clear(await self.submit(read.json()))

    async def topic(self) -> str:
        """A topic of the city's site, by its id."""
        new = {"site_code": SITE, "title": "防汛", "summary": "摘要", "kind": "special"}
        opened = await self.send(EDITOR, "POST", "/v1/topics", new)
        assert opened.status_code == 201, opened.text
        return str(opened.json()["id"])

    async def release(self, *items: Any, actor: Actor = EDITOR) -> httpx.Response:
        wanted = [{"item_id": item["id"], "version": item["version"]} for item in items]
        return await self.send(actor, "POST", "/v1/releases", {"items": wanted})

    async def schedule(
        self, *items: Any, at: str = "2026-03-02T02:00:00Z", actor: Actor = EDITOR
    ) -> httpx.Response:
        """Set a release for a time, an hour ahead if the test does not care."""
        wanted = [{"item_id": item["id"], "version": item["version"]} for item in items]
        return await self.send(actor, "POST", "/v1/releases", {"items": wanted, "at": at})

    async def revised(self, item: Any, **fields: Any) -> Any:
        """The item with a new text, cleared again."""
        text = {name: item[name] for name in ("title", "body", "source", "interprets")}
        path = f"/v1/items/{item['id']}"
        done = await self.send(EDITOR, "PUT", path, text | fields, version=item["version"])
        assert done.status_code == 200, done.text
        item = await self.submit(done.json())
        item = (await self.review(LEADER, item, "leader")).json()
        return (await self.review(SECRECY, item, "secrecy")).json()

    async def public(self, item: Any) -> Any:
        """The item as the public reads it."""
        shown = await self.client.get(f"/v1/public/items/{item['id']}")
        assert shown.status_code == 200, shown.text
        return shown.json()

    async def released(self, **fields: Any) -> Any:
        item = await self.cleared(**fields)
        done = await self.release(item)
        assert done.status_code == 201, done.text
        return item

    async def withdraw(self, item: Any, **fields: Any) -> Any:
        path = f"/v1/items/{item['id']}/withdrawal"
        done = await self.send(LEADER, "POST", path, {"reason": "内容有误", **fields})
        assert done.status_code == 200, done.text
        return done.json()

    async def directive(self, item: Any, **fields: Any) -> httpx.Response:
        """An order of the city to repost an item within a week."""
        new = {"item_id": item["id"], "issuer": "340300", "deadline": "2026-03-09T01:00:00Z"}
        return await self.send(SUPERVISOR, "POST", "/v1/directives", {**new, **fields})

    async def owed(self, item: Any, **fields: Any) -> Any:
        """What the county site owes under a directive just issued."""
        done = await self.directive(item, **fields)
        assert done.status_code == 201, done.text
        listed = await self.send(COUNTY_EDITOR, "GET", "/v1/obligations?first=1")
        return listed.json()["items"][0]

    async def open(self, site: Any) -> Any:
        """Open a site that was just registered."""
        path = f"/v1/sites/{site['code']}/opening"
        done = await self.send(SUPERVISOR, "POST", path, version=site["version"])
        assert done.status_code == 200, done.text
        return done.json()

    async def opened_site(self, new: Any) -> Any:
        done = await self.send(ADMIN, "POST", "/v1/sites", new)
        assert done.status_code == 201, done.text
        return await self.open(done.json())

    async def apply(self, act: str, *, site_code: str = SITE, **change: Any) -> httpx.Response:
        """An application of the administrator's, for the city's site unless another is named."""
        new = {"site_code": site_code, "change": {"act": act, **change}, "reason": "栏目优化"}
        return await self.send(ADMIN, "POST", "/v1/applications", new)

    async def decide(
        self, filed: Any, decision: str = "approve", actor: Actor = SUPERVISOR, **fields: Any
    ) -> httpx.Response:
        path = f"/v1/applications/{filed['id']}/decision"
        body = {"decision": decision, **fields}
        return await self.send(actor, "POST", path, body, version=filed["version"])

    async def change(self, act: str, **change: Any) -> None:
        """Apply for a change of the city's site or its columns, and have it approved."""
        filed = await self.apply(act, **change)
        assert filed.status_code == 201, filed.text
        done = await self.decide(filed.json())
        assert done.status_code == 200, done.text

    async def answer(self, owed: Any, **given: Any) -> httpx.Response:
        path = f"/v1/obligations/{owed['id']}/answer"
        return await self.send(COUNTY_EDITOR, "POST", path, given, version=owed["version"])


async def found(client: httpx.AsyncClient) -> Group:
    """Found the group through the API."""
    group = Group(client, {}, {})
    founding = {
        "code": "340000",
        "name": "安徽省人民政府",
        "level": "province",
        "login": "admin",
        "administrator": "管理员",
        "password": "a long enough password",
    }
    done = await group.send(None, "POST", "/v1/group", founding, X_Founding_Secret=FOUNDING_SECRET)
    assert done.status_code == 201, done.text
    for code, kind, level, parent in (
        ("340300", "government", "city", "340000"),
        ("340300-zfb", "office", "city", "340300"),
        ("340321", "government", "county", "340300"),
        ("340321-zfb", "office", "county", "340321"),
    ):
        new = {"code": code, "name": code, "kind": kind, "level": level, "parent": parent}
        done = await group.send(ADMIN, "POST", "/v1/organizations", new)
        assert done.status_code == 201, done.text
    for code, office, level, columns in (
        (SITE, "340300-zfb", "city", group.columns),
        (COUNTY_SITE, "340321-zfb", "county", group.county_columns),
    ):
        await _open_site(group, code, office, level, columns)
    return group


async def _open_site(
    group: Group, code: str, office: str, level: str, columns: dict[str, str]
) -> None:
    site = {
        "code": code,
        "name": f"网站{code}",
        "domain": f"www.s{code}.gov.cn",
        "level": level,
        "region": code[:6],
        "supervising": "340300",
        "sponsoring": office,
        "operating": office,
    }
    registered = await group.send(ADMIN, "POST", "/v1/sites", site)
    assert registered.status_code == 201, registered.text
    for kind in ("news", "policies", "interpretations"):
        new = {"site_code": code, "name": kind, "kind": kind}
        column = await group.send(ADMIN, "POST", "/v1/columns", new)
        columns[kind] = column.json()["id"]
    await group.open(registered.json())
