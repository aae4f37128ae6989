"""What the content service is told from outside."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.destination import Allowed, networks
from shared.settings import (
    DEMONSTRATION,
    ApiSettings,
    FilesSettings,
    ScannerSettings,
    Settings,
    WorkerSettings,
)

LOCAL_ADDRESS = "http://127.0.0.1:8001"
PREFIX = SettingsConfigDict(env_prefix="ZHENGBU_CONTENT_")

SubscriptionKey = Annotated[
    SecretStr,
    Field(description="Subscribers' secrets are derived from it: 32 characters or more."),
]
ChannelKey = Annotated[
    SecretStr,
    Field(description="Seals the secrets of channels: 32 characters or more."),
]


class OutboundSettings(Settings):
    """What of the outside may be called, and may be named to be called."""

    model_config = PREFIX

    outbound_networks: list[str] = Field(
        default=[], description="Networks we may be made to call although they are not public."
    )
    outbound_ports: list[int] = Field(
        default=[80, 443], description="Ports at which public addresses may be called."
    )

    @property
    def allowed(self) -> Allowed:
        """What may be called."""
        return Allowed(networks(self.outbound_networks), frozenset(self.outbound_ports))


SEED = re.compile(rf"(?:{DEMONSTRATION})?[0-9a-f]{{64}}")


def _seed(given: SecretStr) -> SecretStr:
    if SEED.fullmatch(given.get_secret_value()) is None:
        raise ValueError("not 64 lower-case hex digits")
    return given


StatementKey = Annotated[
    SecretStr,
    AfterValidator(_seed),
    Field(description="Signs manifests and certificates: an Ed25519 seed of 64 hex digits."),
]


class WorkshopSettings(ScannerSettings, FilesSettings):
    """Where files lie, and what they are looked into and converted with."""

    model_config = PREFIX

    ffmpeg: str | None = Field(
        default=None, description="The ffmpeg to use; one installed for local use otherwise."
    )


class TrustedIssuer(BaseModel):
    """An outside issuer whose tokens are taken: where its keys are, and whom it must address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    jwks_url: HttpUrl
    audience: str


class ContentSettings(FilesSettings, OutboundSettings, ApiSettings):
    """Settings of the content API, which issues tokens."""

    model_config = PREFIX

    signing_key: SecretStr = Field(
        description="Signs access tokens: an Ed25519 seed of 64 hex digits."
    )
    founding_secret: SecretStr = Field(description="Lets the group be founded, once.")
    subscription_key: SubscriptionKey
    channel_key: ChannelKey
    further_keys: list[str] = Field(
        default=[],
        description="Public keys (`x`) that the JWKS also shows: the next one, or the last one.",
    )
    statement_key: StatementKey
    former_statement_keys: list[str] = Field(
        default=[],
        description="Public keys (`x`) that signed earlier statements, which still verify.",
    )
    trusted_issuers: list[TrustedIssuer] = Field(
        default=[], description="Outside issuers whose tokens are exchanged for ours."
    )
    trusted_proxies: list[str] = Field(
        default=[], description="Networks of the proxies whose X-Forwarded-For is believed."
    )
    public_address: str = Field(
        default=LOCAL_ADDRESS,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="Where the world reaches this API: feeds, sitemaps and QR codes name it.",
    )


class ContentWorkerSettings(WorkshopSettings, OutboundSettings, WorkerSettings):
    """Settings of the content worker, which opens files, reads the web and calls subscribers."""

    model_config = PREFIX

    subscription_key: SubscriptionKey
    channel_key: ChannelKey
    statement_key: StatementKey
    read_links: bool = Field(
        default=True,
        description="Whether to read links, pages of reposts and feeds; it takes a way out.",
    )
    link_reader: str = Field(
        default="zhengbu-link-reader (reads links and reposts of government websites)",
        pattern=r"^[!-~]([ -~]*[!-~])?$",
        description="How the reader calls itself (User-Agent): name whom to ask.",
    )
