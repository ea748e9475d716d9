"""Tickets of an office from before there was a desk."""

import pytest
from alembic import command
from alembic.config import Config
from office_help import FRIDAY, Clock, open_app
from sqlalchemy import text

from kiosk.office.database import MIGRATIONS, open_database
from kiosk.office.queue import hall_acts
from kiosk.office.queue.board import load_board

pytestmark = pytest.mark.postgres

ROWS = (
    "INSERT INTO halls VALUES ('h', '{}', '{}', '1', '[]', '{}', '[]', '{}')",
    "INSERT INTO terminals VALUES ('t', 'h', 'k')",
    "INSERT INTO services VALUES ('h', 's', 0, '{}', '{}', 'A', '{}', 5, 1)",
    "INSERT INTO number_sequences VALUES ('h', '2026-11-20', 'A', 2)",
    "INSERT INTO tickets VALUES ('1', 'n1', 't', 'h', 's', '2026-11-20', 'A', 1, 'en', '2026-11-20 01:30:00', 'waiting', 0, 1, 2, 'f1', 'printed', 0)",
    "INSERT INTO tickets VALUES ('2', 'n2', 't', 'h', 's', '2026-11-20', 'A', 2, 'en', '2026-11-20 01:40:00', 'finished', 0, NULL, NULL, 'f2', 'printed', 0)",
    "INSERT INTO ticket_prints VALUES ('1', 1, 'printed', '2026-11-20 01:30:00')",
)


def to(database, revision):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if revision.startswith("-") else command.upgrade)(config, revision.lstrip("-"))


def test_they_keep_their_places_and_can_be_called_back(empty):
    database = open_database(empty)
    to(database, "0002")
    with database.write() as connection:
        for row in ROWS:
            connection.execute(text(row))
    database.close()
    office = open_app(empty, Clock()).state.office
    with office.database.read() as connection:
        board = load_board(connection, "h", FRIDAY)
        assert [(row.id, row.effective, row.since) for row in board.line] == [("1", FRIDAY.replace(hour=9, minute=30), FRIDAY.replace(hour=9, minute=30))]
        assert connection.execute(text("SELECT last, reserved FROM number_sequences")).one() == (2, 800)
    hall_acts.finish_all(office, "h")
    with office.database.read() as connection:
        assert connection.execute(text("SELECT became FROM ticket_periods")).scalars().all() == ["finished"]
    to(office.database, "-0002")
    with office.database.read() as connection:
        assert connection.execute(text("SELECT id, state, seq FROM tickets ORDER BY id")).all() == [("1", "finished", 1), ("2", "finished", 2)]
    office.database.close()
