"""The A4 printer's driver on the bench: the line, what it tells of itself, and what else it can be asked."""

import base64

import pytest
from a4_documents import PAGE, PAGES, document, left_over, papers, url
from cups_peers import at

from drivers import registry
from drivers.contract import (
    CheckHealth,
    DeviceState,
    Document,
    HealthChecked,
    HealthLevel,
    Level,
    Printed,
    PrintProgress,
    SupplyReplenish,
)
from drivers.errors import Reason
from drivers.printers.ipp_jobs import OwnJobs
from drivers.printers.ipp_page import check_page

ONLINE, POWER_OFF, USER_ERROR = DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.USER_ERROR


def test_a_printer_without_pdf_is_not_configured(a4_board, make_a4):
    a4_board.set(pdf=False)
    assert make_a4(POWER_OFF).status.error.reason is Reason.NOT_CONFIGURED


def test_the_plug_was_pulled_in_the_middle(a4_board, make_a4, ear):
    a4_board.set(gone_after_sheets=1)
    printer = make_a4()
    printer.do(document(pdf=PAGES))
    assert ear.answer("job").error.reason is Reason.UNPLUGGED
    a4_board.plug()
    ear.until(lambda: printer.status.state is ONLINE)
    assert [paper["sheets"] for paper in papers(a4_board)] == [1]


@pytest.mark.parametrize("fault", [{"silent": True}, {"hang": True}], ids=["silent", "half an answer"])
def test_a_printer_that_falls_silent_in_the_middle_gets_its_job_taken_back_when_it_speaks_again(a4_board, make_a4, ear, fault):
    a4_board.set(speed_ppm=60)
    printer = make_a4(answer_ms=100)
    printer.do(document(pdf=PAGES, copies=50))
    ear.first(PrintProgress)
    a4_board.set(**fault)
    assert ear.answer("job").error.reason is Reason.SILENT
    assert printer.status.state is POWER_OFF
    a4_board.set(**dict.fromkeys(fault, False))
    ear.until(lambda: printer.status.state is ONLINE)
    assert left_over(a4_board) == []


@pytest.mark.parametrize("fault", [{"garbage": "instead"}, {"bad_checksum": True}, {"half_frame": 60}], ids=["noise", "a wrong byte", "cut short"])
def test_two_spoilt_answers_in_a_row_are_asked_for_again(a4_board, make_a4, ear, fault):
    printer = make_a4()
    a4_board.set(**fault, faulty=2)
    printer.do(CheckHealth(role="device", id="check", level=HealthLevel.INTERNAL))
    assert ear.answer("check").passed
    assert ear.states() == [ONLINE]


def test_nothing_but_noise_is_garbled(a4_board, make_a4, ear):
    printer = make_a4()
    a4_board.set(garbage="instead")
    ear.until(lambda: printer.status.error is not None)
    assert printer.status.error.reason is Reason.GARBLED
    a4_board.set(garbage="")
    ear.until(lambda: printer.status.state is ONLINE)


def test_jobs_of_a_session_that_is_over_are_cancelled_at_the_start(a4_board, make_a4, ear):
    a4_board.set(speed_ppm=1)
    printer = at(url(a4_board))
    printer.send(OwnJobs(printer, "bench device").name("gone"), Document(pdf=PAGE), [])
    printer.send(OwnJobs(printer, "another terminal device").name("theirs"), Document(pdf=PAGE), [])
    made = make_a4()
    assert [job.name for job in left_over(a4_board)] == [OwnJobs(printer, "another terminal device").name("theirs")]
    ear.until(lambda: made.counters.get("canceledJobCount") == 1)


def test_stopped_in_the_middle_nothing_is_left_in_the_printer(a4_board, make_a4, ear):
    a4_board.set(speed_ppm=1)
    printer = make_a4()
    printer.do(document())
    ear.first(PrintProgress)
    printer.stop()
    assert left_over(a4_board) == []


def test_supplies_follow_the_printer(a4_board, make_a4, ear):
    printer = make_a4()
    assert printer.status.supplies == {"upper": Level.FULL, "toner": Level.FULL, "outputBin": Level.OK}
    a4_board.set(media="low", toner=5, output="high", tells_toner="marker")
    ear.until(lambda: printer.status.supplies == {"upper": Level.LOW, "toner": Level.LOW, "outputBin": Level.HIGH})
    a4_board.set(toner=0)
    ear.until(lambda: printer.status.supplies["toner"] is Level.OUT)
    assert printer.status.state is ONLINE  # a warning prevents no job: it is an error once a job waits for toner


def test_identity_is_told(make_a4):
    assert make_a4().status.identity == {"model": "Lucheng A4-20 Bench", "maker": "Lucheng", "serial": "9999990002", "firmware": "2.03"}


def test_the_check_page_is_printed_outside_service_only(a4_board, make_a4, ear):
    printer = make_a4()
    printer.do(CheckHealth(role="device", id="refused", level=HealthLevel.EXTERNAL, in_service=True))
    assert ear.answer("refused").error.reason is Reason.SEQUENCE
    printer.do(CheckHealth(role="device", id="check", level=HealthLevel.EXTERNAL))
    checked = ear.answer("check")
    assert isinstance(checked, HealthChecked)
    assert checked.findings["black toner"] == "80 %"
    assert len(papers(a4_board)) == 1


@pytest.mark.parametrize("wrong", ["ipp://printer.example/ipp/print", "ipps://127.0.0.1/ipp/print", "ipp://127.0.0.1:99999/", "nonsense", "ipp://[::1"])
def test_an_address_that_cannot_be_used_is_a_matter_of_configuration(device, ear, wrong):
    printer = device("printers.ipp", "device", url=wrong)
    printer.start(ear)
    ear.state(POWER_OFF)
    assert printer.status.error.reason is Reason.NOT_CONFIGURED


def test_the_path_of_a_printer_may_be_wrong(a4_board, device, ear):
    printer = device("printers.ipp", "device", url=f"ipp://{a4_board.address}/printers/A4")
    printer.start(ear)
    ear.state(POWER_OFF)
    assert printer.status.error.reason is Reason.NOT_CONFIGURED


def test_a_recording_holds_nothing_of_a_document(a4_board, tmp_path, stack, ear):
    secret = check_page(("Zhang Made-Up", "999999190001010010")).pdf
    file = tmp_path / "trace.jsonl"
    printer = registry.load("device", "printers.ipp", {"url": url(a4_board), "poll_ms": 50}, trace_to=file)
    stack.callback(printer.stop)
    printer.start(ear)
    printer.do(document(pdf=secret))
    assert isinstance(ear.answer("job"), Printed)
    printer.stop()
    kept = file.read_bytes()
    assert b"PrintDocument" in kept
    for size in range(0, len(secret) - 24, 24):
        assert secret[size : size + 24] not in kept
        assert base64.b64encode(secret[size : size + 24])[:24] not in kept
    assert b"Zhang" not in kept
    assert b"999999190001010010" not in kept


def test_sheets_are_counted_since_the_tray_was_filled_and_ask_for_attention(make_a4, ear):
    printer = make_a4(thresholds={"upperSinceReplenish": 3})
    printer.do(document("first", pdf=PAGES))
    ear.until(lambda: printer.status.attention == ("upperSinceReplenish",))
    printer.do(SupplyReplenish(role="device", id="filled", supply="upper"))
    ear.until(lambda: printer.status.attention == ())
    assert printer.counters["tonerSinceReplenish"] == 3
