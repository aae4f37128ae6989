"""An office at work in the running stack, for the journeys to share."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from deploy.local.demonstration.caller import Caller, log_in
from deploy.local.demonstration.tour import CITY, Tour

ZFB, JYJ = "340300-zfb", "340300-jyj"
BODY = "为做好有关工作，现将有关事项通知如下。\n\n一、加强组织领导。\n\n二、抓好工作落实。"


def word() -> str:
    """Return a word that no other journey uses."""
    return "".join(chr(0x4E00 + byte) for byte in uuid4().bytes[:6])


def ahead(**length: float) -> str:
    """Return the moment so far from now, as it is written on the wire."""
    return (datetime.now(UTC) + timedelta(**length)).isoformat()


@dataclass
class Office:
    """The city's office: its people, its site's columns, and how its items go out."""

    tour: Tour
    columns: dict[str, str]

    def __getattr__(self, login: str) -> Caller:
        """Return the person with this login, as in `office.editor`."""
        return self.tour.people[login]

    @property
    def citizen(self) -> Caller:
        """Anybody, without a token."""
        return self.tour.citizen

    async def admit(self, organization: str, *posts: str) -> tuple[Caller, dict[str, Any]]:
        """Let a new person in who holds these posts, and log them in."""
        account = await self.enrol(organization, *posts)
        return await self.again(account), account

    async def enrol(self, organization: str, *posts: str) -> dict[str, Any]:
        """Let a new person in who holds these posts, and return their account."""
        login, password = f"p{uuid4().hex[:12]}", uuid4().hex
        new = {"login": login, "name": "新同事", "organization": organization}
        added = await self.admin.rest("POST", "/v1/people", {**new, "password": password})
        for post in posts:
            filled = {"login": login, "organization": organization, "kind": post}
            await self.admin.rest("POST", "/v1/posts", filled)
        return {**added.json(), "password": password}

    async def again(self, account: dict[str, Any]) -> Caller:
        """Log somebody in again, with the authority they have now."""
        login, password = account["login"], account["password"]
        return await log_in(self.tour.addresses, self.citizen.http, login, password)

    async def token(self, **form: str) -> httpx.Response:
        """Ask for a token, and return what is answered."""
        address = f"{self.tour.addresses['content']}/v1/auth/token"
        return await self.citizen.http.post(address, data=form)

    async def draft(self, kind: str = "news", **fields: Any) -> Any:
        """Return a new draft of the editor's, in the city's column of its kind."""
        column = COLUMN_OF[kind]
        text = {"title": f"{word()}有关情况", "body": BODY, "source": "蚌埠市人民政府办公室"}
        new = {"site_code": CITY, "column_id": self.columns[column], "kind": kind, **text}
        return (await self.editor.rest("POST", "/v1/items", {**new, **fields})).json()

    async def act(self, who: Caller, item: Any, act: str, body: Any = None) -> Any:
        """Do something to an item as it now is, and return what became of it."""
        path, version = f"/v1/items/{item['id']}/{act}".rstrip("/"), f'"{item["version"]}"'
        method = "POST" if act else "PUT"
        return (await who.rest(method, path, body, If_Match=version)).json()

    async def approve(self, who: Caller, item: Any, step: str) -> Any:
        """Have a reviewer approve the text as it stands."""
        decision = {"step": step, "verdict": "approve", "content_hash": item["content_hash"]}
        return await self.act(who, item, "reviews", decision)

    async def cleared(self, kind: str = "news", **fields: Any) -> Any:
        """Return an item that leader and secrecy officer approved."""
        return await self.clear(await self.draft(kind, **fields))

    async def clear(self, item: Any) -> Any:
        """Bring a draft through both reviews."""
        item = await self.act(self.editor, item, "submission")
        item = await self.approve(self.leader, item, "leader")
        return await self.approve(self.secrecy, item, "secrecy")

    async def release(self, *items: Any) -> Any:
        """Make items public together, and return the release."""
        return (await self.editor.rest("POST", "/v1/releases", wanted(*items))).json()

    async def released(self, kind: str = "news", **fields: Any) -> Any:
        """Return an item that is public."""
        item = await self.cleared(kind, **fields)
        await self.release(item)
        return item

    async def public(self, item: Any) -> Any:
        """Return an item as the public reads it."""
        return (await self.citizen.rest("GET", f"/v1/public/items/{item['id']}")).json()

    async def upload(self, name: str, data: bytes) -> httpx.Response:
        """Upload a file of the city's site as the editor."""
        return await self.citizen.http.post(
            f"{self.tour.addresses['content']}/v1/assets",
            data={"site_code": CITY},
            files={"file": (name, data)},
            headers={"Authorization": f"Bearer {self.editor.token}"},
        )


COLUMN_OF = {
    "news": "news",
    "notice": "notices",
    "policy": "policies",
    "interpretation": "interpretations",
    "topic_update": "news",
}


def wanted(*items: Any, **more: Any) -> dict[str, Any]:
    """Return the order of a release of these items."""
    return {"items": [{"item_id": one["id"], "version": one["version"]} for one in items], **more}
