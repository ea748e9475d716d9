import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import postgres_help
import pytest
from desk_help import at_once
from office_help import KEY, Caller, nonce
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError

from kiosk.office import database as database_module
from kiosk.office.database import open_database, steadfast
from kiosk.office.tables import halls, terminals, workdays

pytestmark = pytest.mark.postgres
ONLY = pytest.mark.postgres(only=True)
NEW_YEAR = date(2030, 1, 1)


@pytest.fixture
def opened(database):
    made = open_database(database)
    yield made
    made.close()


def in_two_threads(work):
    """What each of two came to, or the error it ended with."""
    results = {}

    def run(name):
        try:
            results[name] = work(name)
        except DBAPIError as error:
            results[name] = error

    threads = [threading.Thread(target=run, args=(name,)) for name in ("city", "baiyang")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def crossing(opened, tries):
    """Each holds the row of its own hall, then wants that of the other."""
    both = threading.Barrier(2)

    def work(mine):
        tries.append(mine)
        with opened.write() as connection:
            connection.execute(update(halls).where(halls.c.code == mine).values(phone=mine))
            if len(tries) <= 2:
                both.wait(20)
            other = "baiyang" if mine == "city" else "city"
            connection.execute(update(halls).where(halls.c.code == other).values(phone=mine))
        return mine

    return work


@ONLY
def test_a_deadlock_ends_one_and_steadfast_does_it_again(opened):
    tries = []
    results = in_two_threads(crossing(opened, tries))
    assert sorted(type(one).__name__ for one in results.values()) == ["OperationalError", "str"]
    assert [one.orig.sqlstate for one in results.values() if not isinstance(one, str)] == ["40P01"]
    tries.clear()
    assert in_two_threads(steadfast(crossing(opened, tries))) == {"city": "city", "baiyang": "baiyang"}
    assert len(tries) == 3


@ONLY
def test_steadfast_gives_up_after_some_tries_and_does_not_repeat_other_errors(opened, monkeypatch):
    monkeypatch.setattr(database_module, "_PAUSES", (0.0, 0.0))
    tries = []

    @steadfast
    def failing(state):
        tries.append(state)
        with opened.write() as connection:
            connection.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))

    for state, times in (("40001", 3), ("40P01", 3), ("22000", 1)):
        tries.clear()
        with pytest.raises(DBAPIError):
            failing(state)
        assert len(tries) == times


@ONLY  # readers of SQLite have writers wait
def test_a_read_sees_one_state(opened):
    def works(connection):
        return connection.execute(select(workdays.c.works).where(workdays.c.day == NEW_YEAR)).scalar_one_or_none()

    with opened.read() as reading:
        assert works(reading) is None
        with opened.write() as writing:
            writing.execute(workdays.insert().values(day=NEW_YEAR, works=False))
        assert works(reading) is None
    with opened.read() as reading:
        assert works(reading) is False


@ONLY
def test_a_read_cannot_write(opened):
    with pytest.raises(InternalError, match="read-only"), opened.read() as connection:
        connection.execute(workdays.insert().values(day=NEW_YEAR, works=True))


@ONLY
def test_a_write_sees_what_was_committed_while_it_waited(opened):
    """What the locks of `kiosk.office.locks` rest on."""
    with opened.write() as connection:
        assert connection.execute(text("SHOW transaction_isolation")).scalar_one() == "read committed"
    with opened.read() as connection:
        assert connection.execute(text("SHOW TimeZone")).scalar_one() == "UTC"
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "10s"


def _migrate(url, gate):
    opened = open_database(url)
    gate.wait(30)
    opened.migrate()
    opened.close()


def test_processes_that_start_at_once_on_a_new_database_wait_for_each_other(empty):
    spawn = multiprocessing.get_context("spawn")
    gate = spawn.Barrier(3)
    processes = [spawn.Process(target=_migrate, args=(empty, gate)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]


@ONLY
def test_connections_that_broke_are_replaced_unseen(call, running, opened):
    assert call.ticket(nonce(1)).status_code == 201
    with opened.write() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        assert connection.execute(text(others)).all()
    assert call.ticket(nonce(2)).status_code == 201


@pytest.mark.errors_logged
def test_a_database_held_too_long_is_said_to_be_away_and_nothing_is_done(database, opened, clock, dialect, monkeypatch, request):
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 0.2)
    monkeypatch.setattr(database_module, "_POSTGRESQL", {**database_module._POSTGRESQL, "lock_timeout": 200})
    _, app = request.getfixturevalue("running")
    caller = request.getfixturevalue("call")
    with opened.write() as connection:
        if dialect == "postgresql":
            connection.execute(text("LOCK TABLE tickets IN ACCESS EXCLUSIVE MODE"))
        answer = caller.ticket(nonce(1))
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, "unavailable", "2")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert caller.ticket(nonce(1)).json()["number"] == "A001"
    assert app.state.office.database.engine.pool.checkedout() == 0


def test_fifty_terminals_that_ask_at_once_are_all_answered(running):
    def ask():
        caller = Caller(running[0].url, KEY)
        status = caller("GET", "/v1/queues").status_code
        caller.session.close()
        return status

    assert at_once(*[ask] * 50) == [200] * 50


def test_foreign_keys_hold(opened):
    with pytest.raises(IntegrityError), opened.write() as connection:
        connection.execute(terminals.insert().values(code="t9", hall="nowhere", key_hash="x"))


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://u:geheim@h/d", "sqlite"])
def test_what_is_no_database_is_said_without_its_password(url):
    with pytest.raises(ValueError, match="database") as error:
        open_database(url)
    assert "geheim" not in str(error.value)


def test_a_plain_url_is_taken_for_the_driver_that_is_there():
    made = open_database("postgresql://office@nowhere.invalid/x")
    assert made.engine.dialect.driver == "psycopg"
    made.close()


USER = """
import sys
from pathlib import Path
import postgres_help
with postgres_help.shared(Path(sys.argv[1]), lambda made: made.create("filled")) as cluster:
    print(cluster.folder, flush=True)
    sys.stdin.read()
"""


def test_the_server_of_the_tests_ends_with_its_last_user_however_that_ends(tmp_path, cluster):
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", USER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": os.environ | paths}
    with subprocess.Popen(command, **pipes) as one, subprocess.Popen(command, **pipes) as two:
        folders = {user.stdout.readline().strip() for user in (one, two)}
        assert len(folders) == 1
        folder = Path(folders.pop())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        one.stdin.close()
        one.wait(20)
        other = postgres_help.Cluster(folder)
        other.create("goes_on")
        other.close()
        two.send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while folder.exists() or _runs(server):
        assert time.monotonic() < end
        threading.Event().wait(0.05)


def _runs(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False
