from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.mailbox.clocks import schedule
from services.interaction.mailbox.clocks.telling.queries import on_watch
from services.interaction.mailbox.clocks.telling.watch import Watch, called
from shared.contracts.letter_clocks import LetterAlarmLevel
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import (
    ANSWER,
    CLERK,
    HEAD,
    LETTER,
    OFFICE,
    ROADS,
    Clock,
    Mailbox,
)

ON_DUTY, LEADER = UUID(int=1), UUID(int=2)
PERSONAL = ("李小龙", "13855201234", "lixiaolong", "路灯")


@pytest.fixture
def asked() -> list[str]:
    return []


class Worker:
    """The worker, one round whenever a test says so."""

    def __init__(self, sessions: Sessions, begin: BeginAs, clock: Clock) -> None:
        self.sessions, self.begin, self.clock = sessions, begin, clock
        self.watch, self.asked = Watch(ON_DUTY, [LEADER]), list[str]()

    async def look(self) -> int:
        return await schedule.tell(self.sessions, self.begin, self._who, self.clock.now)

    async def _who(self, session: AsyncSession, unit: str, at: datetime) -> Watch:
        assert await on_watch(session, unit, at) == Watch()
        self.asked.append(unit)
        return self.watch


@pytest.fixture
def worker(sessions: Sessions, begin: BeginAs, clock: Clock) -> Worker:
    return Worker(sessions, begin, clock)


async def told(mailbox: Mailbox) -> list[str]:
    """What was announced of clocks, in a few words each."""
    short = {
        "interaction.letter.due_soon": "{step} {days_left}",
        "interaction.letter.alarmed": "{level}",
        "interaction.letter.overdue": "overdue",
        "interaction.letter_card.given": "{step} {colour}",
    }
    return [
        short[type_].format(**data) for type_, data in await mailbox.announced() if type_ in short
    ]


