"""What the interaction service is told from outside."""

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.settings import ApiSettings, WorkerSettings


class InteractionSettings(ApiSettings):
    """Settings of the interaction API, which alone opens letters."""

    model_config = SettingsConfigDict(env_prefix="ZHENGBU_INTERACTION_")

    letter_key: SecretStr = Field(
        description="Seals citizens' letters: 32 bytes or more, any text; losing it loses them."
    )


class InteractionWorkerSettings(WorkerSettings):
    """Settings of the interaction worker, which sees no letter's content."""

    model_config = SettingsConfigDict(env_prefix="ZHENGBU_INTERACTION_")
