import sqlite3
import threading

import apsw
import pytest

from kiosk.backend.messages import PrintState, ReportPrint
from kiosk.backend.outbox import Outbox


def said(ticket, attempt=1, state=PrintState.PRINTED):
    return ReportPrint(ticket=ticket, state=state, attempt=attempt)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outbox.db"


@pytest.fixture
def outbox(path):
    box = Outbox(path)
    yield box
    box.close()


def test_reports_come_out_in_the_order_they_went_in(outbox):
    reports = [said("b"), said("a"), said("b", 2, PrintState.REPRINTED)]
    for report in reports:
        outbox.put(report)
    assert [kept.report for kept in outbox.waiting()] == reports


def test_the_same_ticket_and_attempt_is_kept_once_as_first_said(outbox):
    outbox.put(said("a"))
    outbox.put(said("a", 1, PrintState.FAILED))
    assert [kept.report for kept in outbox.waiting()] == [said("a")]


def test_what_is_done_is_gone_and_its_place_is_not_given_again(outbox):
    outbox.put(said("a"))
    first = outbox.waiting()[0]
    outbox.done(first)
    assert outbox.waiting() == ()
    outbox.put(said("b"))
    outbox.done(first)
    assert [kept.report for kept in outbox.waiting()] == [said("b")]


def test_a_report_is_on_disk_when_put_returns(outbox, path):
    outbox.put(said("a"))
    other = sqlite3.connect(path)  # a reader beside the open writer: what a restart after a black-out would find
    assert other.execute("SELECT ticket, attempt, state FROM print_reports").fetchall() == [("a", 1, "printed")]
    other.close()


def test_reports_survive_a_restart(path):
    for n in range(3):
        box = Outbox(path)
        box.put(said(f"t{n}"))
        box.close()
    box = Outbox(path)
    assert [kept.report.ticket for kept in box.waiting()] == ["t0", "t1", "t2"]
    box.close()


def test_many_threads_put_at_once(outbox):
    threads = [threading.Thread(target=lambda n=n: [outbox.put(said(f"t{n}", a)) for a in range(1, 6)]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    waiting = [kept.report for kept in outbox.waiting()]
    assert len(waiting) == 40
    for n in range(8):
        assert [r.attempt for r in waiting if r.ticket == f"t{n}"] == [1, 2, 3, 4, 5]


def test_writes_are_synced_to_disk(outbox):
    assert outbox._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert outbox._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_is_no_database(path):
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(apsw.Error):
        Outbox(path)
