from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from shared.auth import Actor
from shared.db import Sessions
from shared.idempotency import (
    KEPT,
    Answered,
    KeyUsedForAnother,
    Request,
    StillInFlight,
    fingerprint,
    forget,
    recall,
)
from shared.uow import BeginAs, beginner
from tests.support.people import NOW

CLERK = Actor("person:clerk")
REQUEST = Request(CLERK.id, "key", fingerprint("POST", "/v1/papers", "", b"{}"))


def begin_on(sessions: Sessions) -> BeginAs:
    return beginner(sessions, lambda: NOW, "/tests")


async def answer(sessions: Sessions, request: Request = REQUEST) -> None:
    async with begin_on(sessions)(CLERK, "request") as uow:
        assert await recall(uow, request) is None
        answered = Answered(
            **request._asdict(), status=201, headers={}, body=b"1", answered_at=NOW
        )
        uow.session.add(answered)


async def test_a_request_is_answered_again_as_it_was_answered(committing: Sessions) -> None:
    await answer(committing)
    async with begin_on(committing)(CLERK, "again") as uow:
        before = await recall(uow, REQUEST)
    assert before is not None
    assert (before.status, before.body) == (201, b"1")


async def test_a_key_used_for_another_request_is_refused(committing: Sessions) -> None:
    await answer(committing)
    async with begin_on(committing)(CLERK, "again") as uow:
        with pytest.raises(KeyUsedForAnother):
            await recall(uow, REQUEST._replace(fingerprint="another"))


async def test_two_people_may_use_the_same_key(committing: Sessions) -> None:
    await answer(committing)
    await answer(committing, REQUEST._replace(actor="person:other"))


async def test_a_request_still_being_carried_out_is_not_begun_again(committing: Sessions) -> None:
    begin = begin_on(committing)
    async with begin(CLERK, "first") as first:
        assert await recall(first, REQUEST) is None
        async with begin(CLERK, "second") as second:
            with pytest.raises(StillInFlight):
                await recall(second, REQUEST)
    async with begin(CLERK, "third") as third:
        assert await recall(third, REQUEST) is None


async def test_answers_are_forgotten_after_a_day(committing: Sessions) -> None:
    await answer(committing)
    assert await forget(committing, NOW + KEPT) == 0
    assert await forget(committing, NOW + KEPT + timedelta(seconds=1)) == 1
    async with committing() as session:
        assert await session.scalar(select(func.count()).select_from(Answered)) == 0


asked = st.tuples(
    st.sampled_from(["POST", "PUT"]),
    st.text("/ab", max_size=4),
    st.sampled_from(["", '"1"', '"12"']),
    st.binary(max_size=4),
)


@given(asked, asked)
def test_fingerprints_agree_exactly_when_the_requests_do(
    one: tuple[str, str, str, bytes], other: tuple[str, str, str, bytes]
) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) == (one == other)
