from datetime import timedelta
from typing import Any

import pytest

from tests.factories.content import ADMIN, OFFICE, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.services.content.staff.office import (
    COUNTY_CODE,
    admit,
    fill,
    listed,
    log_in,
    permissions,
    refreshing,
    send,
    token,
)

HOUR = timedelta(hours=1)
LENT = {"read_drafts", "review", "review_answer", "withdraw"}


async def _lend(group: Group, tokens: Any, watch: Watch, **fields: Any) -> Any:
    new = {
        "to": "deputy",
        "from": watch().isoformat(),
        "until": (watch() + HOUR).isoformat(),
        "reason": "出差",
    }
    return await send(group, tokens, "POST", "/v1/delegations", {**new, **fields})


@pytest.fixture
async def lent(group: Group, watch: Watch) -> dict[str, Any]:
    """The leader lends the post to a deputy for an hour from now."""
    leader, deputy = await admit(group, "leader"), await admit(group, "deputy")
    post = await fill(group, "leader", "leader")
    tokens = await log_in(group, "leader")
    done = await _lend(group, tokens, watch, post=post["id"])
    assert done.status_code == 201, done.text
    return {
        "delegation": done.json(),
        "post": post,
        "leader": leader,
        "deputy": deputy,
        "tokens": tokens,
    }


async def test_a_lent_post_brings_its_permissions_and_the_viewer_says_so(
    group: Group, lent: dict[str, Any]
) -> None:
    tokens = await log_in(group, "deputy")
    assert set(await permissions(group, tokens)) == LENT
    viewer = (await send(group, tokens, "GET", "/v1/viewer")).json()
    assert viewer["acting_for"] == [
        {"post": "leader", "organization": OFFICE, "until": lent["delegation"]["ends_at"]}
    ]
    assert set(await permissions(group, await log_in(group, "leader"))) == LENT


async def test_a_token_ends_with_the_delegation_it_speaks_for(
    group: Group, lent: dict[str, Any], watch: Watch
) -> None:
    watch.turn(HOUR - timedelta(minutes=5))
    tokens = await log_in(group, "deputy")
    assert tokens["expires_in"] == 300
    watch.turn(timedelta(minutes=5))
    assert (await send(group, tokens, "GET", "/v1/viewer")).status_code == 401
    fresh = (await token(group, refreshing(tokens))).json()
    assert (fresh["expires_in"], await permissions(group, fresh)) == (900, {})
    assert lent["delegation"]["ended_at"] is None


async def test_a_delegation_begins_when_it_says(
    group: Group, lent: dict[str, Any], watch: Watch
) -> None:
    await admit(group, "later")
    when = {"from": (watch() + HOUR).isoformat(), "until": (watch() + 2 * HOUR).isoformat()}
    fields = {"post": lent["post"]["id"], "to": "later", **when}
    assert (await _lend(group, lent["tokens"], watch, **fields)).status_code == 201
    tokens = await log_in(group, "later")
    assert await permissions(group, tokens) == {}
    watch.turn(HOUR)
    assert set(await permissions(group, (await token(group, refreshing(tokens))).json())) == LENT


@pytest.mark.parametrize("loss", ["post", "giver", "ended"])
async def test_a_delegation_holds_no_longer_than_what_it_stands_on(
    group: Group, lent: dict[str, Any], loss: str
) -> None:
    method, path, version = {
        "post": ("DELETE", f"/v1/posts/{lent['post']['id']}", None),
        "giver": ("POST", f"/v1/people/{lent['leader']['id']}/deactivation", 1),
        "ended": ("DELETE", f"/v1/delegations/{lent['delegation']['id']}", None),
    }[loss]
    done = await group.send(ADMIN, method, path, version=version)
    assert done.status_code == 200, done.text
    assert await permissions(group, await log_in(group, "deputy")) == {}
    if loss == "post":  # the same post filled anew was not lent to anybody
        await fill(group, "leader", "leader")
        assert await permissions(group, await log_in(group, "deputy")) == {}


