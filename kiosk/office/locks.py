"""Locks by name that last as long as a write transaction: who needs the same name waits until the other is through."""

from sqlalchemy import Connection, bindparam, func, select


def lock(connection: Connection, *names: str) -> None:
    """Wait until no other transaction holds one of the names, then hold them all until this one ends.

    Names are taken in the order of the alphabet, also by who asks more than once, so that no two wait for each other. What other
    transactions committed before is seen by statements after this one. On SQLite a write transaction is the only one anyhow.
    """
    if connection.dialect.name == "sqlite":
        return
    for name in sorted(names):
        connection.execute(_TAKE, {"name": name})


_TAKE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))
