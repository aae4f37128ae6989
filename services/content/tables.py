"""Every table of the content database."""

from services.content.database import Base
from services.content.delivery import models as delivery
from services.content.editorial import models as editorial
from services.content.registry import models as registry
from services.content.release import models as release
from services.content.staff import models as staff
from services.content.syndication import models as syndication
from shared import idempotency, inbox, outbox
from shared.db import Ground

CAPABILITIES = (registry, staff, editorial, release, delivery, syndication)
GROUND = (outbox, inbox, idempotency)
METADATA = (Ground.metadata, Base.metadata)
