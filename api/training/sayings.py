"""From offers to names and facts of `data/texts/training.yml`."""

from collections.abc import Sequence

from api.authorities.communes import Commune
from api.authorities.places import as_told, town
from api.texts.schemas import Saying
from api.training.search import Offer, Page
from api.training.tables import Entry
from api.training.wish import Wish

ASK_TRADE = Saying("training_ask_trade")
ASK_PLACE = Saying("training_ask_place")
NO_MORE = Saying("training_no_more")


def found(page: Page, wish: Wish, centre: Commune) -> list[Saying]:
    """How many there are, then the first of them."""
    heading = {"trade": wish.label, "place": centre.name, "count": page.left}
    return [Saying("training_found", heading), *listed(page)]


def farther(page: Page, wish: Wish, centre: Commune) -> list[Saying]:
    """That nothing is near, then the nearest."""
    nearest = page.offers[0]
    heading = {"trade": wish.label, "place": centre.name, "town": town(nearest.session), "km": round(nearest.km)}
    return [Saying("training_farther", heading), *listed(page)]


def none(wish: Wish, centre: Commune) -> list[Saying]:
    """That nothing is open anywhere."""
    return [Saying("training_none", {"trade": wish.label, "place": centre.name})]


def which_place(namesakes: Sequence[Commune]) -> list[Saying]:
    """The communes of one name, to choose from."""
    return [Saying("training_which_place", {"places": [as_told(commune) for commune in namesakes]})]


def listed(page: Page) -> list[Saying]:
    """The offers of a page, and how to see the next."""
    items = [Saying("training_item", _facts(offer)) for offer in page.offers]
    return [*items, Saying("training_more_hint")] if page.left > len(page.offers) else items


def _facts(offer: Offer) -> dict[str, object]:
    session = offer.session
    permanent = session.entry is Entry.permanent
    return {
        "title": offer.training.title,
        "provider": offer.training.provider,
        "town": town(session),
        "km": round(offer.km),
        "permanent": permanent,
        "starts_on": None if permanent else session.starts_on,
        "hours": session.hours,
        "cost_cents": session.remaining_cost_cents,
        "phone": session.phone,
        "updated_on": session.updated_on,
    }
