"""What a demo says once it answers: where to go, and as whom."""

from dataclasses import dataclass

import httpx
from rich.console import Console
from rich.table import Table

from api.supervisor.house import House


@dataclass(frozen=True, slots=True)
class Account:
    """A caseworker's account of the demo."""

    name: str
    role: str
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """What only the application knows about itself."""

    pages: tuple[tuple[str, str], ...]
    """(what it is, in French; path) of each page worth opening."""
    accounts: tuple[Account, ...] = ()


WELCOME = Welcome(
    pages=(("Hent, avec un téléphone simulé", "/"), ("La page d'un Département, seule", "/chez/cd29")),
    accounts=(Account("Nolwenn Kerbourch", "responsable d'équipe", "nolwenn.kerbourch@example.org", "demonstration"),),
)
"""Everybody of a demonstration has that password (`api/seed/`); she has people and requests to look at."""


async def show(console: Console, house: House, welcome: Welcome) -> None:
    """Print the addresses, the caseworkers' accounts, and the invented people that the server names."""
    addresses = _table("Hent est prêt", "Page", "Adresse")
    addresses.add_row("Un site qui montre Hent, inventé", f"{house.site_url}/")
    for name, path in welcome.pages:
        addresses.add_row(name, f"{house.server_url}{path}")
    addresses.add_row("Le bureau des conseillers", f"{house.desk_url}/")
    addresses.add_row("Leurs courriels, qui ne partent pas", f"{house.desk_url}/demo/mailbox")
    console.print(addresses)
    if welcome.accounts:
        caseworkers = _table("Comptes de conseillers", "Nom", "Rôle", "Identifiant", "Mot de passe")
        for account in welcome.accounts:
            caseworkers.add_row(account.name, account.role, account.login, account.password)
        console.print(caseworkers)
    people = _table("Personnes inventées", "Nom", "Téléphone", "Naissance", "Ce que Hent peut dire")
    async with httpx.AsyncClient(base_url=house.server_url, trust_env=False, verify=False) as client:
        for person in (await client.get("/demo/people")).raise_for_status().json():
            people.add_row(person["name"], person["phone"], person["birth_date"], person["note"])
    console.print(people, "Ctrl-C arrête tout.")


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left")
