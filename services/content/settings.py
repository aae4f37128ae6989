"""What the content service is told from outside."""

from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.settings import ApiSettings, WorkerSettings

LOCAL_ADDRESS = "http://127.0.0.1:8001"
PREFIX = SettingsConfigDict(env_prefix="ZHENGBU_CONTENT_")

SubscriptionKey = Annotated[
    SecretStr,
    Field(description="Subscribers' secrets are derived from it: 32 characters or more."),
]


class ContentSettings(ApiSettings):
    """Settings of the content API, which issues tokens."""

    model_config = PREFIX

    signing_key: SecretStr = Field(
        description="Signs access tokens: an Ed25519 seed of 64 hex digits."
    )
    founding_secret: SecretStr = Field(description="Lets the group be founded, once.")
    subscription_key: SubscriptionKey
    public_address: str = Field(
        default=LOCAL_ADDRESS,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="Where the world reaches this API: feeds, sitemaps and QR codes name it.",
    )


class ContentWorkerSettings(WorkerSettings):
    """Settings of the content worker, which calls subscribers."""

    model_config = PREFIX

    subscription_key: SubscriptionKey
    outbound_networks: list[str] = Field(
        default=[], description="Networks that webhooks may reach although they are not public."
    )
