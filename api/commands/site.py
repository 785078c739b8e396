"""`hent site`: a département's invented page, which embeds the chat; for a demonstration only."""

import typer
import uvicorn

from api.core.logs import configure
from api.core.settings import settings
from api.site_app import create_site_app


def site() -> None:
    """Le site inventé d'un département, pour une démonstration."""
    configure()
    chosen = settings()
    if not chosen.demo:
        typer.secho("Ce site inventé ne va que dans une démonstration (HENT_DEMO=1).", err=True)
        raise typer.Exit(1)
    uvicorn.run(
        create_site_app(chosen),
        host=chosen.site_host,
        port=chosen.site_port,
        log_config=None,
        access_log=False,
        server_header=False,
    )
