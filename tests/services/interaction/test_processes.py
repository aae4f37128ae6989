from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from services.interaction import app, worker
from services.interaction.citizens.sealing import Keyring
from services.interaction.tables import METADATA
from services.interaction.worker import CONSUMER

ENVIRONMENT = {
    "ZHENGBU_INTERACTION_DATABASE_URL": "postgresql+asyncpg://127.0.0.1/none",
    "ZHENGBU_INTERACTION_LETTER_KEY": "k" * 32,
    "ZHENGBU_INTERACTION_SURVEY_KEY": "s" * 32,
    "ZHENGBU_INTERACTION_ATTACHMENT_KEY": "a" * 32,
    "ZHENGBU_CURSOR_KEY": "c" * 32,
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ZHENGBU_INTERACTION_FILES", str(tmp_path))
    logging = structlog.get_config()
    yield
    structlog.configure(**logging)


def test_the_api_holds_the_letter_key_and_the_worker_does_not() -> None:
    assert isinstance(app.create().state.keyring, Keyring)
    assert not hasattr(worker.create().state, "keyring")


def test_the_api_asks_strangers_for_a_proof_unless_it_is_told_not_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert app.create().state.gate.asks_for_proof
    monkeypatch.setenv("ZHENGBU_INTERACTION_PROOF_OF_WORK", "false")
    assert not app.create().state.gate.asks_for_proof


def test_the_worker_listens_to_the_registry() -> None:
    for wanted in (
        "content.organization.registered",
        "content.site.opened",
        "content.workdays.noticed",
        "content.person.deactivated",
        "content.post.vacated",
    ):
        assert CONSUMER.handlers(wanted)
    assert not CONSUMER.handlers("content.item.released")


def test_the_ground_tables_are_known() -> None:
    assert {"inbox", "outbox", "idempotency_keys"} <= set(METADATA[0].tables)
