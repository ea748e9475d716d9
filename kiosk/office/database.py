"""The office's database: SQLite or PostgreSQL through SQLAlchemy Core, with short transactions and schema migrations."""

import random
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from kiosk.office.locks import lock

MIGRATIONS = Path(__file__).parent / "migrations"
P = ParamSpec("P")
T = TypeVar("T")
_BUSY_SECONDS = 15
_POOL = {"pool_size": 20, "max_overflow": 30}  # the web server works in 40 threads, each with one connection at a time
_GIVEN_UP = {"40001", "40P01"}  # SQLSTATE: serialization failure, deadlock
_PAUSES = (0.01, 0.05, 0.2)  # s, before the second try and those after it
# Milliseconds. A transaction that waits longer for another is given up, and so is one whose process hangs with locks in its hands.
_POSTGRESQL = {
    "timezone": "UTC",
    "lock_timeout": 10_000,
    "statement_timeout": 15_000,
    "idle_in_transaction_session_timeout": 30_000,
}
_WAL_RESET_FIXED = (3, 51, 3)  # before it two connections that write and checkpoint at once can corrupt a WAL database


class Database:
    """An engine with the two kinds of transaction the office needs."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading, self._writing = _ways(engine)
        self._turn: AbstractContextManager[object] = nullcontext() if engine.dialect.name == "postgresql" else _Turn()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the data. On PostgreSQL it cannot write."""
        with self._reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed whole or not at all. On SQLite it waits for other writers at its start.

        On PostgreSQL several write at once and each statement sees what was committed before it (READ COMMITTED): what is read
        and then acted upon has to be held by a row's lock or one of `kiosk.office.locks`.
        """
        with self._turn, self._writing.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the schema to the newest version; safe with several processes starting at once."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
            lock(connection, "migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


class _Turn:
    """One writer of this process after the other, in the order they came: SQLite has them try at random, and one may try for long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        mine = threading.Event()
        with self._lock:
            self._waiting.append(mine)
            if len(self._waiting) == 1:
                mine.set()
        if not mine.wait(_BUSY_SECONDS):
            self._leave(mine)
            raise OperationalError("BEGIN", None, sqlite3.OperationalError("database is locked"))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._leave(self._waiting[0])

    def _leave(self, mine: threading.Event) -> None:
        with self._lock:
            self._waiting.remove(mine)
            if self._waiting:
                self._waiting[0].set()


def open_database(database: Engine | str) -> Database:
    """Open a database by SQLAlchemy URL, or use a ready engine made by this function's rules.

    `postgresql://` is taken for psycopg's; the password is best left to libpq's password file. ValueError for a URL that is none,
    or of a third kind of database.
    """
    if isinstance(database, Engine):
        return Database(database)
    try:
        url = make_url(database)
    except ArgumentError:
        raise ValueError("not the URL of a database") from None  # it may hold a password
    match url.get_backend_name():
        case "sqlite":
            return Database(_sqlite(url))
        case "postgresql":
            return Database(_postgresql(url))
        case other:
            raise ValueError(f"the office's database is SQLite or PostgreSQL, not {other}")


def steadfast(function: Callable[P, T]) -> Callable[P, T]:
    """The function tried again when its transaction was given up for another's sake (deadlock, serialization failure).

    Such a transaction has left nothing. What the function did before in a transaction of its own must bear being done twice.
    """

    @wraps(function)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        for pause in _PAUSES:
            try:
                return function(*args, **kwargs)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _GIVEN_UP:
                    raise
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - or the same ones meet again
        return function(*args, **kwargs)

    return tried


def upsert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """INSERT that may carry ON CONFLICT, in the connection's dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _sqlite(url: URL) -> Engine:
    pool: dict[str, Any] = {} if url.database in {None, "", ":memory:"} else _POOL
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS}, **pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(url: URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    options = " ".join(f"-c {name}={value}" for name, value in _POSTGRESQL.items())
    arguments = {"options": options, "connect_timeout": 5, "application_name": "kiosk-office"}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=arguments, **_POOL)


def _ways(engine: Engine) -> tuple[Engine, Engine]:
    """The engine as it reads and as it writes."""
    if engine.dialect.name == "postgresql":
        reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return reading, engine.execution_options(isolation_level="READ COMMITTED")
    return engine, engine.execution_options(begin="BEGIN IMMEDIATE")


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 must not open transactions by its own rules
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA journal_mode={'WAL' if sqlite3.sqlite_version_info >= _WAL_RESET_FIXED else 'TRUNCATE'}")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
