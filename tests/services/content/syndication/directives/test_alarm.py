from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.content.syndication.directives.alarm import escalation, following, reminders
from tests.support.people import NOW

DAY = timedelta(hours=24)
terms = st.timedeltas(timedelta(minutes=1), timedelta(days=366))


def test_a_site_is_reminded_twice_and_its_supervisor_told_a_quarter_of_the_time_after() -> None:
    due = NOW + DAY
    assert reminders(NOW, due) == [NOW + timedelta(hours=12), NOW + timedelta(hours=21.6)]
    assert escalation(NOW, due) == NOW + timedelta(hours=30)


@given(terms)
def test_reminders_lie_before_the_deadline_and_the_escalation_after(term: timedelta) -> None:
    due = NOW + term
    steps = [NOW, *reminders(NOW, due), due, escalation(NOW, due)]
    assert all(one < other for one, other in pairwise(steps))


def test_what_passed_unheard_is_not_made_up_for() -> None:
    due = NOW + DAY
    first, second = reminders(NOW, due)
    assert following(NOW, due, NOW) == first
    assert following(NOW, due, first) == second
    assert following(NOW, due, second + timedelta(minutes=1)) == escalation(NOW, due)
    assert following(NOW, due, escalation(NOW, due)) is None
