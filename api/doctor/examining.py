"""Every check, in the order in which one mends: what others stand on comes first."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from api.core.database import Database
from api.doctor import addresses, database, flows, kept_secrets, machine, neighbours, people
from api.doctor.findings import House, Look, LookInside, Place, Trouble

OUTSIDE: Mapping[str, Look] = {
    "Secrets": kept_secrets.strength,
    "Secrets de démonstration": kept_secrets.borrowed,
    "Fichiers des secrets": kept_secrets.files,
    "Adresses": addresses.links,
    "Proxy": addresses.proxy,
    "Disque": machine.disk,
    "Sauvegarde": machine.dumps,
    "Fournisseurs de SMS": machine.gateways,
    "Serveur de courriel": machine.mail_server,
    "Rasa": neighbours.rasa,
    "Secret de Rasa": neighbours.rasa_token,
    "Modèle de Rasa": neighbours.model,
    "Actions": neighbours.actions,
    "Faits datés": people.facts,
}
DATABASE = "Base de données"
GROUND: Mapping[str, LookInside] = {"Alphabet de la base": database.server, "Tables": database.tables}
"""Without them, no question put to the tables means anything."""
INSIDE: Mapping[str, LookInside] = {
    "Intermédiaire": database.direct,
    "Type de la base": database.kind,
    "Horloge": database.clock,
    "Rôle de Rasa": database.rasa_role,
    "Travailleur": neighbours.worker,
    "Questions": flows.questions,
    "SMS en attente": flows.outbox,
    "Compte de SMS": flows.sms_account,
    "Courriels en attente": flows.mails,
    "Conservation": flows.retention,
    "Collectivités": people.authorities,
    "Responsables": people.supervisors,
}
UNREACHABLE = Trouble(
    "La base de données ne répond pas.",
    "Vérifiez DATABASE_URL, le mot de passe, le réseau, et que PostgreSQL tourne. Le reste n'a pas pu être vérifié.",
)
POOLED = Trouble("Un intermédiaire comme PgBouncer refuse nos délais (« options »).", database.GO_DIRECTLY)


@dataclass(frozen=True)
class Examined:
    """What was looked at: None where all is well."""

    found: dict[str, Trouble | None]

    @property
    def troubles(self) -> dict[str, Trouble]:
        """What is wrong, by the name of the check."""
        return {name: trouble for name, trouble in self.found.items() if trouble}


async def examine(place: Place) -> Examined:
    """Look at everything that can be looked at."""
    found = {name: await look(place) for name, look in OUTSIDE.items()}
    # Said to a database of no alphabet (SQL_ASCII, initdb's own choice without a locale), whose words are bytes else.
    url = make_url(place.settings.database_url).update_query_dict({"client_encoding": "utf8"})
    opened = Database(url.render_as_string(hide_password=False), pool_size=1)
    try:
        return Examined(found | await _inside(place, opened))
    finally:
        await opened.close()


async def _inside(place: Place, opened: Database) -> dict[str, Trouble | None]:
    found: dict[str, Trouble | None] = {DATABASE: None}
    try:
        async with opened.transaction() as session:
            house = House.at(place, session)
            found |= {name: await look(house) for name, look in GROUND.items()}
            if not any(found.values()):
                found |= {name: await look(house) for name, look in INSIDE.items()}
    except (SQLAlchemyError, OSError) as error:
        # PgBouncer's words; PostgreSQL knows every parameter that we give.
        found[DATABASE] = POOLED if "unsupported startup parameter" in str(error) else UNREACHABLE
    return found
