from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.content.syndication.coverage.table import (
    FAULTS,
    HEADINGS,
    STATES,
    VERDICTS,
    Covered,
    Evidence,
    row,
)
from shared.contracts.directives import ObligationState
from shared.contracts.receipts import PageFault, PageVerdict

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OWED = Covered(
    *("3403210001", "怀远县人民政府网", "怀远县人民政府办公室", ObligationState.DELIVERED, False),
    *(NOON, None, None, None, None, None, None, None),
)


def test_every_state_verdict_and_fault_has_a_word() -> None:
    assert (set(STATES), set(VERDICTS), set(FAULTS)) == (
        set(ObligationState),
        set(PageVerdict),
        set(PageFault),
    )


def test_times_are_beijings() -> None:
    told = dict(zip(HEADINGS, row(OWED), strict=True))
    assert (told["截止时间"], told["办理时间"]) == ("2026-03-02 12:00:00", None)
    assert told["状态"] == "待办理"


@given(st.sampled_from(ObligationState), st.sampled_from([None, *PageVerdict]))
def test_every_line_is_as_long_as_the_headings(
    state: ObligationState, verdict: PageVerdict | None
) -> None:
    found = Evidence(NOON, verdict, None, 200, 1.0, "a", "b") if verdict else None
    line = row(OWED._replace(state=state, judged=verdict, evidence=found))
    assert len(line) == len(HEADINGS)
