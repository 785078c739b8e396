"""`hent`: every command, gathered. What each does is in `api/commands/`.

Only the command that was typed is imported: all of them together take five seconds, and a demonstration starts five.
"""

import os
import sys
from importlib import import_module

import typer

from api.core.secret_files import SecretUnreadable, from_files

COMMANDS = {
    "demo": "api.commands.demo",
    "serve": "api.commands.serve",
    "desk": "api.commands.desk",
    "site": "api.commands.site",
    "worker": "api.commands.worker",
    "migrate": "api.commands.migrate",
    "seed": "api.commands.seed",
    "purge": "api.commands.purge",
    "doctor": "api.commands.doctor",
    "backup": "api.commands.backup",
    "restore": "api.commands.restore",
    "train": "api.commands.train",
    "chat": "api.commands.chat",
    "entities": "api.commands.language",
    "urgent": "api.commands.language",
    "languages": "api.commands.cards",
    "bench": "api.commands.bench",
    "bench-nlu": "api.commands.bench_nlu",
}
GROUPS = {
    "nlu": "api.commands.language",
    "escalations": "api.commands.escalations",
    "authority": "api.commands.authority",
    "notice": "api.commands.notices",
    "caseworker": "api.commands.people",
    "person": "api.commands.people",
    "facts": "api.commands.facts",
    "texts": "api.commands.texts",
    "sms": "api.commands.sms",
    "reminders": "api.commands.reminders",
}


def assemble(typed: str | None = None) -> typer.Typer:
    """The commands: the typed one if it is known, all of them otherwise (for `--help`)."""
    app = typer.Typer(no_args_is_help=True)
    # A callback keeps the name of a command that is alone.
    app.callback(help="Hent, l'assistant du Service Public de l'Insertion")(lambda: None)
    everything = typed not in {*COMMANDS, *GROUPS}
    for name, module in COMMANDS.items():
        if everything or name == typed:
            app.command(name)(getattr(import_module(module), name.replace("-", "_")))
    for name, module in GROUPS.items():
        if everything or name == typed:
            app.add_typer(getattr(import_module(module), name), name=name)
    return app


def main() -> None:
    """The entry point of `hent`: secrets that files hold are read first, as every command reads its environment."""
    try:
        os.environ.update(from_files(os.environ))
    except SecretUnreadable as refusal:
        typer.secho(str(refusal), err=True)
        sys.exit(1)
    # Several threads of numpy wait for each other on a busy machine: a message was read in 145 ms rather than 29.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    assemble(sys.argv[1] if len(sys.argv) > 1 else None)()


if __name__ == "__main__":
    main()
