"""Where Alembic enters: migrate the audit database."""

from services.audit.tables import METADATA
from shared.migration import run

run("audit", METADATA)
