from datetime import UTC, datetime

import apsw
import pytest

from kiosk.flow import Act
from kiosk.journal import Journal, Outcome

TIME = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
TICKET = Act(kind="ticket", subject="nonce-1", detail=(("service", "TAX"),))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "journal.db"


def test_an_act_survives_the_process_that_wrote_it(path):
    first = Journal(path)
    first.begin("b-1", TICKET, TIME)
    second = Journal(path)  # the first was never closed, as after a crash
    (entry,) = second.unfinished()
    assert (entry.id, entry.act, entry.begun, entry.outcome) == ("b-1", TICKET, TIME, None)
    first.close()
    second.close()


def test_an_outcome_is_written_once(path):
    journal = Journal(path)
    journal.begin("b-1", TICKET, TIME)
    journal.end("b-1", Outcome.DONE, TIME)
    journal.end("b-1", Outcome.FAILED, TIME)
    assert journal.unfinished() == ()
    assert [entry.outcome for entry in journal.entries()] == [Outcome.DONE]
    journal.close()


def test_one_id_begins_one_act(path):
    journal = Journal(path)
    journal.begin("b-1", TICKET, TIME)
    with pytest.raises(apsw.ConstraintError):
        journal.begin("b-1", TICKET, TIME)
    journal.close()


def test_a_field_that_is_not_declared_is_refused(path):
    journal = Journal(path)
    with pytest.raises(ValueError, match="name"):
        journal.begin("b-1", Act(kind="ticket", subject="n", detail=(("name", "测试·甲一"),)), TIME)
    assert journal.entries() == ()
    journal.close()


def test_every_commit_reaches_the_disk(path):
    journal = Journal(path)
    assert journal._db.pragma("synchronous") == 2  # FULL
    assert journal._db.pragma("journal_mode") == "wal"
    journal.close()
