"""Databases for offices, filled, and an office on one of them as a process of its own."""

import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from figures import say
from stage import Stage

from kiosk.office.access import enrol
from kiosk.office.api import create_app
from kiosk.office.seed import seed
from ui.stand import HALL, Clock, working_morning

sys.path.append(str(Path(__file__).parents[1] / "kiosk"))

import postgres_help

DURABLE = ()  # as it is installed: nothing is given before it is on the disk


@contextmanager
def databases(stage: Stage, name: str) -> Iterator[Mapping[str, str]]:
    """URLs of empty databases: SQLite's and, where it can be started, that of a PostgreSQL of one's own."""
    found = {"SQLite": f"sqlite:///{stage.folder / name}.db"}
    if why := postgres_help.missing():
        say(f"\nPostgreSQL left out: {why}")
        yield found
        return
    folder = postgres_help.start(DURABLE)
    try:
        with closing(postgres_help.Cluster(folder)) as cluster:
            yield found | {"PostgreSQL": cluster.create(name)}
    finally:
        postgres_help.stop(folder)


def fill(database: str, keys: Sequence[str]) -> None:
    """Make the city without its generated items, and a terminal in the hall for each key."""
    app = create_app(database, Clock(working_morning(datetime.now(UTC))), secret=secrets.token_bytes(32))
    seed(app.state.office, generated=0)
    for number, key in enumerate(keys):
        enrol(app.state.office.database, f"bench-{number}", HALL, key)
    app.state.office.database.close()


@contextmanager
def office(stage: Stage, database: str) -> Iterator[str]:
    """Its address, `http://…`. RuntimeError with its complaints when it does not start."""
    with stage.child("office_process.py", database) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if not url:
            raise RuntimeError(stage.log.read_text(encoding="utf-8"))
        try:
            yield url
        finally:
            process.stdin.close()  # which ends it
