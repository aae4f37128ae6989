"""Every table of the content database."""

from services.content.assets import models as assets
from services.content.bulk import models as bulk
from services.content.database import Base
from services.content.delivery import models as delivery
from services.content.editorial import models as editorial
from services.content.editorial.link_reading import models as link_reading
from services.content.lexicons import models as lexicons
from services.content.participation import models as participation
from services.content.registry import models as registry
from services.content.registry.supervision import models as supervision
from services.content.release import models as release
from services.content.staff import models as staff
from services.content.supply import models as supply
from services.content.syndication.channels import models as channels
from services.content.syndication.directives import models as directives
from services.content.syndication.hub import models as hub
from services.content.syndication.intake import models as intake
from services.content.syndication.partners import models as partners
from services.content.syndication.recalls import models as recalls
from services.content.syndication.reposting import models as reposting
from services.content.syndication.rules import models as rules
from services.content.syndication.verification import models as verification
from services.content.topics import models as topics
from shared import idempotency, inbox, outbox
from shared.db import Ground

CAPABILITIES = (
    registry,
    supervision,
    lexicons,
    staff,
    assets,
    topics,
    editorial,
    link_reading,
    release,
    delivery,
    directives,
    rules,
    reposting,
    verification,
    recalls,
    partners,
    channels,
    intake,
    hub,
    supply,
    bulk,
    participation,
)
GROUND = (outbox, inbox, idempotency)
METADATA = (Ground.metadata, Base.metadata)
