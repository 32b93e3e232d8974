"""PostgreSQL's own programs, as far as tests run them: a cluster in a folder, on a Unix socket alone."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"
"""PostgreSQL does not run as root; Debian's package makes this user."""

_ALWAYS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=200")
"""What a machine without power would miss, a killed process does not."""
_FORGETFUL = ("synchronous_commit=off",)
"""What was committed last is lost where its processes are killed."""


def installed() -> bool:
    """Whether its programs and its driver are there."""
    return _programs() is not None and importlib.util.find_spec("psycopg") is not None


def make_cluster(data: Path) -> None:
    """A new cluster in a folder that is made for it; the one above belongs to its owner already."""
    _run("initdb", "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")


def start(data: Path, socket: Path, log: Path, *, survives_kills: bool = False) -> None:
    """Starts a cluster; whoever wants it finds its socket in a folder, whose path must be short."""
    settings = (*_ALWAYS, *(() if survives_kills else _FORGETFUL), f"unix_socket_directories={socket}")
    options = " ".join(f"-c {setting}" for setting in settings)
    _run("pg_ctl", "-D", str(data), "-w", "-s", "-l", str(log), "-o", options, "start")


def stop(data: Path, mode: str) -> None:
    """Ends it: `fast` keeps what it holds, `immediate` does not care."""
    _run("pg_ctl", "-D", str(data), "-m", mode, "-s", "stop")


def owned(folder: Path) -> Path:
    """The folder, given to the user that runs PostgreSQL."""
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    return folder


def url_of(database: str, socket: Path) -> str:
    """As SQLAlchemy takes it."""
    return f"postgresql+psycopg://{OWNER}@/{database}?host={socket}"


@contextmanager
def running(data: Path, socket: Path, log: Path, *, survives_kills: bool = False) -> Iterator[None]:
    """The cluster serves inside, and keeps what it holds."""
    # One that was left at work by a run that was cut off.
    _run("pg_ctl", "-D", str(data), "-m", "fast", "-s", "stop", check=False)
    start(data, socket, log, survives_kills=survives_kills)
    try:
        yield
    finally:
        stop(data, "fast")


def make_database(name: str, socket: Path) -> None:
    """A database of that name, where there is none yet."""
    import psycopg

    with psycopg.connect(f"host={socket} user={OWNER} dbname=postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            statement = f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"
            connection.execute(statement.encode())


def drop_database(name: str, socket: Path) -> None:
    """Where there is one of that name it is gone, whoever is connected to it."""
    import psycopg

    with psycopg.connect(f"host={socket} user={OWNER} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def copy_database(template: str, name: str, socket: Path) -> None:
    """A new database that holds what the template does, to which nobody may be connected."""
    import psycopg

    with psycopg.connect(f"host={socket} user={OWNER} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy".encode())


def _programs() -> Path | None:
    """Where they are: Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _run(program: str, *arguments: str, check: bool = True) -> None:
    programs = _programs()
    assert programs is not None
    lowered = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*lowered, str(programs / program), *arguments],
        check=check,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=None if check else subprocess.DEVNULL,
        timeout=60,
    )
