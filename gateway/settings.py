"""What the gateway is told from outside; it holds no secret."""

from pydantic_settings import SettingsConfigDict

from shared.settings import Settings


class GatewaySettings(Settings):
    """Where the services answer, and whether the schema may be looked into."""

    model_config = SettingsConfigDict(env_prefix="ZHENGBU_GATEWAY_")

    content_url: str = "http://127.0.0.1:8001"
    interaction_url: str = "http://127.0.0.1:8002"
    audit_url: str = "http://127.0.0.1:8003"
    introspection: bool = True
