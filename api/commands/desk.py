"""`hent desk`: where caseworkers answer."""

from api.commands.serving import create_server, run
from api.core.logs import configure
from api.core.settings import settings
from api.desk_app import create_desk_app


def desk() -> None:
    """Le bureau des conseillers."""
    configure()
    chosen = settings()
    run(create_server(create_desk_app(chosen), chosen.desk_host, chosen.desk_port))
