import pytest
from pydantic import SecretStr, ValidationError

from services.content.settings import ContentWorkerSettings
from shared.settings import DEMONSTRATION, Environment

DIGITS = bytes(range(32)).hex()


def told(key: str, environment: Environment = Environment.PRODUCTION) -> ContentWorkerSettings:
    return ContentWorkerSettings(
        ZHENGBU_ENVIRONMENT=environment,
        database_url="postgresql+asyncpg://x",
        subscription_key=SecretStr("k" * 40),
        channel_key=SecretStr("c" * 40),
        statement_key=SecretStr(key),
        files="files",
    )


def test_a_statement_key_for_show_is_refused_in_production() -> None:
    assert told(DIGITS).statement_key.get_secret_value() == DIGITS
    with pytest.raises(ValidationError, match="statement_key"):
        told(DEMONSTRATION + DIGITS)
    assert told(DEMONSTRATION + DIGITS, Environment.DEVELOPMENT)


@pytest.mark.parametrize("key", ["", DIGITS[1:], DIGITS + "0", DIGITS.upper(), "x" * 64])
def test_what_is_no_seed_is_refused_before_anything_is_signed_and_not_told(key: str) -> None:
    with pytest.raises(ValidationError, match="not 64 lower-case hex digits") as refused:
        told(key, Environment.DEVELOPMENT)
    assert not key or key not in str(refused.value)
