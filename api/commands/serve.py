"""`hent serve`: the public server."""

from api.app import create_app
from api.commands.serving import create_server, run
from api.core.logs import configure
from api.core.settings import settings


def serve() -> None:
    """Le serveur public."""
    configure()
    chosen = settings()
    run(create_server(create_app(chosen), chosen.host, chosen.port))
