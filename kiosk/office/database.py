"""The office's database: SQLite or PostgreSQL through SQLAlchemy Core, with short transactions and schema migrations."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 15
_WAL_RESET_FIXED = (3, 51, 3)  # before it two connections that write and checkpoint at once can corrupt a WAL database


class Database:
    """An engine with the two kinds of transaction the office needs."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the data."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed whole or not at all. On SQLite it waits for other writers at its start."""
        with self._writing.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the schema to the newest version; safe with several processes starting at once."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(database: Engine | str) -> Database:
    """Open a database by SQLAlchemy URL, or use a ready engine made by this function's rules."""
    if isinstance(database, Engine):
        return Database(database)
    if not database.startswith("sqlite"):
        return Database(create_engine(database, hide_parameters=True, pool_pre_ping=True))
    engine = create_engine(database, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Database(engine)


def upsert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """INSERT that may carry ON CONFLICT, in the connection's dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 must not open transactions by its own rules
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA journal_mode={'WAL' if sqlite3.sqlite_version_info >= _WAL_RESET_FIXED else 'TRUNCATE'}")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
