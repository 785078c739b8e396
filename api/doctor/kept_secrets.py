"""Secrets: long, different, of this installation alone, and read by nobody else."""

import stat
from pathlib import Path

from api.core.secret_files import named_files
from api.doctor.findings import Place, Trouble
from api.supervisor.keys import read_secrets

SHORTEST = 32
"""Signs: 24 random bytes in base64, which nobody guesses."""
FEWEST = 12
"""Different signs among them: less is a word that somebody typed."""
MADE = "sh deploy/make-secrets en fait de bons. Changer HENT_SECRET_KEY ferme les sessions et les liens en cours."
CONTAINERS = Path("/run/secrets")


async def strength(place: Place) -> Trouble | None:
    """Each is long, and no two are the same."""
    known = _known(place)
    weak = [name for name, value in known.items() if len(value) < SHORTEST or len(set(value)) < FEWEST]
    if weak:
        return Trouble(f"Trop courts ou trop simples : {', '.join(weak)}.", f"{MADE} Il faut {SHORTEST} signes.")
    if len(set(known.values())) < len(known):
        return Trouble("Deux secrets ont la même valeur.", MADE)
    return None


async def borrowed(place: Place) -> Trouble | None:
    """None is the demonstration's, which anybody who tried Hent on this machine may have read."""
    if place.settings.demo:
        return None
    demo = set(read_secrets(place.demo_folder).values())
    same = [name for name, value in _known(place).items() if value in demo]
    return Trouble(f"Secrets d'une démonstration : {', '.join(same)}.", MADE) if same else None


async def files(place: Place) -> Trouble | None:
    """Whoever else has an account on this machine reads none of them."""
    exposed = [str(path) for path in _files(place) if _is_exposed(path)]
    if not exposed:
        return None
    return Trouble(
        f"Lisibles ou modifiables par d'autres comptes : {', '.join(exposed)}.",
        "chmod 0600 sur ces fichiers, ou chmod 0700 sur leur dossier.",
    )


def _known(place: Place) -> dict[str, str]:
    settings = place.settings
    found = {
        "HENT_SECRET_KEY": settings.secret_key.get_secret_value(),
        "HENT_RASA_TOKEN": settings.rasa_token.get_secret_value(),
        "HENT_ACTIONS_TOKEN": settings.actions_token.get_secret_value(),
        "HENT_RASA_DB_PASSWORD": place.environment.get("HENT_RASA_DB_PASSWORD", ""),
    }
    return {name: value for name, value in found.items() if value or name != "HENT_RASA_DB_PASSWORD"}


def _files(place: Place) -> list[Path]:
    providers = place.settings.sms_providers.values()
    theirs = [path for one in providers for path in (one.secret_file, one.hook_secrets_file) if path]
    every = [*named_files(place.environment).values(), *theirs]
    # In a container nobody else has an account; on its host deploy/make-secrets closes the folder.
    return [path for path in every if path.exists() and CONTAINERS not in path.resolve().parents]


def _is_exposed(path: Path) -> bool:
    mode, folder = path.stat().st_mode, path.parent.stat().st_mode
    reached = bool(folder & stat.S_IXOTH)
    return bool(mode & (stat.S_IWGRP | stat.S_IWOTH)) or (reached and bool(mode & stat.S_IROTH))
