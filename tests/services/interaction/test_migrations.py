import pytest
from alembic import command
from alembic.config import Config

from shared.migration import configuration, upgrade
from tests.support.databases import fresh_database


@pytest.fixture
def url(worker_id: str) -> str:
    return fresh_database(f"zhengbu_test_{worker_id}_interaction_migrations")


@pytest.fixture
def history(url: str) -> Config:
    return configuration("interaction", url)


def test_an_empty_database_gets_every_table_and_nothing_is_left_to_do(
    url: str, history: Config
) -> None:
    upgrade("interaction", url)
    command.check(history)


def test_the_history_can_be_walked_back_and_forward(url: str, history: Config) -> None:
    upgrade("interaction", url)
    command.downgrade(history, "base")
    upgrade("interaction", url)
    command.check(history)
