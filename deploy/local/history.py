"""Writing the next step of a service's history, against an empty database of our own."""

import asyncio
import tempfile
from pathlib import Path

from alembic import command

from deploy.local.servers import start_postgres
from deploy.local.stack import create_database
from shared.migration import configuration, upgrade


def write(service: str, message: str) -> None:
    """Write a migration that takes the present history to what the tables now say."""
    with tempfile.TemporaryDirectory(prefix="zhengbu-") as folder:
        Path(folder).chmod(0o711)
        server = start_postgres(Path(folder) / "postgres", options=["fsync=off"])
        try:
            url = f"{server.url}/history"
            asyncio.run(create_database(url))
            upgrade(service, url)
            command.revision(configuration(service, url), message=message, autogenerate=True)
        finally:
            server.stop()
