"""Where Alembic enters: migrate the content database."""

from services.content.tables import METADATA
from shared.migration import run

run("content", METADATA)
