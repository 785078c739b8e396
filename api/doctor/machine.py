"""The machine and what lies beyond it: room on the disks, dumps, gateways that answer a connection."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from api.backup.dumps import newest
from api.doctor.findings import Place, Trouble

BACKUPS = "HENT_BACKUP_FOLDER"
LEAST_FREE = 1_000_000_000
"""Bytes: a day of logs and a dump."""
BACKED_UP_WITHIN = timedelta(hours=26)
"""Once a day, and two hours for a dump that takes long."""
CONNECTS_WITHIN = 3.0
PORTS = {"http": 80, "https": 443}


async def disk(place: Place) -> Trouble | None:
    """There is room, here and where dumps lie."""
    full = [str(folder) for folder in _folders(place) if shutil.disk_usage(folder).free < LEAST_FREE]
    if not full:
        return None
    return Trouble(
        f"Moins d'un gigaoctet libre : {', '.join(full)}.",
        "Faites de la place : vieilles images, vieux journaux, sauvegardes de plus de quatorze jours.",
    )


async def dumps(place: Place) -> Trouble | None:
    """The last one is of today."""
    named = place.environment.get(BACKUPS)
    if not named:
        return None
    last = newest(Path(named))
    if last and place.now - datetime.fromtimestamp(last.stat().st_mtime, UTC) < BACKED_UP_WITHIN:
        return None
    return Trouble(
        "La dernière sauvegarde a plus d'un jour." if last else "Il n'y a aucune sauvegarde.",
        "Lancez hent backup chaque nuit par le minuteur de l'hôte (docs/deploy.md).",
    )


async def gateways(place: Place) -> Trouble | None:
    """SMS have a way out, and each one answers a connection."""
    providers = place.settings.sms_providers
    if not providers:
        if place.settings.demo:
            return None
        return Trouble(
            "Aucun fournisseur de SMS : les SMS attendent.", "Réglez HENT_SMS_PROVIDERS (docs/sms-provider.md)."
        )
    urls = {name: urlsplit(one.url) for name, one in providers.items()}
    silent = [
        name
        for name, url in urls.items()
        if not await _answers(url.hostname or "", url.port or PORTS.get(url.scheme, 0))
    ]
    if not silent:
        return None
    return Trouble(
        f"Ne répondent pas : {', '.join(silent)}.",
        "Le travailleur est seul à sortir : lancez hent doctor chez lui, et vérifiez adresse, pare-feu et Kannel.",
    )


async def mail_server(place: Place) -> Trouble | None:
    """E-mails have a way out."""
    settings = place.settings
    if settings.demo:
        return None
    if not settings.smtp_host:
        return Trouble("Aucun serveur de courriel : invitations et alertes attendent.", "Réglez HENT_SMTP_HOST.")
    if await _answers(settings.smtp_host, settings.smtp_port):
        return None
    return Trouble("Le serveur de courriel ne répond pas.", "Vérifiez HENT_SMTP_HOST, HENT_SMTP_PORT et le pare-feu.")


def _folders(place: Place) -> list[Path]:
    named = [Path("/"), Path(place.environment.get(BACKUPS) or "/")]
    return [folder for folder in dict.fromkeys(named) if folder.is_dir()]


async def _answers(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(CONNECTS_WITHIN):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True
