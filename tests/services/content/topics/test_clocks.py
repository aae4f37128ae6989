from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.topics.clocks import deadlines, is_met_by, settled, terms
from services.content.topics.lifecycle import TRANSITIONS, Act, TopicStands, advance
from shared.contracts.content import ItemKind
from shared.contracts.topics import ClockKind, ClockState, TopicKind, TopicState
from tests.support.people import NOW


def test_an_incident_owes_facts_in_5_hours_and_a_conference_in_24() -> None:
    assert deadlines(TopicKind.INCIDENT, NOW) == {
        ClockKind.AUTHORITATIVE_RELEASE: NOW + timedelta(hours=5),
        ClockKind.PRESS_CONFERENCE: NOW + timedelta(hours=24),
    }


def test_a_concern_is_answered_in_48_hours_and_a_special_page_owes_nothing() -> None:
    assert deadlines(TopicKind.CONCERN, NOW) == {ClockKind.RESPONSE: NOW + timedelta(hours=48)}
    assert deadlines(TopicKind.SPECIAL, NOW) == {}


def test_hours_run_through_nights_and_holidays() -> None:
    evening = NOW.replace(month=2, day=16, hour=15)  # the eve of Spring Festival
    due = deadlines(TopicKind.INCIDENT, evening)[ClockKind.AUTHORITATIVE_RELEASE]
    assert due - evening == timedelta(hours=5)


def test_every_figure_names_its_document_and_clause() -> None:
    assert all(t.document and t.clause for of_kind in terms().values() for t in of_kind.values())


@pytest.mark.parametrize("kind", ItemKind)
def test_any_item_brings_the_facts_but_only_a_response_answers(kind: ItemKind) -> None:
    assert is_met_by(ClockKind.AUTHORITATIVE_RELEASE, kind)
    assert not is_met_by(ClockKind.PRESS_CONFERENCE, kind)
    assert is_met_by(ClockKind.RESPONSE, kind) == (kind is ItemKind.RESPONSE)


@given(st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_in_time_is_up_to_and_with_the_deadline(by: timedelta) -> None:
    in_time = settled(NOW, NOW + by) is ClockState.MET
    assert in_time == (by <= timedelta(0))


@given(st.sampled_from(TopicState), st.sampled_from(Act))
def test_a_topic_only_goes_from_open_to_closed_to_archived(state: TopicState, act: Act) -> None:
    if (state, act) in TRANSITIONS:
        order = list(TopicState)
        assert order.index(advance(state, act)) - order.index(state) in {0, 1}
    else:
        with pytest.raises(TopicStands):
            advance(state, act)
