import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from services.content.staff.models import FailedLogin
from services.content.staff.patience import patience
from shared.address import networks
from shared.db import Sessions
from tests.factories.content import Group
from tests.services.content.conftest import Watch
from tests.services.content.staff.office import admit, password, token
from tests.support.queries import CountQueries

RULE = patience().logging_in
HOME, OFFICE, THIEF = "198.51.100.1", "198.51.100.2", "203.0.113.9"
WRONG = password("someone", "wrong")


@pytest.fixture
async def watched(group: Group, app: FastAPI) -> Group:
    """A group behind a proxy whose word on addresses is taken, with someone in it."""
    held = app.state.authorities
    app.state.authorities = replace(held, trusted_proxies=networks(["127.0.0.0/8"]))
    await admit(group, "someone")
    return group


async def _failed(group: Group, address: str, times: int, login: str = "someone") -> set[int]:
    form = password(login, "wrong")
    answers = [await token(group, form, X_Forwarded_For=address) for _ in range(times)]
    return {answer.status_code for answer in answers}


async def _let_in(group: Group, address: str, login: str = "someone") -> int:
    return (await token(group, password(login), X_Forwarded_For=address)).status_code


async def test_an_address_that_fails_too_often_rests_and_no_other_login_or_address(
    watched: Group, watch: Watch
) -> None:
    await admit(watched, "colleague")
    assert await _failed(watched, THIEF, RULE.strange_address) == {401}
    refused = await token(watched, password("someone"), X_Forwarded_For=THIEF)
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-failures")
    assert int(refused.headers["Retry-After"]) == RULE.window_minutes * 60 + 1
    assert await _let_in(watched, HOME) == 200
    assert await _let_in(watched, THIEF, "colleague") == 200
    watch.turn(timedelta(seconds=int(refused.headers["Retry-After"])))
    assert await _let_in(watched, THIEF) == 200


async def test_an_unknown_login_is_weighed_like_a_known_one(
    watched: Group, count_queries: CountQueries
) -> None:
    for login in ("someone", "nobody"):
        with count_queries(4):
            assert await _failed(watched, THIEF, 1, login) == {401}
        assert await _failed(watched, THIEF, RULE.strange_address - 1, login) == {401}
        assert await _failed(watched, THIEF, 1, login) == {429}


async def test_success_clears_the_failures_of_its_address_only(
    watched: Group, sessions: Sessions
) -> None:
    await _failed(watched, HOME, 2)
    await _failed(watched, THIEF, 1)
    assert await _let_in(watched, HOME) == 200
    async with sessions() as session:
        left = (await session.scalars(select(FailedLogin))).all()
    assert [failure.login for failure in left] == ["someone"]


async def test_a_thief_with_many_addresses_shuts_nobody_out_who_has_been_in_before(
    watched: Group, sessions: Sessions, watch: Watch
) -> None:
    assert await _let_in(watched, OFFICE) == 200
    async with sessions.begin() as session:
        session.add_all(
            FailedLogin(
                login="someone",
                address_digest=bytes([at]),
                familiar=False,
                failed_at=watch() - timedelta(minutes=1),
            )
            for at in range(RULE.strangers)
        )
    assert await _let_in(watched, HOME) == 429
    assert await _let_in(watched, OFFICE) == 200
    assert await _failed(watched, OFFICE, RULE.strange_address) == {401}
    assert await _let_in(watched, OFFICE) == 200


async def test_a_made_up_address_beyond_the_proxy_counts_for_nothing(watched: Group) -> None:
    for at in range(RULE.strange_address):
        made_up = f"1.2.3.{at}, {THIEF}"
        assert await _failed(watched, made_up, 1) == {401}
    assert await _failed(watched, THIEF, 1) == {429}


async def test_of_many_who_guess_at_once_no_more_than_the_budget_get_a_try(
    real_group: Group,
) -> None:
    guesses = (token(real_group, password("admin", "wrong")) for _ in range(14))
    answers = [answer.status_code for answer in await asyncio.gather(*guesses)]
    assert (answers.count(401), answers.count(429)) == (RULE.strange_address, 4)


async def test_no_address_is_kept_as_it_is(watched: Group, sessions: Sessions) -> None:
    await _failed(watched, THIEF, 1)
    async with sessions() as session:
        (kept,) = await session.scalars(select(FailedLogin.address_digest))
    assert len(kept) == 32
    assert THIEF.encode() not in kept
