"""Load the demonstration group through the public API, as an administrator would."""

import secrets
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

import httpx
import yaml

from deploy.local.demonstration.caller import Caller, log_in

ADMINISTRATOR = "admin"


class Loaded(NamedTuple):
    """What is needed afterwards: who can log in, and the partner's client."""

    passwords: dict[str, str]
    partner: dict[str, str]


def group() -> dict[str, Any]:
    """Return the demonstration group as written down."""
    text = files(__package__).joinpath("group.yaml").read_text("utf-8")
    described: dict[str, Any] = yaml.safe_load(text)
    return described


async def load(addresses: Mapping[str, str], founding_secret: str) -> Loaded:
    """Found the group and let everyone in; passwords are made by chance."""
    described = group()
    passwords: dict[str, str] = {}

    def password_for(login: str) -> str:
        passwords[login] = secrets.token_urlsafe(12)
        return passwords[login]

    async with httpx.AsyncClient(timeout=30) as http:
        founder = Caller(addresses, http, name="founder")
        founding = {
            **described["founder"],
            "login": ADMINISTRATOR,
            "administrator": "系统管理员",
            "password": password_for(ADMINISTRATOR),
        }
        await founder.rest("POST", "/v1/group", founding, X_Founding_Secret=founding_secret)
        admin = await log_in(addresses, http, ADMINISTRATOR, passwords[ADMINISTRATOR])
        await _register(admin, described)
        await _open_sites(admin, described)
        for person in (*described["people"], *map(_county_editor, described["counties"])):
            await _admit(admin, person, password_for(person["login"]))
        client = {"name": "蚌埠日报网站", "organization": "340300-rb"}
        partner = (await admin.rest("POST", "/v1/clients", client)).json()
    return Loaded(passwords, {"client_id": partner["id"], "secret": partner["secret"]})


async def _admit(admin: Caller, person: dict[str, Any], password: str) -> None:
    known = {name: person[name] for name in ("login", "name", "organization")}
    await admin.rest("POST", "/v1/people", {**known, "password": password})
    for post in person["posts"]:
        filled = {"login": person["login"], "organization": person["organization"], "kind": post}
        await admin.rest("POST", "/v1/posts", filled)


async def _register(admin: Caller, described: dict[str, Any]) -> None:
    counties = [
        new for county in described["counties"] for new in (_government(county), _office(county))
    ]
    for organization in (*described["organizations"], *counties):
        await admin.rest("POST", "/v1/organizations", organization)


async def _open_sites(admin: Caller, described: dict[str, Any]) -> None:
    for site in (*described["sites"], *map(_county_site, described["counties"])):
        applied = await admin.rest("POST", "/v1/sites", site)
        for column in described["columns"]:
            await admin.rest("POST", "/v1/columns", {**column, "site_code": site["code"]})
        opening = f"/v1/sites/{site['code']}/opening"
        await admin.rest("POST", opening, If_Match=applied.headers["ETag"])


def _government(county: dict[str, str]) -> dict[str, str]:
    return {
        "code": county["code"],
        "name": f"{county['name']}人民政府",
        "kind": "government",
        "level": "county",
        "parent": "340300",
    }


def _office(county: dict[str, str]) -> dict[str, str]:
    return {
        "code": f"{county['code']}-zfb",
        "name": f"{county['name']}人民政府办公室",
        "kind": "office",
        "level": "county",
        "parent": county["code"],
    }


def _county_site(county: dict[str, str]) -> dict[str, str]:
    office = f"{county['code']}-zfb"
    return {
        "code": f"{county['code']}0001",
        "name": f"{county['name']}人民政府网",
        "domain": county["domain"],
        "level": "county",
        "region": county["code"],
        "supervising": "340300",
        "sponsoring": office,
        "operating": office,
    }


def _county_editor(county: dict[str, str]) -> dict[str, Any]:
    return {
        "login": f"editor-{county['code']}",
        "name": f"{county['name']}编辑",
        "organization": f"{county['code']}-zfb",
        "posts": ["editor"],
    }
