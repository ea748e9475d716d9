"""Numbers that people read to each other: a kind's letters, the day, and a count that starts again each day."""

import re
from datetime import date
from unicodedata import normalize

from sqlalchemy import Connection

from kiosk.office.database import upsert
from kiosk.office.tables import paper_numbers

_PLAIN = re.compile(r"([A-Z]{2})([0-9]{8})([0-9]{4,})")


def next_number(connection: Connection, prefix: str, day: date) -> str:
    """The next one, as in "ZX-20261120-0001"; none is skipped, for it is given back where the transaction fails.

    Others who want one of the kind wait until the transaction ends, so ask for it late.
    """
    insert = upsert(connection, paper_numbers).values(prefix=prefix, day=day, last=1)
    count_up = insert.on_conflict_do_update(index_elements=["prefix", "day"], set_={"last": paper_numbers.c.last + 1})
    last = connection.execute(count_up.returning(paper_numbers.c.last)).scalar_one()
    return f"{prefix}-{day:%Y%m%d}-{last:04d}"


def as_printed(typed: str) -> str:
    """The number as it stands on the paper, typed in whatever case, width and dashes, or without those, which a keypad has not.

    Another number comes back in capital letters and digits alone.
    """
    plain = "".join(filter(str.isalnum, normalize("NFKC", typed).upper()))
    parts = _PLAIN.fullmatch(plain)
    return "-".join(parts.groups()) if parts else plain
