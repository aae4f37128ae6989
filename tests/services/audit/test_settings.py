import pytest
from pydantic import ValidationError

from services.audit.settings import AuditWorkerSettings
from shared.settings import Environment

DIGITS = bytes(range(32)).hex()


def settings(key: str, environment: Environment) -> AuditWorkerSettings:
    return AuditWorkerSettings.model_validate(
        {
            "checkpoint_key": key,
            "ZHENGBU_ENVIRONMENT": environment,
            "ZHENGBU_CURSOR_KEY": "c" * 32,
            "database_url": "postgresql+asyncpg://localhost/audit",
        }
    )


def test_a_key_is_read_with_or_without_its_demonstration_mark() -> None:
    plain = settings(DIGITS, Environment.PRODUCTION)
    marked = settings(f"demonstration-{DIGITS}", Environment.DEVELOPMENT)
    assert plain.signing_key.private_bytes_raw() == bytes(range(32))
    assert marked.signing_key.private_bytes_raw() == bytes(range(32))


@pytest.mark.parametrize("key", [f"demonstration-{DIGITS}", DIGITS[:-2], "g" * 64, ""])
def test_production_refuses_a_demonstration_key_and_what_is_no_key(key: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        settings(key, Environment.PRODUCTION)
    assert not key or key not in str(refusal.value)


def test_the_environment_names_are_the_services_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBU_AUDIT_CHECKPOINT_KEY", DIGITS)
    monkeypatch.setenv("ZHENGBU_AUDIT_DATABASE_URL", "postgresql+asyncpg://localhost/audit")
    monkeypatch.setenv("ZHENGBU_CURSOR_KEY", "c" * 32)
    assert AuditWorkerSettings().checkpoint_origin == "zhengbu/trail"
