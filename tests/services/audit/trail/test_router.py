import json

import pytest

from services.audit.trail import merkle
from services.audit.trail.checkpoint import verify
from shared.contracts.staff import PersonJoined
from shared.ids import new_id
from tests.factories.audit import CITY
from tests.services.audit.conftest import KEY, Office
from tests.support.queries import CountQueries

TRAIL = "/v1/public/trail"


async def join(office: Office, times: int) -> None:
    events = [PersonJoined(person_id=new_id(), organization=CITY) for _ in range(times)]
    await office.hear(*events)


async def test_every_event_is_kept_once_with_its_envelope(office: Office) -> None:
    await join(office, 3)
    page = (await office.get(f"{TRAIL}/entries")).json()
    events = [json.loads(entry["event"]) for entry in page["items"]]
    assert [entry["sequence"] for entry in page["items"]] == [0, 1, 2, 3, 4]
    assert [event["type"] for event in events[2:]] == ["content.person.joined"] * 3
    assert events[0]["specversion"] == "1.0"
    assert page["next"] is None
    for entry in page["items"]:
        assert merkle.leaf_hash(entry["event"].encode()).hex() == entry["leaf_hash"]


async def test_entries_are_paged_by_sequence_number(office: Office) -> None:
    await join(office, 3)
    first = (await office.get(f"{TRAIL}/entries", first=2)).json()
    assert first["cursors"] == ["0", "1"]
    rest = (await office.get(f"{TRAIL}/entries", first=3, after=first["next"])).json()
    assert [entry["sequence"] for entry in rest["items"]] == [2, 3, 4]
    assert rest["next"] is None


async def test_before_anything_is_signed_there_is_no_checkpoint(office: Office) -> None:
    for path in ("checkpoint", "key", "proof?sequence=0", "consistency?older=0", "export"):
        answer = await office.get(f"{TRAIL}/{path}")
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/nothing-signed"


async def test_the_checkpoint_is_a_signed_note(office: Office) -> None:
    await office.sign()
    answer = await office.get(f"{TRAIL}/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert verify(answer.text, KEY.public_key()).size == 2
    [listed] = (await office.get(f"{TRAIL}/checkpoints")).json()["items"]
    assert (listed["note"], listed["size"]) == (answer.text, 2)
    key = await office.get(f"{TRAIL}/key")
    assert key.text == listed["verifier_key"] + "\n"


async def test_every_entry_is_proved_to_be_in_every_later_trail(office: Office) -> None:
    await join(office, 5)
    for size in range(1, 8):
        for sequence in range(size):
            proof = (await office.get(f"{TRAIL}/proof", sequence=sequence, size=size)).json()
            leaf, root = bytes.fromhex(proof["leaf_hash"]), bytes.fromhex(proof["root"])
            path = [bytes.fromhex(step) for step in proof["path"]]
            assert merkle.verify_inclusion(leaf, sequence, size, path, root)


async def test_growth_is_proved_between_any_two_sizes(office: Office) -> None:
    await join(office, 5)
    await office.sign()
    for newer in range(8):
        for older in range(newer + 1):
            query = {"older": older} if newer == 7 else {"older": older, "newer": newer}
            proof = (await office.get(f"{TRAIL}/consistency", **query)).json()
            roots = [bytes.fromhex(proof[name]) for name in ("older_root", "newer_root")]
            path = [bytes.fromhex(step) for step in proof["path"]]
            assert proof["newer"] == newer
            assert merkle.verify_consistency(older, newer, roots[0], roots[1], path)


async def test_an_export_is_as_long_as_it_was_asked_to_be(office: Office) -> None:
    await join(office, 3)
    for size in range(6):
        lines = (await office.get(f"{TRAIL}/export", size=size)).text.splitlines()
        assert [json.loads(line)["sequence"] for line in lines] == list(range(size))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("proof?sequence=2&size=2", 404),
        ("proof?sequence=0&size=3", 404),
        (f"proof?sequence=0&size={2**53}", 404),
        ("consistency?older=2&newer=1", 404),
        ("consistency?older=2&newer=3", 404),
        ("export?size=3", 404),
        ("proof?sequence=-1&size=2", 422),
        (f"proof?sequence={2**70}&size=2", 422),
        ("entries?first=1001", 422),
        ("entries?after=%00", 422),
        ("entries?start=1", 422),
        ("consistency", 422),
    ],
)
async def test_what_the_trail_never_had_is_refused(office: Office, path: str, status: int) -> None:
    await office.sign()
    answer = await office.get(f"{TRAIL}/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_reading_costs_the_same_however_long_the_trail(
    office: Office, count_queries: CountQueries
) -> None:
    await office.sign()
    for _ in range(2):
        await join(office, 10)
        with count_queries(1):
            await office.get(f"{TRAIL}/entries")
        with count_queries(1):
            await office.get(f"{TRAIL}/proof", sequence=1, size=9)
        with count_queries(1):
            await office.get(f"{TRAIL}/consistency", older=3, newer=9)
        with count_queries(1):
            await office.get(f"{TRAIL}/checkpoint")
        with count_queries(2):
            await office.get(f"{TRAIL}/export", size=9)


async def test_appending_costs_the_same_however_long_the_trail(
    office: Office, count_queries: CountQueries
) -> None:
    for _ in range(4):
        with count_queries(6):  # inbox, lock, size, nodes to join, entry, nodes
            await join(office, 1)


async def test_signing_an_unchanged_trail_costs_two_questions(
    office: Office, count_queries: CountQueries
) -> None:
    await office.sign()
    with count_queries(2):
        await office.sign()
