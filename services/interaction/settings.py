"""What the interaction service is told from outside."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, FilePath, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from services.interaction.citizens.sealing import Keyring
from shared.settings import (
    ApiSettings,
    FilesSettings,
    ScannerSettings,
    Settings,
    WorkerSettings,
)

PREFIX = SettingsConfigDict(env_prefix="ZHENGBU_INTERACTION_")

AttachmentKey = Annotated[
    SecretStr,
    Field(description="Opens attachments that wait to be judged: 32 characters or more."),
]


class LetterKeySettings(Settings):
    """The keys citizens' letters are sealed with."""

    model_config = PREFIX

    letter_key: SecretStr = Field(
        description="Seals citizens' letters: 32 characters or more; losing it loses them."
    )
    letter_key_file: FilePath | None = Field(
        default=None, description="A file that holds the letter key, in place of the setting."
    )
    former_letter_keys: list[SecretStr] = Field(
        default=[], description="Keys that letters were sealed with, until all are sealed anew."
    )

    @model_validator(mode="before")
    @classmethod
    def _read_key(cls, told: dict[str, Any]) -> dict[str, Any]:
        if path := told.get("letter_key_file"):
            if told.get("letter_key"):
                raise ValueError("letter_key: give it, or a file that holds it, not both")
            return told | {"letter_key": Path(path).read_text("utf-8").strip()}
        return told

    @property
    def keyring(self) -> Keyring:
        """The keys letters are sealed with."""
        former = (key.get_secret_value() for key in self.former_letter_keys)
        return Keyring(self.letter_key.get_secret_value(), tuple(former))


class InteractionSettings(LetterKeySettings, FilesSettings, ApiSettings):
    """Settings of the interaction API, which alone opens letters."""

    model_config = PREFIX

    survey_key: SecretStr = Field(
        description="Seals what is written in surveys, and marks the passes that were used."
    )

    attachment_key: AttachmentKey
    trusted_proxies: list[str] = Field(
        default=[], description="Networks of the proxies whose X-Forwarded-For is believed."
    )
    proof_of_work: bool = Field(
        default=True, description="Whether what strangers send takes a proof of work."
    )


class InteractionWorkerSettings(ScannerSettings, FilesSettings, WorkerSettings):
    """Settings of the interaction worker, which opens attachments to judge them, and no letter."""

    model_config = PREFIX

    attachment_key: AttachmentKey
