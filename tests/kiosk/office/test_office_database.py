import multiprocessing
import shutil
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from office_help import Clock, nonce, open_app
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from kiosk.backend.messages import TakeTicket
from kiosk.office import tickets
from kiosk.office.access import Terminal
from kiosk.office.database import MIGRATIONS, open_database
from kiosk.office.tables import Bands, Moment, metadata
from kiosk.office.tickets import take_ticket


def test_models_and_migrations_agree(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    database.migrate()
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_migrating_again_and_going_back(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    database.migrate()
    database.migrate()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        left = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
    assert left == ["alembic_version"]
    database.close()


def _insert_a_day_twice(database):
    with database.write() as connection:
        for _ in range(2):
            connection.execute(text("INSERT INTO workdays VALUES ('2026-01-01', 0)"))


def test_a_failed_write_leaves_nothing(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    database.migrate()
    with pytest.raises(IntegrityError):
        _insert_a_day_twice(database)
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM workdays")).scalar_one() == 0
    database.close()




def test_a_ready_engine_is_used_as_it_is(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    assert open_database(engine).engine is engine
    engine.dispose()


def _take(path, gate, out, first):
    app = open_app(path, Clock())
    gate.wait(30)
    office, terminal = app.state.office, Terminal("t1", "city")
    out.put([take_ticket(office, terminal, TakeTicket(nonce=nonce(first + n), service="help", language="en"))[0].number for n in range(15)])
    office.database.close()


def test_two_processes_share_one_sequence(template, tmp_path):
    path = tmp_path / "shared.db"
    shutil.copy(template, path)
    spawn = multiprocessing.get_context("spawn")
    gate, out = spawn.Barrier(2), spawn.Queue()
    processes = [spawn.Process(target=_take, args=(path, gate, out, 100 * n)) for n in range(2)]
    for process in processes:
        process.start()
    numbers = out.get(timeout=60) + out.get(timeout=60)
    for process in processes:
        process.join(30)
    assert sorted(numbers) == [f"Z{n:03d}" for n in range(1, 31)]


def test_a_nonce_that_another_transaction_used_meanwhile_gets_that_ticket(template, tmp_path, monkeypatch):
    path = tmp_path / "race.db"
    shutil.copy(template, path)
    office = open_app(path, Clock()).state.office
    request, terminal = TakeTicket(nonce=nonce(1), service="help", language="en"), Terminal("t1", "city")
    first, _ = take_ticket(office, terminal, request)
    real, calls = tickets._of_nonce, []

    def late(*args):  # the first look comes too early to see the other's ticket
        calls.append(args)
        return None if len(calls) == 1 else real(*args)

    monkeypatch.setattr(tickets, "_of_nonce", late)
    assert take_ticket(office, terminal, request) == (first, False)
    monkeypatch.undo()
    other = TakeTicket(nonce=nonce(2), service="help", language="en")
    with pytest.raises(IntegrityError):
        take_ticket(office, Terminal("never enrolled", "city"), other)
    assert take_ticket(office, terminal, other)[0].number == "Z002"  # the failed ones took their numbers back
    office.database.close()


def test_values_keep_their_meaning_in_either_database():
    moment = datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=8)))
    stored = Moment().process_bind_param(moment, postgresql.dialect())
    assert stored.tzinfo is UTC
    assert Moment().process_result_value(stored.replace(tzinfo=None), None) == moment
    assert Moment().process_result_value(moment, None) == moment
    assert Moment().process_bind_param(None, None) is None
    assert Moment().process_result_value(None, None) is None
    assert Bands().process_result_value(None, None) == ()
