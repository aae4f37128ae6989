"""Every table of the audit database."""

from services.audit.assessment import models as assessment
from services.audit.database import Base
from services.audit.monitoring import models as monitoring
from services.audit.trail import models as trail
from shared import idempotency, inbox, outbox
from shared.db import Ground

TABLES = (trail, monitoring, assessment, idempotency, inbox, outbox)
METADATA = (Ground.metadata, Base.metadata)
