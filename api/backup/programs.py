"""PostgreSQL's own programs, told where the database is by variables: a password on a command line is seen by all."""

import os
import subprocess

from sqlalchemy import make_url

from api.supervisor.programs import client


class ProgramFailed(Exception):
    """pg_dump or pg_restore ended badly; its text is a French sentence with the program's last line."""


def run(name: str, url: str, *words: str) -> str:
    """Run `name` on the database at `url` (SQLAlchemy form); what it printed. Raises ProgramFailed."""
    ended = subprocess.run([client(name), *words], env=_environment(url), capture_output=True, text=True, check=False)
    if ended.returncode:
        # Errors of COPY name the line that failed, and what it holds: only the first words, which name the object.
        last = (ended.stderr.strip().splitlines() or [""])[0]
        raise ProgramFailed(f"{name} a échoué : {last}")
    return ended.stdout


def _environment(url: str) -> dict[str, str]:
    parts = make_url(url)
    host, ssl = parts.query.get("host") or parts.host, parts.query.get("sslmode")
    said = {
        "PGHOST": host,
        "PGPORT": parts.port,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.database,
        "PGSSLMODE": ssl,
        "PGCONNECT_TIMEOUT": 10,
    }
    return {"PATH": os.defpath, "LC_ALL": "C"} | {name: str(value) for name, value in said.items() if value}
