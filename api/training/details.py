"""All that is known of one course, for whoever thinks of joining it."""

from datetime import date

from api.knowledge.plain import asks
from api.texts.schemas import Saying
from api.training.picking import Picked
from api.training.sayings import detail, labelled
from api.training.search import Offer
from api.training.shown import is_open

NOTHING_SHOWN = Saying("training_nothing_shown")


def details(picked: Picked, today: date, text: str = "") -> list[Saying]:
    """The course that is meant, or that it has closed, or the question which one; of several, how long each lasts.

    `text`: what was asked.
    """
    if picked.offer and is_open(picked.offer, today):
        return [Saying("training_detail", detail(picked.offer))]
    if picked.offer or picked.gone:
        return [closed(picked.offer)]
    if not picked.among:
        return [NOTHING_SHOWN]
    which = "training_lasts" if asks("how_long", text) else "training_detail_which"
    return [Saying(which, {"courses": labelled(picked.among)})]


def closed(offer: Offer | None) -> Saying:
    """That nobody can join it any more; its title while it is still known."""
    known = detail(offer) if offer else {"title": None, "town": None}
    return Saying("training_closed", {"title": known["title"], "town": known["town"]})
