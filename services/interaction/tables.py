"""Every table of the interaction database."""

from services.interaction.admission import models as admission
from services.interaction.citizens import models as citizens
from services.interaction.database import Base
from services.interaction.duty import models as duty
from services.interaction.group import models as group
from services.interaction.mailbox.answering import models as answering
from services.interaction.mailbox.attachments import models as attachments
from services.interaction.mailbox.clocks import models as clocks
from services.interaction.mailbox.clocks.cards import models as cards
from services.interaction.mailbox.clocks.extensions import models as extensions
from services.interaction.mailbox.clocks.recounts import models as recounts
from services.interaction.mailbox.clocks.terms import models as terms
from services.interaction.mailbox.evaluation import models as evaluation
from services.interaction.mailbox.intake import models as intake
from services.interaction.mailbox.letters import models as letters
from services.interaction.mailbox.library import models as library
from services.interaction.mailbox.notifications import models as notifications
from services.interaction.mailbox.privacy import models as privacy
from services.interaction.mailbox.publication import models as publication
from services.interaction.mailbox.screening import models as screening
from services.interaction.mailbox.sorting import models as sorting
from services.interaction.participation.consultations import models as consultations
from services.interaction.participation.interviews import models as interviews
from services.interaction.participation.surveys import models as surveys
from services.interaction.participation.voices import models as voices
from shared import idempotency, inbox, outbox
from shared.db import Ground

GROUND = (admission, citizens, duty, group)
MAILBOX = (
    answering,
    attachments,
    clocks,
    evaluation,
    intake,
    letters,
    library,
    notifications,
    privacy,
    publication,
    screening,
    sorting,
)
CLOCKS = (cards, extensions, recounts, terms)
PARTICIPATION = (consultations, interviews, surveys, voices)
TABLES = (*GROUND, *MAILBOX, *CLOCKS, *PARTICIPATION, idempotency, inbox, outbox)
METADATA = (Ground.metadata, Base.metadata)
