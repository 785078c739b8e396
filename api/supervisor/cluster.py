"""One embedded PostgreSQL cluster on disk: where it lies, how it is made, how it is run."""

import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL

from api.supervisor.errors import DatabaseUnavailable
from api.supervisor.keys import write_private
from api.supervisor.leftovers import stop_leftovers
from api.supervisor.places import away, home_of, open_to_owner, socket_folder
from api.supervisor.processes import Owner, as_user
from api.supervisor.programs import MAJOR, find_programs, unprivileged_owner

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "io_method": "sync",  # the default keeps three more processes, for disks faster than a demo needs
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error names values ("invalid input syntax for …: what was typed") and its statement holds messages:
    # neither reaches the log. `log` is above `error`, below `fatal`.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}


@dataclass(frozen=True, slots=True)
class Database:
    """How to reach a running PostgreSQL: the role `hent` owns the database `hent`, may create roles and databases."""

    socket: Path
    password: str
    user: str = "hent"
    name: str = "hent"

    @property
    def url(self) -> str:
        """For SQLAlchemy: postgresql+psycopg://hent:…@/hent?host=SOCKETDIR."""
        query = {"host": str(self.socket)}
        made = URL.create("postgresql+psycopg", self.user, self.password, database=self.name, query=query)
        return made.render_as_string(hide_password=False)

    def answers(self) -> bool:
        """Whether a real query is answered now."""
        try:
            with psycopg.connect(
                host=str(self.socket), user=self.user, password=self.password, dbname=self.name, connect_timeout=2
            ) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.Error:
            return False


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster of `folder`: `home` holds data/, password and socket/; `owner` runs it (None: ourselves)."""

    home: Path
    programs: Path
    socket: Path
    owner: Owner | None
    durable: bool

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "data"

    @property
    def database(self) -> Database:
        """How to reach it; only after `make_ready`."""
        return Database(self.socket, (self.home / "password").read_text())

    @property
    def argv(self) -> tuple[str, ...]:
        """PostgreSQL in the foreground."""
        settings = _SETTINGS | {"unix_socket_directories": str(self.socket)}
        settings |= {} if self.durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return (str(self.programs / "postgres"), "-D", str(self.data), *options)

    def make_ready(self) -> None:
        """End what outlived a former supervisor, and make the cluster if there is none. Only under its lock.

        Raises:
            DatabaseUnavailable: it cannot be made, or another version of PostgreSQL made it.
        """
        stop_leftovers(self.data, self.socket)
        if not self.data.exists():
            _initialise(self)
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            raise DatabaseUnavailable(f"{self.data} vient de PostgreSQL {found}, et Hent emploie le {MAJOR}.")


def cluster_of(folder: Path, *, durable: bool = True) -> Cluster:
    """Find the place of the cluster of `folder`, creating folders but no data; not `durable`: no fsync.

    As root, an account that cannot enter `folder` gets a place under /var/tmp, to which `<folder>/postgres` links.
    """
    open_to_owner(folder)
    owner = unprivileged_owner()
    home = home_of(folder, owner)
    if owner and home.stat().st_uid:  # made by an ordinary user, who also owns the files in it
        owner = Owner(home.stat().st_uid, home.stat().st_gid)
    return Cluster(home, find_programs(owner, lambda: away(folder)), socket_folder(home, owner), owner, durable)


def _initialise(cluster: Cluster) -> None:
    """initdb, then the role and the database, in a draft that takes its name once whole."""
    draft, password = cluster.home / "data.new", secrets.token_urlsafe(24)
    shutil.rmtree(draft, ignore_errors=True)
    secret = cluster.home / "password"
    write_private(secret, password)
    if cluster.owner:
        os.chown(secret, cluster.owner.uid, cluster.owner.gid)
    # Not built with ICU on every system; the built-in C.UTF-8 knows the case of "É" everywhere.
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={secret}"]
    _run(cluster, ["initdb", "-D", str(draft), *locale, *access, "--no-instructions", "--no-sync"])
    # The server's role is no superuser, as in production: what needs more is noticed here first.
    role = f"CREATE ROLE hent LOGIN CREATEROLE CREATEDB PASSWORD '{password}'\n"
    single = ["postgres", "--single", "-D", str(draft), "-c", "exit_on_error=true", "postgres"]
    _run(cluster, single, f"{role}CREATE DATABASE hent OWNER hent\n")
    draft.rename(cluster.data)


def _run(cluster: Cluster, command: list[str], lines: str = "") -> None:
    argv = [str(cluster.programs / command[0]), *command[1:]]
    done = subprocess.run(
        argv,
        input=lines,
        text=True,
        env=ENVIRONMENT,
        cwd=cluster.home,
        capture_output=True,
        check=False,
        **as_user(cluster.owner),
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise DatabaseUnavailable(f"PostgreSQL n'a pas pu préparer {cluster.home} : {' '.join(last)}")
