"""Where Alembic enters: migrate the interaction database."""

from services.interaction.tables import METADATA
from shared.migration import run

run("interaction", METADATA)