async def test_what_was_lent_is_not_lent_on(
    group: Group, lent: dict[str, Any], watch: Watch, unchanged: Unchanged
) -> None:
    await admit(group, "third")
    tokens = await log_in(group, "deputy")
    async with unchanged():
        refused = await _lend(group, tokens, watch, post=lent["post"]["id"], to="third")
    assert refused.status_code == 404, refused.text


async def test_an_administrator_lends_a_post_but_never_an_administrators(
    group: Group, watch: Watch, unchanged: Unchanged
) -> None:
    await admit(group, "boss", "administrator")
    await admit(group, "editor")
    await admit(group, "deputy", of=COUNTY_CODE)
    editor = await fill(group, "editor", "editor")
    tokens = await log_in(group, "boss")
    (own,) = (await send(group, tokens, "GET", "/v1/posts?kind=administrator")).json()["items"]
    assert (await _lend(group, tokens, watch, post=editor["id"])).status_code == 201
    async with unchanged():
        refused = await _lend(group, tokens, watch, post=own["id"])
    assert refused.json()["type"] == "/problems/not-delegable"


async def test_a_delegation_that_does_not_fit_is_refused(
    group: Group, lent: dict[str, Any], watch: Watch, unchanged: Unchanged
) -> None:
    await admit(group, "outsider", of=COUNTY_CODE)
    post = {"post": lent["post"]["id"]}
    async with unchanged():
        for fields, status in (
            ({"to": "leader"}, 422),
            ({"to": "nobody"}, 404),
            ({"to": "outsider"}, 404),
            ({"until": "2026-03-01T00:00:00Z"}, 422),
            ({"until": "2027-03-01T00:00:00Z"}, 422),
            ({"from": "2026-03-05T00:00:00"}, 422),
            ({"reason": ""}, 422),
            ({"post": "019c0000-0000-7000-8000-000000000000"}, 404),
        ):
            refused = await _lend(group, lent["tokens"], watch, **{**post, **fields})
            assert refused.status_code == status, (fields, refused.text)


async def test_giver_receiver_and_administrators_see_a_delegation_and_may_end_it(
    group: Group, lent: dict[str, Any], announced: Announced, unchanged: Unchanged
) -> None:
    path = f"/v1/delegations/{lent['delegation']['id']}"
    assert await listed(group, ADMIN, "/v1/delegations") == [lent["delegation"]]
    assert await listed(group, STRANGER, "/v1/delegations") == []
    async with unchanged():
        assert (await group.send(STRANGER, "DELETE", path)).status_code == 404
    before = len(await announced())
    tokens = await log_in(group, "deputy")
    for _ in range(2):
        done = await send(group, tokens, "DELETE", path)
        assert done.json()["ended_at"] is not None
    assert (await announced())[before:] == ["content.delegation.ended"]
    for each in (tokens, lent["tokens"]):
        (seen,) = (await send(group, each, "GET", "/v1/delegations")).json()["items"]
        assert seen["id"] == lent["delegation"]["id"]


async def test_the_two_reviews_stay_with_two_persons_whoever_lends_to_whom(
    group: Group, lent: dict[str, Any]
) -> None:
    await fill(group, "deputy", "secrecy_officer")
    item = await group.submitted()
    tokens = await log_in(group, "deputy")
    decision = {"verdict": "approve", "content_hash": item["content_hash"]}
    path = f"/v1/items/{item['id']}/reviews"
    first = await send(
        group, tokens, "POST", path, {**decision, "step": "leader"}, version=item["version"]
    )
    assert first.status_code == 200, first.text
    second = await send(
        group, tokens, "POST", path, {**decision, "step": "secrecy"}, version=item["version"] + 1
    )
    assert second.json()["type"] == "/problems/same-person"
    assert lent["delegation"]["kind"] == "leader"
