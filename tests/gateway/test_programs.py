"""People, posts and programs; and what is shown once is shown once."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.factories.content import ADMIN, EDITOR, PARTNER, SITE, STRANGER, Group
from tests.gateway.conftest import Ask, UpstreamCalls, outcome
from tests.support.people import NOW, bearer

PASSWORD = "a long enough password"  # noqa: S105  # of the tests
UNIT = "340300-zfb"
WHY = "... on Problem { type status detail faults { pointer code } versionFound }"
ADMIT = f"""mutation($input: NewPersonInput!) {{ admitPerson(input: $input) {{
  ... on Person {{ id login active version }} {WHY} }} }}"""
RESET = f"""mutation($id: UUID!, $version: Int!, $input: NewPasswordInput!) {{
  resetPassword(id: $id, version: $version, input: $input) {{
    __typename ... on Person {{ id version }} {WHY} }} }}"""
FILL = f"""mutation($input: NewPostInput!) {{ fillPost(input: $input) {{
  ... on Post {{ id login kind organization }} {WHY} }} }}"""
ADMIT_CLIENT = f"""mutation($input: NewClientInput!) {{ admitClient(input: $input) {{
  ... on AdmittedClient {{ id keyId secret }} {WHY} }} }}"""
ISSUE = f"""mutation($id: UUID!, $input: NewKeyInput!) {{ issueKey(clientId: $id, input: $input) {{
  ... on IssuedKey {{ id sites verbs secret }} {WHY} }} }}"""
KEYS = "{ clients { nodes { name revokedAt keys { nodes { name sites revokedAt } } } } }"
PROGRAM = {"name": "统计平台", "organization": UNIT, "sites": [SITE], "verbs": ["SUBSCRIBE"]}


def _on_a_version(name: str) -> str:
    return f"""mutation($id: UUID!, $version: Int!) {{ {name}(id: $id, version: $version) {{
      ... on Person {{ active version }} {WHY} }} }}"""


async def _admitted(ask: Ask, login: str) -> Any:
    new = {"login": login, "name": "李明", "organization": UNIT, "password": PASSWORD}
    return await outcome(ask, ADMIT, ADMIN, input=new)


async def _log_in(group: Group, login: str, password: str = PASSWORD) -> httpx.Response:
    form = {"grant_type": "password", "username": login, "password": password}
    return await group.client.post("/v1/auth/token", data=form)


async def test_a_person_is_admitted_barred_and_let_in_again(group: Group, ask: Ask) -> None:
    person = await _admitted(ask, "liming")
    assert (person["login"], person["active"]) == ("liming", True)
    short = {"login": "li", "name": "", "organization": UNIT, "password": "hunter2"}
    refused = await outcome(ask, ADMIT, ADMIN, input=short)
    assert {fault["pointer"] for fault in refused["faults"]} == {"/name", "/password"}
    assert "hunter2" not in str(refused)
    other = {"login": "other", "name": "李明", "organization": UNIT, "password": PASSWORD}
    assert (await outcome(ask, ADMIT, EDITOR, input=other))["status"] == 403
    named = {"id": person["id"], "version": person["version"]}
    barred = await outcome(ask, _on_a_version("deactivatePerson"), ADMIN, **named)
    assert barred["active"] is False
    assert (await _log_in(group, "liming")).status_code == 401
    listed = "query($o: String!) { people(organization: $o, active: false) { nodes { login } } }"
    assert await outcome(ask, listed, ADMIN, o=UNIT) == {"nodes": [{"login": "liming"}]}
    stale = await outcome(ask, _on_a_version("reactivatePerson"), ADMIN, **named)
    assert stale["versionFound"] == barred["version"]
    named["version"] = barred["version"]
    back = await outcome(ask, _on_a_version("reactivatePerson"), ADMIN, **named)
    assert back["active"] is True
    one = "query($id: UUID!) { person(id: $id) { name } }"
    assert await outcome(ask, one, ADMIN, id=person["id"]) == {"name": "李明"}
    assert await outcome(ask, one, STRANGER, id=person["id"]) is None


async def test_a_password_is_reset_and_never_told_again(group: Group, ask: Ask) -> None:
    person = await _admitted(ask, "liming")
    named = {"id": person["id"], "version": person["version"]}
    new = "another long password"
    barred = await outcome(ask, RESET, STRANGER, **named, input={"password": new})
    assert barred["status"] == 404
    short = await outcome(ask, RESET, ADMIN, **named, input={"password": "tiny"})
    assert [fault["pointer"] for fault in short["faults"]] == ["/password"]
    assert "tiny" not in str(short)
    done = await ask(RESET, ADMIN, **named, input={"password": new})
    assert done["data"]["resetPassword"]["__typename"] == "Person"
    assert new not in str(done)
    assert (await _log_in(group, "liming")).status_code == 401
    assert (await _log_in(group, "liming", new)).status_code == 200


@pytest.mark.usefixtures("group")
async def test_an_outside_identity_is_linked_only_to_an_issuer_that_is_trusted(ask: Ask) -> None:
    person = await _admitted(ask, "liming")
    link = f"""mutation($id: UUID!, $version: Int!, $input: IdentityInput!) {{
      linkIdentity(id: $id, version: $version, input: $input) {{
        ... on Person {{ version }} {WHY} }} }}"""
    named = {"id": person["id"], "version": person["version"]}
    whom = {"issuer": "https://idp.example.org", "subject": "1"}
    assert (await outcome(ask, link, ADMIN, **named, input=whom))["status"] == 422
    unlinked = await outcome(ask, _on_a_version("unlinkIdentity"), ADMIN, **named)
    assert unlinked["active"] is True


async def test_a_post_is_filled_lent_and_vacated(group: Group, ask: Ask) -> None:
    for login in ("leader", "deputy"):
        await _admitted(ask, login)
    new = {"login": "leader", "kind": "LEADER", "organization": UNIT}
    assert (await outcome(ask, FILL, EDITOR, input=new))["status"] == 403
    post = await outcome(ask, FILL, ADMIN, input=new)
    assert (post["login"], post["kind"]) == ("leader", "LEADER")
    lists = """query($o: String!) { posts(organization: $o, kind: LEADER) { nodes { login } }
      vacancies { nodes { organization posts } } }"""
    data = (await ask(lists, ADMIN, o=UNIT))["data"]
    assert data["posts"]["nodes"] == [{"login": "leader"}]
    vacant = {row["organization"]: row["posts"] for row in data["vacancies"]["nodes"]}
    assert "LEADER" not in next(posts for path, posts in vacant.items() if UNIT in path)
    lend = f"""mutation($input: NewDelegationInput!) {{ delegatePost(input: $input) {{
      ... on Delegation {{ id endedAt }} {WHY} }} }}"""
    lent = {
        "post": post["id"],
        "to": "deputy",
        "startsAt": NOW.isoformat(),
        "endsAt": (NOW + timedelta(hours=1)).isoformat(),
        "reason": "出差",
    }
    backwards = {**lent, "endsAt": (NOW - timedelta(hours=1)).isoformat()}
    assert (await outcome(ask, lend, ADMIN, input=backwards))["status"] == 422
    delegation = await outcome(ask, lend, ADMIN, input=lent)
    end = f"""mutation($id: UUID!) {{ endDelegation(id: $id) {{
      ... on Delegation {{ endedAt }} {WHY} }} }}"""
    assert (await outcome(ask, end, STRANGER, id=delegation["id"]))["status"] == 404
    assert (await outcome(ask, end, ADMIN, id=delegation["id"]))["endedAt"] is not None
    tokens = (await _log_in(group, "deputy")).json()
    mine = await group.client.get(
        "/v1/delegations", headers={"Authorization": f"Bearer {tokens['access_token']}"}
    )
    assert [row["id"] for row in mine.json()["items"]] == [delegation["id"]]
    vacate = f"mutation($id: UUID!) {{ vacatePost(id: $id) {{ ... on Post {{ id }} {WHY} }} }}"
    assert await outcome(ask, vacate, ADMIN, id=post["id"]) == {"id": post["id"]}
    assert (await outcome(ask, vacate, ADMIN, id=post["id"]))["status"] == 404


@pytest.mark.usefixtures("group")
async def test_a_program_is_admitted_gets_keys_and_loses_them(
    ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    assert (await outcome(ask, ADMIT_CLIENT, EDITOR, input=PROGRAM))["status"] == 403
    program = await outcome(ask, ADMIT_CLIENT, ADMIN, input=PROGRAM)
    assert program["secret"]
    key = {"name": "二号", "expiresAt": (NOW + timedelta(days=30)).isoformat(), "sites": [SITE]}
    past = {**key, "expiresAt": (NOW - timedelta(days=1)).isoformat()}
    assert (await outcome(ask, ISSUE, ADMIN, id=program["id"], input=past))["status"] == 422
    second = await outcome(ask, ISSUE, ADMIN, id=program["id"], input=key)
    assert second["secret"]
    assert second["sites"] == [SITE]
    with upstream_calls() as calls:
        listed = await ask(KEYS, ADMIN)
    assert calls == ["/v1/clients", f"/v1/clients/{program['id']}/keys"]
    for secret in (program["secret"], second["secret"]):
        assert secret not in str(listed)
    revoke_key = f"""mutation($id: UUID!, $key: UUID!) {{ revokeKey(clientId: $id, keyId: $key) {{
      ... on ClientKey {{ revokedAt }} {WHY} }} }}"""
    named = {"id": program["id"], "key": second["id"]}
    assert (await outcome(ask, revoke_key, STRANGER, **named))["status"] == 404
    assert (await outcome(ask, revoke_key, ADMIN, **named))["revokedAt"] is not None
    revoke = f"""mutation($id: UUID!) {{ revokeClient(id: $id) {{
      ... on Client {{ revokedAt }} {WHY} }} }}"""
    assert (await outcome(ask, revoke, ADMIN, id=program["id"]))["revokedAt"] is not None


async def _twice(gateway: httpx.AsyncClient, actor: Any, query: str, **variables: Any) -> Any:
    headers = {**bearer(actor), "Idempotency-Key": "once-only"}
    asked = {"query": query, "variables": variables}
    return [(await gateway.post("/graphql", json=asked, headers=headers)).json() for _ in "ab"]


@pytest.mark.usefixtures("group")
async def test_a_secret_is_not_told_to_whoever_repeats_the_request(
    gateway: httpx.AsyncClient,
) -> None:
    first, again = await _twice(gateway, ADMIN, ADMIT_CLIENT, input=PROGRAM)
    shown, repeated = (answer["data"]["admitClient"] for answer in (first, again))
    assert shown["secret"]
    assert repeated == {**shown, "secret": None}
    key = {"name": "二号", "expiresAt": (NOW + timedelta(days=30)).isoformat()}
    answers = await _twice(gateway, PARTNER, ISSUE, id=shown["id"], input=key)
    assert {answer["data"]["issueKey"]["status"] for answer in answers} == {404}
    subscribe = f"""mutation($input: NewSubscriptionInput!) {{ subscribe(input: $input) {{
      ... on OpenedSubscription {{ id secret }} {WHY} }} }}"""
    hook = {"url": "https://partner.example.org/hook"}
    first, again = await _twice(gateway, PARTNER, subscribe, input=hook)
    shown, repeated = (answer["data"]["subscribe"] for answer in (first, again))
    assert shown["secret"]
    assert repeated == {**shown, "secret": None}
