"""From services to names and facts of `data/texts/support.yml`."""

from collections.abc import Sequence

from api.authorities.communes import Commune
from api.authorities.places import as_told, town
from api.support.search import Help, Page, Reach
from api.support.themes import Theme
from api.support.wording import audience_words, shortened, zone_words
from api.texts.schemas import Saying

ASK_THEME = Saying("support_ask_theme")
ASK_PLACE = Saying("support_ask_place")
DESCRIBED = 240
"""Signs of what a service does, in its own words."""
THEMES_OFFERED = 4
"""Buttons under one question."""


def found(page: Page, theme: Theme, centre: Commune) -> Saying:
    """How many services there are, near or from a distance."""
    return Saying("support_found", {"theme": theme.label, "place": centre.name, "count": page.left})


def farther(page: Page, theme: Theme, centre: Commune) -> Saying:
    """That nothing is near; where the nearest is, and whether something is done from a distance."""
    visited = next((help for help in page.helps if help.reach is Reach.far), None)
    facts = {
        "theme": theme.label,
        "place": centre.name,
        "remote": any(help.reach is Reach.remote for help in page.helps),
        "town": town(visited.service) if visited else None,
        "km": round(visited.km) if visited else None,
    }
    return Saying("support_farther", facts)


def none(theme: Theme, centre: Commune) -> Saying:
    """That nothing is known, and who may know more."""
    return Saying("support_none", {"theme": theme.label, "code": theme.code, "place": centre.name})


def no_more(theme: Theme) -> Saying:
    """That all was shown, and who may know more."""
    return Saying("support_no_more", {"code": theme.code})


def which_theme(themes: Sequence[Theme]) -> Saying:
    """The needs of one message, to choose from."""
    offered = [{"code": theme.code, "label": theme.label} for theme in themes[:THEMES_OFFERED]]
    return Saying("support_which_theme", {"themes": offered})


def which_place(namesakes: Sequence[Commune]) -> Saying:
    """The communes of one name, to choose from."""
    return Saying("support_which_place", {"places": [as_told(commune) for commune in namesakes]})


def listed(page: Page, *, known: bool) -> list[Saying]:
    """The services of a page; whoever is known may have the caseworker asked for what only they can ask."""
    items = [_item(help) for help in page.helps]
    closed = [
        {"id": str(help.service.id), "name": help.service.name} for help in page.helps if not asked_by_oneself(help)
    ]
    asking = [Saying("support_offer_to_ask", {"services": closed})] if closed and known else []
    more = [Saying("support_more_hint")] if page.left > len(page.helps) else []
    return [*items, *asking, *more]


def asked_by_oneself(help: Help) -> bool:
    """Whether one may ask without a caseworker (data·inclusion: mobilisable_par)."""
    return "usagers" in help.service.open_to


def _item(help: Help) -> Saying:
    service = help.service
    facts = {
        "name": service.name,
        "structure": service.structure,
        "town": town(service),
        "km": round(help.km),
        "remote": help.reach is Reach.remote,
        "fee": service.fee,
        "audience": audience_words(service.audiences),
        "zone": zone_words(service.zone),
        "conditions": shortened(service.access_conditions),
        "phone": service.phone,
        # Not said in a list: what is asked next is answered with them.
        "description": shortened(service.description, DESCRIBED),
        "address": service.address,
        "updated_on": service.updated_on,
    }
    return Saying("support_item" if asked_by_oneself(help) else "support_item_to_ask", facts)
