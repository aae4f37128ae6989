"""What the audit service is told from outside."""

import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict

from shared.settings import DEMONSTRATION, ApiSettings, WorkerSettings

KEY = re.compile(rf"(?:{DEMONSTRATION})?([0-9a-f]{{64}})")


class AuditSettings(ApiSettings):
    """Settings of the audit API, which can do without the key of the trail."""

    model_config = SettingsConfigDict(env_prefix="ZHENGBU_AUDIT_")


class AuditWorkerSettings(WorkerSettings):
    """Settings of the audit worker, which signs the trail's checkpoints."""

    model_config = SettingsConfigDict(env_prefix="ZHENGBU_AUDIT_")

    checkpoint_key: SecretStr = Field(
        description="Ed25519 private key that signs checkpoints: 64 hex digits, "
        "after `demonstration-` if it is only for show."
    )
    checkpoint_origin: str = Field(
        default="zhengbu/trail", description="The trail's name in its checkpoints."
    )

    @field_validator("checkpoint_key")
    @classmethod
    def _is_a_key(cls, given: SecretStr) -> SecretStr:
        if KEY.fullmatch(given.get_secret_value()) is None:
            raise ValueError("not 64 lower-case hex digits")
        return given

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs checkpoints."""
        digits = self.checkpoint_key.get_secret_value().removeprefix(DEMONSTRATION)
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(digits))
