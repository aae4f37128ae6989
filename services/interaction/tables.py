"""Every table of the interaction database."""

from services.interaction.database import Base
from services.interaction.group import models as group
from services.interaction.mailbox import models as mailbox
from shared import idempotency, inbox, outbox
from shared.db import Ground

TABLES = (group, mailbox, idempotency, inbox, outbox)
METADATA = (Ground.metadata, Base.metadata)
