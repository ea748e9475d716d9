"""A PostgreSQL of one's own: on a socket in a folder of its own, gone with its last user."""

import fcntl
import itertools
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "office"
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "checkpoint_timeout=1h",
    "deadlock_timeout=100ms",
)


class Cluster:
    """A running server; databases are made as copies of others."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._admin = psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True)
        self._numbers = itertools.count()

    def url(self, name):
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def create(self, name, template="template0"):
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name):
        self._admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def database(self, template="template0"):
        """URL of a database that is there between `with` and its end."""
        name = f"try_{os.getpid()}_{next(self._numbers)}"
        yield self.create(name, template)
        self.drop(name)

    def close(self):
        self._admin.close()


def missing():
    """Why there can be no server here; "" where there can."""
    return "" if _programs() else "no PostgreSQL server is installed"


def start(settings=FAST) -> Path:
    """Make a server and start it; returns its folder. RuntimeError with the server's words if it does not start."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-", dir=_roomy()))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    # Words are sorted as in China, so that nothing rests on the order of bytes.
    data = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "zh-Hans-CN")
    _run(_command("initdb", folder, *data, "--no-sync"))
    here = (f"unix_socket_directories={folder}", "listen_addresses=", "max_connections=200")
    options = " ".join(f"-c {one}" for one in (*here, *settings))
    _run(_command("pg_ctl", folder, "start", "-s", "-w", "-l", str(folder / "log"), "-o", options))
    return folder


def _roomy():
    """In memory where there is room: each test makes a database, some three hundred files."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 2 << 30 else Path("/tmp")


def stop(folder: Path):
    """Stop it and remove all of it."""
    _run(_command("pg_ctl", folder, "stop", "-s", "-w", "-m", "immediate"))
    shutil.rmtree(folder)


@contextmanager
def shared(common: Path, fill):
    """The server that all processes with this folder in `common` share; `fill` is run on it by the first.

    It is stopped when the last of them has gone, also by a signal: they hold a lock until then, for which its keeper waits.
    """
    ready = common / "postgres.ready"
    with (common / "postgres.users").open("a") as users, (common / "postgres.starting").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        first = not ready.exists()
        if first:
            folder = start()
            stopping = _command("pg_ctl", folder, "stop", "-s", "-w", "-m", "immediate")
            keeper = ["setsid", "--fork", "flock", users.name, "sh", "-c", 'rm -f "$1"; rest="$0"; shift; cd /; "$@"; rm -rf "$rest"']
            _run([*keeper, str(folder), str(ready), *stopping])
            ready.write_text(str(folder), encoding="utf-8")
        cluster = Cluster(Path(ready.read_text(encoding="utf-8")))
        if first:
            fill(cluster)
        fcntl.flock(starting, fcntl.LOCK_UN)
        try:
            yield cluster
        finally:
            cluster.close()


def _command(program, folder, *arguments):
    become = ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups") if os.getuid() == 0 else ()
    return [*become, str(_programs() / program), "-D", str(folder / "data"), *arguments]


def _programs():
    """Folder of the newest server's programs, None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    found = debian[-1] if debian else shutil.which("pg_ctl")
    return Path(found).parent if found else None


def _run(command):
    with tempfile.TemporaryFile("w+") as said:  # not a pipe: what goes on running would hold its other end
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[-1]}: {said.read()}")
