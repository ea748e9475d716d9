import multiprocessing
import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from office_help import Clock, nonce, open_app
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError, OperationalError

from kiosk.backend.messages import TakeTicket
from kiosk.office import database as database_module
from kiosk.office.access import Terminal
from kiosk.office.database import MIGRATIONS, open_database
from kiosk.office.queue import tickets
from kiosk.office.queue.tickets import take_ticket
from kiosk.office.tables import Bands, Moment, metadata, workdays

pytestmark = pytest.mark.postgres


def test_models_and_migrations_agree(empty):
    database = open_database(empty)
    database.migrate()
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_migrating_again_and_going_back(empty):
    database = open_database(empty)
    database.migrate()
    database.migrate()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        left = inspect(connection).get_table_names()
    assert left == ["alembic_version"]
    database.close()


def _insert_a_day_twice(database):
    with database.write() as connection:
        for _ in range(2):
            connection.execute(workdays.insert().values(day=date(2026, 1, 1), works=False))


def test_a_failed_write_leaves_nothing(empty):
    database = open_database(empty)
    database.migrate()
    with pytest.raises(IntegrityError):
        _insert_a_day_twice(database)
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM workdays")).scalar_one() == 0
    database.close()


@pytest.fixture
def on_sqlite(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    yield database
    database.close()


def test_writers_of_sqlite_get_their_turns_in_the_order_they_came(on_sqlite):
    order = []

    def write(name):
        with on_sqlite.write():
            order.append(name)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    with on_sqlite.write():
        for waiting, thread in enumerate(threads, start=2):
            thread.start()
            while len(on_sqlite._turn._waiting) < waiting:
                thread.join(0.001)
    for thread in threads:
        thread.join(20)
    assert order == list(range(8))


def test_a_writer_who_waits_too_long_for_sqlite_is_told_and_others_go_on(on_sqlite, monkeypatch):
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 0.05)
    with on_sqlite.write(), pytest.raises(OperationalError, match="locked"), on_sqlite.write():
        pass
    with on_sqlite.write():
        assert len(on_sqlite._turn._waiting) == 1


def test_a_ready_engine_is_used_as_it_is(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    assert open_database(engine).engine is engine
    engine.dispose()


def _take(database, gate, out, first):
    app = open_app(database, Clock())
    gate.wait(30)
    office, terminal = app.state.office, Terminal("t1", "city")
    out.put([take_ticket(office, terminal, TakeTicket(nonce=nonce(first + n), service="help", language="en"))[0].number for n in range(15)])
    office.database.close()


def test_two_processes_share_one_sequence(database):
    spawn = multiprocessing.get_context("spawn")
    gate, out = spawn.Barrier(2), spawn.Queue()
    processes = [spawn.Process(target=_take, args=(database, gate, out, 100 * n)) for n in range(2)]
    for process in processes:
        process.start()
    numbers = out.get(timeout=60) + out.get(timeout=60)
    for process in processes:
        process.join(30)
    assert sorted(numbers) == [f"Z{n:03d}" for n in range(1, 31)]


def test_a_nonce_that_another_transaction_used_meanwhile_gets_that_ticket(database, monkeypatch):
    office = open_app(database, Clock()).state.office
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
