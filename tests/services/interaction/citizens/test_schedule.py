from sqlalchemy import select

from services.interaction.citizens import schedule
from services.interaction.citizens.models import WrongCodes
from shared.db import Sessions
from tests.services.interaction.conftest import Clock, Mailbox


async def test_wrong_codes_are_forgotten_once_they_no_longer_count(
    mailbox: Mailbox, sessions: Sessions, clock: Clock
) -> None:
    await mailbox.follow("3403", "AAAA")
    clock.pass_by(minutes=10)
    await mailbox.follow("3404", "AAAA")
    clock.pass_by(minutes=6)
    assert await schedule.forget_wrong_codes(sessions, clock.now) == 2  # the number and the place
    async with sessions() as session:
        kept = (await session.scalars(select(WrongCodes.against))).all()
    assert kept == ["3404"]
