from tests.services.content.conftest import (
    app,
    client,
    database,
    founding,
    group,
    service,
    watch,
)

__all__ = ["app", "client", "database", "founding", "group", "service", "watch"]
