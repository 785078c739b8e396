"""`hent worker`: answers, SMS, and Rasa's actions."""

import uvloop

from api.core.logs import configure
from api.core.settings import settings
from api.worker import work


def worker() -> None:
    """Le travailleur : réponses, SMS, actions de Rasa."""
    configure()
    uvloop.run(work(settings()))
