"""From offers to names and facts of `data/texts/training.yml`."""

from collections import Counter
from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from api.authorities.communes import Commune
from api.authorities.places import as_told, departement, town
from api.texts.schemas import Saying
from api.training.search import Offer, Page
from api.training.tables import Entry, Teaching
from api.training.wish import Wish

ASK_TRADE = Saying("training_ask_trade")
ASK_PLACE = Saying("training_ask_place")
NO_MORE = Saying("training_no_more")
LABEL = 30
"""Signs of a course's name on a button: two short lines on a telephone."""
AT_LEAST = 12
"""Of its title, beside a town with a long name ("La Chapelle du Lou du Lac")."""


def found(page: Page, wish: Wish, centre: Commune | None) -> list[Saying]:
    """How many there are, then the first of them."""
    return [Saying("training_found", _asked(wish, centre) | {"count": page.left}), *listed(page)]


def farther(page: Page, wish: Wish, centre: Commune | None) -> list[Saying]:
    """That nothing is near, then the nearest, and whether something can be followed from home."""
    away = [offer for offer in page.offers if offer.km is not None]
    nearest = {"town": town(away[0].session), "km": _km(away[0])} if away else {"town": None, "km": None}
    at_home = len(away) < len(page.offers)
    return [Saying("training_farther", _asked(wish, centre) | nearest | {"at_home": at_home}), *listed(page)]


def none(wish: Wish, centre: Commune | None, in_the_way: Sequence[str]) -> list[Saying]:
    """That nothing is open anywhere, and what may be given up so that something is."""
    if in_the_way:
        return [Saying("training_none_refined", _asked(wish, centre) | {"drops": list(in_the_way)})]
    return [Saying("training_none", {"trade": wish.label, "place": centre.name if centre else None})]


def which_place(namesakes: Sequence[Commune]) -> list[Saying]:
    """The communes of one name, to choose from."""
    return [Saying("training_which_place", {"places": [as_told(commune) for commune in namesakes]})]


def listed(page: Page) -> list[Saying]:
    """The offers of a page, numbered, how to know more of one, and how to see the next."""
    # With all facts, also those that a list does not say: what is asked next is answered from them.
    items = [Saying("training_item", detail(offer, number)) for number, offer in enumerate(page.offers, 1)]
    choices = {"courses": labelled(page.offers), "more": page.left > len(page.offers)}
    return [*items, Saying("training_choose", choices)]


def item(offer: Offer, number: int | None = None) -> dict[str, object]:
    """What a list says of an offer; `number` as it stands in the list."""
    session = offer.session
    permanent = session.entry is Entry.permanent
    return {
        "number": number,
        "title": offer.training.title,
        "provider": offer.training.provider,
        "teaching": session.teaching,
        "town": None if session.teaching is Teaching.remote else town(session),
        "departement": None if session.teaching is Teaching.remote else departement(session),
        "km": _km(offer),
        "permanent": permanent,
        "starts_on": None if permanent else session.starts_on,
        "hours": session.hours,
        "pace": session.pace,
        "cost_cents": session.remaining_cost_cents,
        "provider_phone": session.phone,
        "updated_on": session.updated_on,
    }


def detail(offer: Offer, number: int | None = None) -> dict[str, object]:
    """All that there is to say of an offer."""
    session = offer.session
    return item(offer, number) | {
        "id": str(session.id),
        "objective": offer.training.objective,
        "entry_level": offer.training.entry_level,
        "certifying": offer.training.certifying,
        "ends_on": session.ends_on,
        "conditions": session.conditions,
    }


def labelled(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """A name of a button for each offer, with its town where two have the same title; and its hours, if known."""
    titles = Counter(offer.training.title for offer in offers)
    return [
        {
            "id": str(offer.session.id),
            "label": _label(offer, titles[offer.training.title] > 1),
            "hours": offer.session.hours,
        }
        for offer in offers
    ]


def _label(offer: Offer, ambiguous: bool) -> str:
    where = "à distance" if offer.session.teaching is Teaching.remote else town(offer.session)
    beside = f", {where}" if ambiguous else ""
    return shorten(offer.training.title, max(LABEL - len(beside), AT_LEAST), placeholder="…") + beside


def _asked(wish: Wish, centre: Commune | None) -> dict[str, object]:
    """What was asked for, as headings repeat it. From home, no place counts."""
    return {
        "trade": wish.label,
        "place": None if wish.remote or not centre else centre.name,
        "begins_after": wish.begins_after,
        "no_diploma": wish.no_diploma,
        "remote": wish.remote,
    }


def _km(offer: Offer) -> int | None:
    return None if offer.km is None else round(offer.km)
