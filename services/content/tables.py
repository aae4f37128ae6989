"""Every table of the content database."""

from services.content.database import Base
from services.content.editorial import models as editorial
from services.content.registry import models as registry
from services.content.release import models as release
from services.content.staff import models as staff
from services.content.supply import models as supply
from services.content.syndication import models as syndication
from services.content.topics import models as topics
from shared import idempotency, inbox, outbox
from shared.db import Ground

CAPABILITIES = (registry, staff, topics, editorial, release, syndication, supply)
GROUND = (outbox, inbox, idempotency)
METADATA = (Ground.metadata, Base.metadata)
