import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared import contracts
from shared.contracts.content import ItemSubmitted
from shared.events import Envelope, Event
from shared.ids import new_id


def events() -> Iterator[type[Event]]:
    for module in pkgutil.iter_modules(contracts.__path__):
        found = importlib.import_module(f"{contracts.__name__}.{module.name}")
        yield from (
            thing
            for thing in vars(found).values()
            if isinstance(thing, type)
            and issubclass(thing, Event)
            and thing.__module__ == found.__name__
        )


ALL = list(events())
text = st.text(st.characters(exclude_categories=["Cs"]))


def test_there_are_events() -> None:
    assert len(ALL) > 20


def test_no_two_events_share_a_type() -> None:
    types = [event.type for event in ALL]
    assert sorted(types) == sorted(set(types))


@pytest.mark.parametrize("event", ALL, ids=lambda event: event.type)
def test_each_event_is_about_one_of_its_required_fields(event: type[Event]) -> None:
    assert event.model_fields[event.subject_field].is_required()


@pytest.mark.parametrize("event", ALL, ids=lambda event: event.type)
def test_each_type_names_service_and_thing_and_what_happened(event: type[Event]) -> None:
    service, thing, happened = event.type.split(".")
    assert service in {"content", "interaction", "audit"}
    assert thing.isidentifier()
    assert happened.isidentifier()


@pytest.mark.parametrize("event", ALL, ids=lambda event: event.type)
def test_each_event_passes_over_what_a_newer_sender_adds(event: type[Event]) -> None:
    assert event.model_config["extra"] == "ignore"
    assert event.__doc__


@given(st.uuids(), text, text, st.datetimes(timezones=st.just(UTC)))
def test_an_event_comes_back_from_the_wire_as_it_went(
    name: UUID, site: str, actor: str, time: datetime
) -> None:
    event = ItemSubmitted(item_id=name, site_code=site, content_hash="0")
    sent = Envelope(
        id=new_id(),
        source="/content",
        type=event.type,
        subject=event.subject,
        time=time,
        actor=actor,
        requestid="request",
        data=event.model_dump(mode="json"),
    )
    received = Envelope.model_validate_json(sent.model_dump_json().encode())
    assert received == sent
    assert ItemSubmitted.model_validate(received.data) == event
    assert received.subject == str(name)


def test_an_envelope_is_a_cloud_event_in_json() -> None:
    event = ItemSubmitted(item_id=UUID(int=1), site_code="3403000006", content_hash="0")
    envelope = Envelope(
        id=UUID(int=2),
        source="/content",
        type=event.type,
        subject=event.subject,
        time=datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8))),
        actor="person:1",
        requestid="3",
        data=event.model_dump(mode="json"),
    )
    assert envelope.model_dump(mode="json") == {
        "specversion": "1.0",
        "id": "00000000-0000-0000-0000-000000000002",
        "source": "/content",
        "type": "content.item.submitted",
        "subject": "00000000-0000-0000-0000-000000000001",
        "time": "2026-03-02T09:00:00+08:00",
        "datacontenttype": "application/json",
        "actor": "person:1",
        "requestid": "3",
        "data": {
            "item_id": "00000000-0000-0000-0000-000000000001",
            "site_code": "3403000006",
            "content_hash": "0",
            "emergency": False,
        },
    }


def test_an_envelope_of_another_version_is_refused() -> None:
    with pytest.raises(ValidationError, match="specversion"):
        Envelope.model_validate({"specversion": "0.3"})


def test_an_event_cannot_be_changed() -> None:
    event = ItemSubmitted(item_id=UUID(int=1), site_code="3403000006", content_hash="0")
    with pytest.raises(ValidationError, match="frozen"):
        event.site_code = "3403210001"  # type: ignore[misc]  # the point
