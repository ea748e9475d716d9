import threading
import time
from datetime import timedelta

import apsw
import pytest
from office_help import FRIDAY
from office_line import Line

from drivers.contract import DeviceState, StatusChanged
from kiosk.backend.messages import ListQueues, NumberRange, PrintState, Priority, Refused, Replied, ReportOffline, ReportPrint, TakeTicket
from kiosk.backend.numbers import Numbers, is_ours
from kiosk.backend.offline import Offline
from kiosk.errors import BackendError, BackendReason
from kiosk.office.server import serve

TODAY = FRIDAY.date()


def words(text):
    return {"zh-CN": text}


def numbers(service="social", day=TODAY, first=801, last=803):
    return NumberRange(
        service=service, prefix="B", day=day, first=first, last=last, service_name=words("社会保险"), hall_name=words("大厅"), where=words("B区"), hours=words("9:00")
    )


def take(nonce, service="social", **more):
    return TakeTicket(nonce=nonce, service=service, language="zh-CN", **more)


@pytest.fixture
def kept(tmp_path):
    store = Numbers(tmp_path / "numbers.db")
    store.keep((numbers(),))
    yield store
    store.close()


def test_each_number_is_given_once_and_then_there_is_none(kept):
    assert [kept.take(take(f"n{at}"), FRIDAY).number for at in range(3)] == ["B801", "B802", "B803"]
    assert kept.take(take("n9"), FRIDAY) is None
    assert kept.queues(TODAY) == ()


def test_the_same_nonce_gets_the_same_ticket(kept):
    first = kept.take(take("n"), FRIDAY)
    assert kept.take(take("n"), FRIDAY + timedelta(minutes=1)) == first
    assert first.offline
    assert is_ours(first.id)


def test_a_crash_after_the_number_never_gives_it_again(kept, tmp_path):
    kept.take(take("n"), FRIDAY)
    again = Numbers(tmp_path / "numbers.db")
    again.keep((numbers(),))
    assert again.take(take("other"), FRIDAY).number == "B802"
    assert [report.nonce for report in again.unreported()] == ["n", "other"]
    again.close()


def test_numbers_of_another_day_are_not_given(kept):
    assert kept.take(take("n"), FRIDAY + timedelta(days=1)) is None
    kept.keep((numbers(day=TODAY + timedelta(days=1)),))
    assert kept.take(take("n2"), FRIDAY + timedelta(days=1)).number == "B801"


def test_settled_tickets_of_other_days_are_forgotten_and_open_ones_are_not(kept, tmp_path):
    for nonce in ("settled", "open"):
        kept.take(take(nonce), FRIDAY)
    kept.reported("settled", "an-id")
    kept.keep((numbers(),))
    assert kept.printed("offline-settled", PrintState.PRINTED) == "an-id"  # of today
    kept.keep((numbers(day=TODAY + timedelta(days=1)),))
    assert kept.printed("offline-settled", PrintState.PRINTED) == ""
    assert [report.nonce for report in kept.unreported()] == ["open"]


def test_a_right_to_be_called_earlier_that_was_claimed_without_the_office_is_reported_too(kept):
    assert kept.take(take("n", priority=Priority.ELDERLY), FRIDAY).priority is Priority.ELDERLY
    assert kept.take(take("n", priority=Priority.ELDERLY), FRIDAY).priority is Priority.ELDERLY
    assert [report.priority for report in kept.unreported()] == [Priority.ELDERLY]


def test_a_file_from_before_there_were_priorities_goes_on(tmp_path):
    path = tmp_path / "old.db"
    Numbers(path).close()
    with apsw.Connection(str(path)) as old:
        old.execute("ALTER TABLE given DROP COLUMN priority")
        old.execute("INSERT INTO given VALUES ('n', 'social', 'zh-CN', '2026-11-20', 801, '2026-11-20T10:00:00+08:00', 'printed', NULL)")
    old.close()
    for _ in range(2):
        store = Numbers(path)
        assert [(report.number, report.priority) for report in store.unreported()] == [(801, Priority.NONE)]
        store.close()


