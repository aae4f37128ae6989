import pytest
from pydantic import SecretStr, ValidationError
from pydantic_settings import SettingsConfigDict

from shared.settings import DEMONSTRATION, SHORTEST_SECRET, ApiSettings, Environment

LONG = "x" * SHORTEST_SECRET
PASSWORD = "correct-horse"  # noqa: S105  # what must not be printed
DATABASE = f"postgresql+asyncpg://zhengbu:{PASSWORD}@db/zhengbu"


class OfficeSettings(ApiSettings):
    """Settings of a service there is none of."""

    model_config = SettingsConfigDict(env_prefix="ZHENGBU_OFFICE_")

    seal: SecretStr


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENVIRONMENT", "NATS_URL", "JWKS_URL"):
        monkeypatch.delenv(f"ZHENGBU_{name}", raising=False)
    monkeypatch.setenv("ZHENGBU_CURSOR_KEY", LONG)
    monkeypatch.setenv("ZHENGBU_OFFICE_SEAL", LONG)
    monkeypatch.setenv("ZHENGBU_OFFICE_DATABASE_URL", DATABASE)


def test_settings_come_from_the_environment() -> None:
    settings = OfficeSettings()
    assert settings.environment is Environment.PRODUCTION
    assert settings.database_url == DATABASE
    assert settings.seal.get_secret_value() == LONG


@pytest.mark.parametrize("secret", ["", "short-secret", DEMONSTRATION + LONG])
def test_production_refuses_demonstration_and_short_secrets_by_name(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("ZHENGBU_OFFICE_SEAL", secret)
    monkeypatch.setenv("ZHENGBU_CURSOR_KEY", secret)
    with pytest.raises(ValidationError) as refused:
        OfficeSettings()
    told = str(refused.value)
    assert "seal" in told
    assert "cursor_key" in told
    assert not secret or secret not in told
    assert PASSWORD not in told


def test_development_takes_a_demonstration_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBU_OFFICE_SEAL", DEMONSTRATION)
    monkeypatch.setenv("ZHENGBU_ENVIRONMENT", "development")
    assert OfficeSettings().seal.get_secret_value() == DEMONSTRATION


def test_a_setting_that_lacks_is_named_and_the_others_are_not_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ZHENGBU_OFFICE_SEAL")
    with pytest.raises(ValidationError) as refused:
        OfficeSettings()
    told = str(refused.value)
    assert "seal" in told
    assert PASSWORD not in told
    assert LONG not in told


def test_a_secret_is_not_printed_with_the_settings() -> None:
    assert LONG not in repr(OfficeSettings())


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        OfficeSettings().log_level = "DEBUG"  # type: ignore[misc]  # the point
