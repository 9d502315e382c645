"""A throw-away PostgreSQL server from Debian's binaries, with the settings of a real installation.

    with running_server() as server:
        engine = connect(server.url)

It listens on a Unix socket only, is owned by nobody who matters (PostgreSQL refuses to run as root), keeps `fsync` on,
and is gone with its folder when the block ends. Usable without pytest.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

#: What a real installation's administrator runs once, as `voicebox` itself says when it refuses to start without.
_ROLE = (
    "CREATE ROLE voicebox LOGIN",
    "ALTER ROLE voicebox SET log_min_messages = 'fatal'",
    "ALTER ROLE voicebox SET log_min_error_statement = 'panic'",
)
#: As Debian's postgresql.conf has it: without the prefix no line of the log would tell a time.
_SETTINGS = {"log_line_prefix": "%m [%p] %q%u@%d ", "listen_addresses": ""}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs. `folder` holds everything of it: `data`, the socket, and `log`, its stderr."""

    folder: Path

    @property
    def data(self) -> Path:
        """The data folder: every byte that the server keeps, its pg_wal too."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server writes to stderr."""
        return self.folder / "log"

    @property
    def url(self) -> str:
        """The address of a database that is empty at first, for the plain role that a school uses."""
        return self.url_of("voicebox")

    def url_of(self, database: str, role: str = "voicebox") -> str:
        """The address of one of its databases, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """The name of a new database of the plain role's: a copy of `template`, which nobody may be using meanwhile."""
        name = f"school_{next(_numbers)}"
        self.ask(f"CREATE DATABASE {name} OWNER voicebox TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, and whoever is still connected to it."""
        self.ask(f"DROP DATABASE {name} WITH (FORCE)")

    def ask(self, sql: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the server's superuser; the rows it gives."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def lent_database(self) -> Iterator[str]:
        """The address of a copy of the first database, dropped when the block ends."""
        name = self.new_database(template="voicebox")
        yield self.url_of(name)
        self.drop_database(name)

    def start(self) -> None:
        """Start it, and wait until it answers; also after a crash."""
        self._pg_ctl("start", "-l", str(self.log))

    def stop(self, mode: str = "fast") -> None:
        """Stop it; "immediate" is as good as a crash: what was not synced is recovered from the log at the start."""
        self._pg_ctl("stop", "-m", mode)

    def restart(self, mode: str = "fast") -> None:
        """Stop and start it at once."""
        self._pg_ctl("restart", "-m", mode, "-l", str(self.log))

    def _pg_ctl(self, *arguments: str) -> None:
        _run_as_owner(self.folder, "pg_ctl", "-D", str(self.data), "-w", "-s", *arguments)


@contextmanager
def running_server(**settings: str) -> Iterator[Server]:
    """A server with an empty database; `settings` are further lines of its postgresql.conf, e.g. wal_recycle="off".

    It makes its own folder, because pytest's is closed to the user that the server must run as.
    """
    server = Server(Path(tempfile.mkdtemp(prefix="voicebox-pg-")))
    with _guard(server):
        _prepare(server, {**_SETTINGS, "unix_socket_directories": str(server.folder), **settings})
        server.start()
        for statement in _ROLE:
            server.ask(statement)
        server.ask("CREATE DATABASE voicebox OWNER voicebox TEMPLATE template0")
        yield server


@contextmanager
def _guard(server: Server) -> Iterator[None]:
    """Stop the server and remove its folder when the block ends, or when whoever runs it is killed.

    A shell reads from a pipe of ours until that is closed, and the system closes it whatever ends us.
    """
    script = 'cat; "$0" -D "$1/data" -m immediate -w -s stop; rm -rf "$1"'
    watching = subprocess.Popen(
        ["/bin/sh", "-c", script, path_of("pg_ctl"), str(server.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **_as_owner(),
    )
    try:
        yield
    finally:
        watching.communicate()
        # Of the superuser's, where the server never started.
        shutil.rmtree(server.folder, ignore_errors=True)


def _prepare(server: Server, settings: dict[str, str]) -> None:
    owner = _owner()
    if owner:
        os.chown(server.folder, owner.pw_uid, owner.pw_gid)
    arguments = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    _run_as_owner(server.folder, "initdb", "-D", str(server.data), *arguments)
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    with (server.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(lines)


def _run_as_owner(folder: Path, program: str, *arguments: str) -> None:
    # A server that stays behind keeps these open, and a pipe would be waited for: hence files.
    with (folder / "said").open("w+", encoding="utf-8") as said:
        done = subprocess.run(
            [path_of(program), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            **_as_owner(),
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{program} {arguments}: {said.read()}")


def _as_owner() -> dict[str, Any]:
    owner = _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": ()} if owner else {}


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as; None is whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def path_of(program: str) -> str:
    """Where a program of PostgreSQL's is. Debian keeps them out of PATH, a folder a version: the newest is taken."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(program)
    if not found:
        raise FileNotFoundError(f"{program} of PostgreSQL is missing. On Debian: apt-get install postgresql")
    return found
