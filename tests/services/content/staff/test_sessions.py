from datetime import timedelta

from sqlalchemy import func, select

from services.content.staff.commands import forgetting
from services.content.staff.credentials import REFRESHABLE
from services.content.staff.models import (
    FailedLogin,
    LoginSession,
    RefreshToken,
    UsedAssertion,
)
from services.content.staff.patience import patience
from services.content.staff.schedule import tasks
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import ADMIN, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.services.content.staff.office import (
    admit,
    listed,
    log_in,
    password,
    refreshing,
    send,
    token,
)

BROWSER = "Mozilla/5.0 (Windows NT 10.0)"


async def test_a_login_is_a_session_with_when_and_from_what(group: Group, watch: Watch) -> None:
    someone = await admit(group, "someone")
    opened_at = watch()
    tokens = await log_in(group, "someone", User_Agent=BROWSER + "\x00" + "x" * 200)
    watch.turn(timedelta(minutes=5))
    tokens = (await token(group, refreshing(tokens))).json()
    (seen,) = (await send(group, tokens, "GET", "/v1/sessions")).json()["items"]
    assert seen["device"].startswith(BROWSER)
    assert len(seen["device"]) == 100
    assert seen["opened_at"] == opened_at.isoformat().replace("+00:00", "Z")
    assert seen["used_at"] == watch().isoformat().replace("+00:00", "Z")
    assert (seen["person_id"], seen["ended_at"]) == (someone["id"], None)
    assert "address" not in str(seen)
    assert await listed(group, ADMIN, f"/v1/sessions?person_id={someone['id']}") == [seen]
    assert await listed(group, STRANGER, f"/v1/sessions?person_id={someone['id']}") == []
    assert await listed(group, ADMIN, "/v1/sessions") == []


async def test_an_ended_session_gets_no_more_tokens(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    await admit(group, "someone")
    here, elsewhere = await log_in(group, "someone"), await log_in(group, "someone")
    _, first = (await send(group, here, "GET", "/v1/sessions")).json()["items"]
    path = f"/v1/sessions/{first['id']}"
    async with unchanged():
        assert (await group.send(STRANGER, "DELETE", path)).status_code == 404
    before = len(await announced())
    for _ in range(2):
        done = await send(group, elsewhere, "DELETE", path)
        assert done.json()["ended_at"] is not None
    assert (await announced())[before:] == ["content.session.ended"]
    assert (await token(group, refreshing(here))).status_code == 401
    assert (await token(group, refreshing(elsewhere))).status_code == 200
    # What was issued before lives on to its own end, at most a quarter of an hour.
    assert (await send(group, here, "GET", "/v1/viewer")).status_code == 200


async def test_an_administrator_ends_the_session_of_a_person(group: Group) -> None:
    someone = await admit(group, "someone")
    tokens = await log_in(group, "someone")
    (session,) = await listed(group, ADMIN, f"/v1/sessions?person_id={someone['id']}")
    assert (await group.send(ADMIN, "DELETE", f"/v1/sessions/{session['id']}")).status_code == 200
    assert (await token(group, refreshing(tokens))).status_code == 401


async def test_a_token_used_twice_ends_its_session_for_all_to_see(
    group: Group, announced: Announced
) -> None:
    await admit(group, "someone")
    tokens = await log_in(group, "someone")
    assert (await token(group, refreshing(tokens))).status_code == 200
    assert (await token(group, refreshing(tokens))).status_code == 401
    assert (await announced())[-1] == "content.session.ended"
    (session,) = (await send(group, tokens, "GET", "/v1/sessions")).json()["items"]
    assert session["ended_at"] is not None


async def test_what_has_served_its_time_is_forgotten(
    group: Group, sessions: Sessions, watch: Watch, begin: BeginAs
) -> None:
    await admit(group, "someone")
    await log_in(group, "someone")
    await token(group, password("someone", "wrong"))
    async with sessions.begin() as session:
        session.add(UsedAssertion(digest=b"x", expires_at=watch()))

    async def kept() -> list[int]:
        async with sessions() as session:
            return [
                await session.scalar(select(func.count()).select_from(table)) or 0
                for table in (LoginSession, RefreshToken, FailedLogin, UsedAssertion)
            ]

    (task,) = tasks(begin)
    assert await task.run(watch()) == 1
    assert await kept() == [1, 1, 1, 0]
    watch.turn(REFRESHABLE)
    assert await task.run(watch()) == 2
    assert await kept() == [1, 0, 0, 0]
    watch.turn(timedelta(days=patience().sessions.kept_days))
    async with begin(ADMIN, "request") as uow:
        assert await forgetting.forget(uow) == 1
    assert await kept() == [0, 0, 0, 0]