async def test_a_letter_left_alone_is_told_of_step_by_step(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    await mailbox.write()
    for _ in range(24 * 40):
        clock.pass_by(hours=1)
        await worker.look()
    assert await told(mailbox) == [
        "accept yellow",
        "duty",
        "leader",
        "accept red",
        "answer 3",
        "answer 1",
        "overdue",
        "answer yellow",
        "answer red",
    ]
    assert await worker.look() == 0


async def test_a_worker_that_was_away_gives_each_card_and_no_reminder(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    await mailbox.dispatched()
    clock.pass_by(days=60)
    assert await worker.look() == 2
    assert await told(mailbox) == ["leader", "overdue", "answer yellow", "answer red"]


async def test_a_letter_is_late_from_the_first_instant_after_its_day(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    await mailbox.dispatched()
    clock.pass_by(days=21, hours=14, minutes=59, seconds=59)  # 23:59:59 in Bengbu
    await worker.look()
    assert "overdue" not in await told(mailbox)
    clock.pass_by(seconds=1)
    await worker.look()
    assert (await told(mailbox))[-2:] == ["overdue", "answer yellow"]


async def test_an_answered_letter_is_never_spoken_of(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    await mailbox.answered()
    before = await mailbox.announced()
    clock.pass_by(days=90)
    assert await worker.look() == 0
    assert await mailbox.announced() == before


async def test_speaking_of_a_letter_leaves_its_version(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    receipt = await mailbox.write()
    clock.pass_by(days=60)
    await worker.look()
    assert (await mailbox.row(receipt["number"])).version == 1


async def test_the_unit_in_charge_is_asked_for_who_is_on_duty(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    await mailbox.write(kind="consultation")
    await mailbox.dispatched()
    clock.pass_by(days=4)
    await worker.look()
    assert sorted(worker.asked) == [OFFICE, ROADS]
    calls = [data for type_, data in await mailbox.announced() if type_.endswith("alarmed")]
    assert [call["people"] for call in calls] == [[str(ON_DUTY)]] * 2
    assert {call["hours"] for call in calls} == {72}


async def test_where_nobody_is_known_the_sponsor_is_asked(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    worker.watch = Watch()
    await mailbox.dispatched()
    clock.pass_by(days=4)
    await worker.look()
    assert worker.asked == [ROADS, OFFICE]
    [call] = [data for type_, data in await mailbox.announced() if type_.endswith("alarmed")]
    assert (call["organization"], call["people"]) == (ROADS, [])


async def test_a_letter_transferred_twice_and_late_has_both_cards_of_its_last_unit(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    receipt = await mailbox.dispatched()
    clock.pass_by(days=3)
    for unit in ("office", "roads"):
        done = await mailbox.transferred(receipt["number"], unit)
        assert done.status_code == 200, done.text
        clock.pass_by(days=10)
    clock.pass_by(days=2)
    await worker.look()
    clock.pass_by(days=7)
    await worker.look()
    assert (await told(mailbox))[-3:] == ["overdue", "answer yellow", "answer red"]
    given = [data for type_, data in await mailbox.announced() if type_.endswith("card.given")]
    assert {(card["organization"], card["due_on"]) for card in given} == {(ROADS, "2026-03-23")}
    await mailbox.act(CLERK, receipt["number"], "answer", text=ANSWER)
    done = await mailbox.review(receipt["number"], "approve", "已核实")
    assert done.json()["late"] is True
    cards = (await mailbox.send(HEAD, "GET", "/v1/letter-cards")).json()["items"]
    assert [card["colour"] for card in cards] == ["red", "yellow"]


@pytest.mark.parametrize(
    ("watch", "level", "people"),
    [
        (Watch(ON_DUTY, [LEADER]), LetterAlarmLevel.DUTY, [ON_DUTY]),
        (Watch(None, [LEADER]), LetterAlarmLevel.DUTY, [LEADER]),
        (Watch(ON_DUTY, [LEADER]), LetterAlarmLevel.LEADER, [LEADER]),
        (Watch(), LetterAlarmLevel.LEADER, []),
    ],
)
def test_where_nobody_is_on_duty_the_leaders_are_called_at_once(
    watch: Watch, level: LetterAlarmLevel, people: list[UUID]
) -> None:
    assert called(watch, level) == people


async def test_nothing_said_of_a_letter_makes_its_writer_known(
    mailbox: Mailbox, worker: Worker, clock: Clock
) -> None:
    await mailbox.dispatched(**LETTER)
    clock.pass_by(days=90)
    await worker.look()
    announced = str(await mailbox.announced())
    assert "yellow" in announced
    assert not [word for word in PERSONAL if word in announced]


async def test_two_workers_say_a_thing_once(
    mailbox: Mailbox, worker: Worker, clock: Clock, sessions: Sessions, begin: BeginAs
) -> None:
    await mailbox.dispatched()
    clock.pass_by(days=60)
    other = Worker(sessions, begin, clock)
    assert [await worker.look(), await other.look()] == [2, 0]


SPREAD = """
INSERT INTO letter_clocks (id, letter_id, terms_id, step, round, started_at, since, extended,
    due_on, provisional, explanation, said, due_at)
  SELECT gen_random_uuid(), letter_id, terms_id, 'answer', 1 + n, started_at, since, 0,
    due_on, false, '[]', '[]', now() + n * interval '1 minute'
  FROM letter_clocks, generate_series(1, 50000) AS n WHERE step = 'answer'
"""
ROUND = """
EXPLAIN SELECT * FROM letter_clocks
  WHERE due_at <= '2026-03-02' AND (leased_until IS NULL OR leased_until <= '2026-03-02')
  ORDER BY due_at LIMIT 20 FOR UPDATE SKIP LOCKED
"""


async def test_a_round_over_many_clocks_claims_by_index(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    await mailbox.write()
    async with sessions.begin() as session:
        await session.execute(text(SPREAD))
        await session.execute(text("ANALYZE letter_clocks"))
        plan = "\n".join(await session.scalars(text(ROUND)))
    assert "ix_letter_clocks_due_at" in plan
    assert "Seq Scan" not in plan
    assert "Sort" not in plan
