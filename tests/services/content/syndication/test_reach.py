"""The promise of syndication, with fewer sites than `make bench` measures."""

from collections import Counter

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.county_sites import Manner
from bench.reach import journey
from shared.db import Sessions, open_readings

SITES = 40


@pytest.mark.timeout(400)  # a machine that does much else takes long over so many
async def test_a_policy_reaches_every_site_is_proved_there_and_proved_gone_again(
    engine: AsyncEngine, real_sessions: Sessions
) -> None:
    reached = await journey(real_sessions, open_readings(engine), SITES)
    good = SITES - 3
    assert reached.states == {
        Manner.GOOD: Counter(live_verified=good),
        Manner.SLOW: Counter(live_verified=1),
        Manner.FAILING: Counter(late=1),
        Manner.TAMPERING: Counter(diverged=1),
    }
    assert sum((reached.withdrawn[manner] for manner in Manner), Counter()) == {"withdrawn": SITES}
    assert reached.refused == 0
    assert reached.deliveries[Manner.GOOD] == Counter(received=2 * good)
    assert reached.deliveries[Manner.FAILING] == Counter(waiting=2)
    assert reached.deliveries[Manner.TAMPERING] == Counter(received=2)
    assert reached.copies[Manner.GOOD] == Counter(proved=good)
    assert reached.copies[Manner.TAMPERING] == Counter(owed=1)
    assert not reached.copies[Manner.FAILING]
    claimed = SITES - 1
    assert reached.recall["copies"] == reached.recall["proved"] == claimed
    assert reached.recall["certified"] == claimed
