from tests.services.content.conftest import app, client, group, service, watch

__all__ = ["app", "client", "group", "service", "watch"]
