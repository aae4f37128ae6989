from datetime import UTC, datetime, timedelta

import pytest

from deploy.local.demonstration.caller import log_in_client
from deploy.local.demonstration.tour import CITY
from tests.journeys.office import ZFB, Office, ahead

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.asyncio(loop_scope="session")]


async def test_a_leader_who_is_away_lends_the_post_and_takes_it_back(office: Office) -> None:
    leader, account = await office.admit(ZFB, "leader")
    colleague, named = await office.admit(ZFB)
    item = await office.act(office.editor, await office.draft(), "submission")
    decision = {"step": "leader", "verdict": "approve", "content_hash": item["content_hash"]}
    path, version = f"/v1/items/{item['id']}/reviews", f'"{item["version"]}"'
    await colleague.rest("POST", path, decision, status=404, If_Match=version)
    posts = await leader.rest("GET", "/v1/posts?first=100")
    (post,) = [one for one in posts.json()["items"] if one["login"] == account["login"]]
    # It begins a little ago, as a clock in front of the server may.
    time = {"from": ahead(seconds=-1), "until": ahead(days=3)}
    lent = {"post": post["id"], "to": named["login"], "reason": "出差", **time}
    delegation = (await leader.rest("POST", "/v1/delegations", lent)).json()
    colleague = await office.again(named)
    viewer = (await colleague.rest("GET", "/v1/viewer")).json()
    assert viewer["acting_for"][0]["post"] == "leader"
    done = (await colleague.rest("POST", path, decision, If_Match=version)).json()
    assert [approval["step"] for approval in done["approvals"]] == ["leader"]
    await leader.rest("DELETE", f"/v1/delegations/{delegation['id']}")
    viewer = (await (await office.again(named)).rest("GET", "/v1/viewer")).json()
    assert viewer["acting_for"] == []


async def test_a_session_is_listed_and_ended(office: Office) -> None:
    caller, account = await office.admit(ZFB)
    form = {"username": account["login"], "password": account["password"]}
    tokens = await office.token(grant_type="password", **form)
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens.json()["refresh_token"]}
    renewed = (await office.token(**refresh)).json()
    newest = (await caller.rest("GET", "/v1/sessions")).json()["items"][0]
    assert newest["device"].startswith("python-httpx")
    await caller.rest("DELETE", f"/v1/sessions/{newest['id']}")
    refused = await office.token(**{**refresh, "refresh_token": renewed["refresh_token"]})
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_grant")


async def test_a_key_reaches_its_site_and_verbs_and_nothing_else(office: Office) -> None:
    scope = {
        "sites": [CITY],
        "verbs": ["read_drafts", "edit"],
        "columns": [office.columns["news"]],
    }
    new = {"name": "采编程序", "kind": "program", "organization": "340300", **scope}
    made = (await office.admin.rest("POST", "/v1/clients", new)).json()
    addresses, http = office.tour.addresses, office.citizen.http
    program = await log_in_client(addresses, http, made["id"], made["secret"])
    item = await office.draft()
    other = await office.draft("notice")
    await program.rest("GET", f"/v1/items/{item['id']}")
    await program.rest("GET", f"/v1/items/{other['id']}", status=404)
    cleared = await office.cleared()
    order = {"items": [{"item_id": cleared["id"], "version": cleared["version"]}]}
    await program.rest("POST", "/v1/releases", order, status=403)
    (key,) = (await office.admin.rest("GET", f"/v1/clients/{made['id']}/keys")).json()["items"]
    assert "secret" not in key
    used = datetime.fromisoformat(key["last_used_at"])
    assert datetime.now(UTC) - used < timedelta(minutes=2)
    await office.admin.rest("DELETE", f"/v1/clients/{made['id']}/keys/{made['key_id']}")
    form = {"client_id": made["id"], "client_secret": made["secret"]}
    assert (await office.token(grant_type="client_credentials", **form)).status_code == 401


async def test_guessing_passwords_slows_the_guesser_and_not_the_office(office: Office) -> None:
    account, colleague = await office.enrol(ZFB), await office.enrol(ZFB)
    guess = {"grant_type": "password", "username": account["login"], "password": "x" * 12}
    seen = [(await office.token(**guess)).status_code for _ in range(11)]
    assert set(seen[:10]) == {401}
    assert seen[10] == 429
    assert (await office.again(colleague)).token