@pytest.mark.errors_logged
def test_a_ticket_at_which_the_office_fails_holds_up_neither_the_others_nor_the_numbers_of_the_day(tmp_path, kept):
    for nonce in ("bad", "good"):
        kept.take(take(nonce), FRIDAY)
    reserved = threading.Event()

    class Client:
        def ask(self, request, _abort):
            if not isinstance(request, ReportOffline):
                reserved.set()
                return ()
            if request.nonce == "bad":
                raise BackendError(BackendReason.BROKEN)
            raise BackendError(BackendReason.REFUSED)

    made = Offline(tmp_path / "numbers.db", Client, lambda: FRIDAY)
    made.start(lambda _: None)
    made.office(up=True)
    assert reserved.wait(20)
    made.stop(5)
    assert [report.nonce for report in kept.unreported()] == ["bad"]


def test_many_at_once_get_different_numbers(tmp_path):
    store = Numbers(tmp_path / "numbers.db")
    store.keep((numbers(last=840),))
    given = []
    threads = [threading.Thread(target=lambda at=at: given.extend(store.take(take(f"{at}-{i}"), FRIDAY).number for i in range(5))) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [f"B{number}" for number in range(801, 841)]
    store.close()


def unsent():
    error = BackendError(BackendReason.UNREACHABLE)
    error.sent = False
    return error


class Away:
    def ask(self, *_):
        raise unsent()


@pytest.fixture
def offline(tmp_path, kept):
    told = []
    made = Offline(tmp_path / "numbers.db", Away, lambda: FRIDAY)
    made.start(told.append)
    yield made, told
    made.stop(5)


def test_a_ticket_the_office_may_have_given_is_not_given_again(offline):
    made, _ = offline
    assert made.failed(take("n"), BackendError(BackendReason.TIMEOUT)) is None
    made.office(up=False)
    assert made.while_away(take("n")) is None
    assert made.failed(take("n"), unsent()) is None
    assert made.while_away(take("m")).number == "B801"


def test_what_needs_the_office_is_not_answered_without_it(offline):
    made, _ = offline
    made.office(up=False)
    assert made.while_away(take("n", item="food")) is None
    assert made.while_away(take("n", service="tax")) is None
    assert made.while_away(ReportPrint(ticket="t", state=PrintState.PRINTED, attempt=1)) is None
    assert [queue.code for queue in made.while_away(ListQueues())] == ["social"]


def test_it_says_whether_numbers_can_be_given(offline):
    made, told = offline
    made.office(up=False)
    for at in range(3):
        made.while_away(take(f"n{at}"))
    made.office(up=True)
    assert [event.status.state for event in told] == [DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.ONLINE]


def test_tickets_given_without_the_office_are_called_in_their_turn_afterwards(running, tmp_path, clock):
    serving, app = running
    port = int(serving.url.rpartition(":")[2])
    path = tmp_path / "numbers.db"
    with Line(serving.url, numbers=path, outbox=tmp_path / "outbox.db", clock=clock) as line:
        line.wait(lambda event: isinstance(event, StatusChanged) and event.role == "numbers" and event.status.state is DeviceState.ONLINE)
        seen = Numbers(path)
        _until(lambda: seen.queues(TODAY))
        serving.stop()
        line.wait(lambda event: isinstance(event, StatusChanged) and event.role == "office" and event.status.state is DeviceState.POWER_OFF)
        line.ask("q", ListQueues())
        assert "social" in [queue.code for queue in line.answer("q").reply]
        line.ask("t", take("a-nonce-made-at-the-touch-1"))
        ticket = line.answer("t").reply
        assert ticket.offline
        line.ask("p", ReportPrint(ticket=ticket.id, state=PrintState.PRINTED, attempt=1))
        assert isinstance(line.answer("p"), Replied)
        line.ask("r", take("a-nonce-made-at-the-touch-2", item="some-item"))
        assert isinstance(line.answer("r"), Refused)
        again = serve(app, port=port)
        try:
            _until(lambda: seen.unreported() == ())
        finally:
            again.stop()
            seen.close()


def _until(seen):
    reached = threading.Event()
    end = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < end
        reached.wait(0.02)


@pytest.mark.errors_logged
def test_a_report_that_is_refused_for_good_is_said_once_and_not_repeated(tmp_path, kept):
    kept.take(take("n"), FRIDAY)

    class Client:
        asked = 0

        def ask(self, request, _abort):
            Client.asked += isinstance(request, ReportOffline)
            if isinstance(request, ReportOffline):
                raise BackendError(BackendReason.REFUSED)
            return ()

    made = Offline(tmp_path / "numbers.db", Client, lambda: FRIDAY)
    made.start(lambda _: None)
    made.office(up=True)
    _until(lambda: kept.unreported() == ())
    made.stop(5)
    assert Client.asked == 1
