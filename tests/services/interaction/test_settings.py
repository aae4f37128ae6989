from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from services.interaction.citizens.sealing import Keyring
from services.interaction.settings import InteractionSettings

KEY, FORMER = "k" * 40, "f" * 40
GIVEN = {"database_url": "postgresql+asyncpg://127.0.0.1/none"}


@pytest.fixture(autouse=True)
def cursors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBU_CURSOR_KEY", "c" * 40)
    monkeypatch.setenv("ZHENGBU_INTERACTION_SURVEY_KEY", "s" * 40)
    monkeypatch.setenv("ZHENGBU_INTERACTION_ATTACHMENT_KEY", "a" * 40)
    monkeypatch.setenv("ZHENGBU_INTERACTION_FILES", "files")


def test_the_letter_key_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "letter-key"
    file.write_text(f"{KEY}\n")
    filed = InteractionSettings(**GIVEN, letter_key_file=file)  # type: ignore[call-arg]  # it is read
    given = InteractionSettings(**GIVEN, letter_key=SecretStr(KEY))
    assert filed.keyring.name == given.keyring.name == Keyring(KEY).name


def test_two_letter_keys_are_one_too_many(tmp_path: Path) -> None:
    file = tmp_path / "letter-key"
    file.write_text(KEY)
    with pytest.raises(ValidationError, match="not both"):
        InteractionSettings(**GIVEN, letter_key=SecretStr(KEY), letter_key_file=file)


def test_no_letter_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="letter_key"):
        InteractionSettings(**GIVEN)  # type: ignore[call-arg]  # that is the point


def test_former_keys_are_kept_and_may_not_be_short() -> None:
    with pytest.raises(ValidationError, match="former_letter_keys"):
        InteractionSettings(
            **GIVEN, letter_key=SecretStr(KEY), former_letter_keys=[SecretStr("short")]
        )
    settings = InteractionSettings(
        **GIVEN, letter_key=SecretStr(KEY), former_letter_keys=[SecretStr(FORMER)]
    )
    assert Keyring(FORMER).marks("phone:1")[0] in settings.keyring.marks("phone:1")
