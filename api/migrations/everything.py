"""Every table of the house, in one metadata: for migrations, for retention, for the tests that read it."""

import api.appointments.tables
import api.authorities.tables
import api.beneficiaries.tables
import api.caseworkers.tables
import api.conversations.learning.tables
import api.conversations.rasa_tables
import api.conversations.sms_tables
import api.conversations.tables
import api.core.heartbeats
import api.core.installation
import api.desk.tables
import api.escalations.tables
import api.identity.tables
import api.letters.tables
import api.mails.tables
import api.pathways.tables
import api.support.tables
import api.texts.tables
import api.training.tables  # noqa: F401
from api.core.columns import Base

METADATA = Base.metadata
