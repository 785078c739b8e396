"""The other processes: Rasa with the right model, the worker and its actions, each known by its secret."""

from pathlib import PurePosixPath
from typing import Any

import httpx

from api.core.heartbeats import anyone_alive
from api.doctor.findings import House, Place, Trouble
from api.supervisor.training import model_name

READY = "/webhooks/hent/ready"
NOBODY = "action_of_the_doctor"
"""No action has this name: whoever may ask for it is told so, whoever may not is refused first."""


async def rasa(place: Place) -> Trouble | None:
    """It has loaded its model, and reaches its tables."""
    answer = await _asked(place, "GET", f"{place.settings.rasa_url}{READY}")
    if answer is not None and answer.status_code == httpx.codes.OK:
        return None
    why = "ne répond pas" if answer is None else f"n'est pas prêt ({answer.status_code})"
    return Trouble(
        f"Rasa {why} à HENT_RASA_URL.",
        "Regardez son journal : modèle absent, base injoignable ou mémoire trop petite (1200 Mo).",
    )


async def rasa_token(place: Place) -> Trouble | None:
    """It knows us."""
    answer = await _asked(place, "POST", f"{place.settings.rasa_url}/webhooks/hent/turns", _rasa_token(place))
    if answer is None or answer.status_code != httpx.codes.UNAUTHORIZED:
        return None
    return Trouble("Rasa refuse notre HENT_RASA_TOKEN.", "Donnez le même aux deux, et redémarrez-les.")


async def model(place: Place) -> Trouble | None:
    """Its model was trained from the sentences and rules of this version."""
    answer = await _asked(place, "GET", f"{place.settings.rasa_url}{READY}")
    if answer is None or answer.status_code != httpx.codes.OK:
        return None
    loaded, wanted = PurePosixPath(str(answer.json().get("model"))).name, model_name()
    if loaded == wanted:
        return None
    return Trouble(
        f"Rasa parle d'après {loaded}, cette version attend {wanted}.",
        "Refaites l'image de Rasa en même temps que celle du serveur, ou lancez hent train et redémarrez Rasa.",
    )


async def actions(place: Place) -> Trouble | None:
    """The worker hears Rasa's actions, and knows the secret that Rasa shows."""
    url = place.environment.get("HENT_ACTIONS_URL") or f"http://127.0.0.1:{place.settings.actions_port}/actions"
    token = place.settings.actions_token.get_secret_value()
    answer = await _asked(place, "POST", url, token, {"next_action": NOBODY})
    if answer is None:
        return Trouble(
            "Les actions de Rasa ne répondent pas : aucune réponse personnelle ne part.",
            "Le travailleur les écoute : HENT_ACTIONS_HOST, HENT_ACTIONS_PORT, et HENT_ACTIONS_URL chez Rasa.",
        )
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        return Trouble(
            "Les actions refusent notre HENT_ACTIONS_TOKEN.",
            "Donnez le même à Rasa et au travailleur, et redémarrez-les.",
        )
    return None


async def worker(house: House) -> Trouble | None:
    """One gave a sign of life a moment ago."""
    if await anyone_alive(house.session):
        return None
    return Trouble(
        "Aucun travailleur ne donne signe de vie : rien n'est répondu.", "Lancez hent worker, et lisez son journal."
    )


def _rasa_token(place: Place) -> str:
    return place.settings.rasa_token.get_secret_value()


async def _asked(
    place: Place, method: str, url: str, token: str = "", body: dict[str, Any] | None = None
) -> httpx.Response | None:
    """The answer; None when there was none."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        return await place.http.request(method, url, headers=headers, json=body if body is not None else {})
    except httpx.HTTPError:
        return None
