"""What every process is told from outside; nothing secret has a default."""

from enum import StrEnum
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMONSTRATION = "demonstration-"
SHORTEST_SECRET = 32


class Environment(StrEnum):
    """Where the process runs; production refuses whatever only a demonstration may use."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Settings common to all processes, read from the environment once, at start."""

    model_config = SettingsConfigDict(
        env_prefix="ZHENGBU_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    environment: Environment = Field(
        default=Environment.PRODUCTION, validation_alias="ZHENGBU_ENVIRONMENT"
    )
    log_level: str = Field(default="INFO", validation_alias="ZHENGBU_LOG_LEVEL")

    @model_validator(mode="after")
    def refuse_weak_secrets(self) -> Self:
        """Stop a production start that carries a demonstration or a short secret."""
        weak = [
            name
            for name, value in self
            for secret in (value if isinstance(value, list) else [value])
            if isinstance(secret, SecretStr) and _is_weak(secret.get_secret_value())
        ]
        if weak and self.environment is Environment.PRODUCTION:
            raise ValueError(f"{', '.join(weak)}: demonstration or short secrets in production")
        return self


class DatabaseSettings(Settings):
    """Settings of a process that stands on a database."""

    database_url: str


class ApiSettings(DatabaseSettings):
    """Settings of a service's API."""

    cursor_key: SecretStr = Field(validation_alias="ZHENGBU_CURSOR_KEY")
    jwks_url: str = Field(
        default="http://127.0.0.1:8001/.well-known/jwks.json", validation_alias="ZHENGBU_JWKS_URL"
    )
    issuer: str = Field(default="zhengbu", validation_alias="ZHENGBU_ISSUER")


class WorkerSettings(DatabaseSettings):
    """Settings of a service's worker."""

    nats_url: str = Field(default="nats://127.0.0.1:4222", validation_alias="ZHENGBU_NATS_URL")


class FilesSettings(Settings):
    """Where files lie: a folder, or a bucket and how it is reached."""

    files: str = Field(description="A folder, or `s3://bucket/prefix`.", min_length=1)
    files_endpoint: str | None = Field(
        default=None, description="Where the bucket answers, when it is not Amazon's."
    )
    files_region: str = Field(default="us-east-1", description="The bucket's region.")
    files_key_id: str | None = Field(
        default=None, description="Names the key; without one the place of the process is trusted."
    )
    files_secret_key: SecretStr | None = Field(default=None, description="The key itself.")


class ScannerSettings(Settings):
    """What files are looked into with beside ourselves."""

    clamd: str | None = Field(
        default=None, pattern=r"^\S+:\d{1,5}$", description="The virus scanner, as `host:port`."
    )


def _is_weak(secret: str) -> bool:
    return secret.startswith(DEMONSTRATION) or len(secret) < SHORTEST_SECRET
