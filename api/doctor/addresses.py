"""Where the house is reached from outside: by TLS, under names of its own, through a proxy that is known."""

from urllib.parse import urlsplit

from api.doctor.findings import Place, Trouble

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYBODY = "*"


async def links(place: Place) -> Trouble | None:
    """The links of SMS and e-mails lead somewhere, encrypted."""
    settings = place.settings
    if settings.demo:
        return None
    named = {"HENT_PUBLIC_URL": settings.public_url, "HENT_DESK_URL": settings.desk_url}
    wrong = [name for name, url in named.items() if not _is_public(url)]
    if wrong:
        return Trouble(
            f"Adresses sans https ou propres à cette machine : {', '.join(wrong)}.",
            "Donnez l'adresse https que les navigateurs emploient ; les liens des SMS commencent ainsi.",
        )
    if urlsplit(settings.public_url).netloc == urlsplit(settings.desk_url).netloc:
        return Trouble("Le site et le bureau ont le même nom.", "Donnez au bureau un nom à lui : HENT_DESK_URL.")
    return None


async def proxy(place: Place) -> Trouble | None:
    """Whose word is taken for where a browser is: limits count by address."""
    believed = place.environment.get("FORWARDED_ALLOW_IPS", "")
    if place.settings.demo or (believed and believed != EVERYBODY):
        return None
    if believed == EVERYBODY:
        return Trouble(
            "FORWARDED_ALLOW_IPS vaut * : chacun peut se donner l'adresse qu'il veut.",
            "Mettez-y le réseau du proxy, et lui seul.",
        )
    if place.settings.host in LOOPBACK:
        # uvicorn believes a proxy on the same machine.
        return None
    return Trouble(
        "FORWARDED_ALLOW_IPS manque : tout le monde semble avoir l'adresse du proxy, et partage ses limites.",
        "Mettez-y l'adresse ou le réseau du proxy.",
    )


def _is_public(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and parts.hostname not in LOOPBACK
