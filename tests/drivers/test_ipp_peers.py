"""The driver against real peers, an IPP Everywhere printer and CUPS in front of it, and against the bench, which must look the same."""

from contextlib import closing

import pytest
from a4_documents import PAGE, BenchEve, document
from cups_peers import CUPS_PDF, Cups, IppEve, at, free_port, need

from drivers.contract import (
    Cancel,
    CheckHealth,
    DeviceState,
    Document,
    Failed,
    HealthChecked,
    HealthLevel,
    Level,
    Part,
    PersonAnswered,
    PersonAsked,
    Printed,
    PrintProgress,
    StatusChanged,
)
from drivers.errors import Action, Reason
from drivers.printers.ipp_jobs import OwnJobs


@pytest.fixture
def quick(request):
    """Settings; the printers remember jobs over the tests, so each test is a terminal of its own."""
    return {"poll_ms": 50, "health_ms": 200, "owner": request.node.name, "answer_ms": 5000}


def name(quick, command_id):
    """What the driver calls the job of a command."""
    return OwnJobs(None, f"{quick['owner']} device").name(command_id)


@pytest.fixture(scope="module")
def real_eve(tmp_path_factory):
    need("dbus-daemon", "ippeveprinter")
    with closing(IppEve(tmp_path_factory.mktemp("eve"), free_port())) as peer:
        peer.start()
        yield peer


@pytest.fixture(scope="module")
def cups():
    need("cupsd", "lpadmin")
    with closing(Cups()) as peer:
        peer.start()
        yield peer


@pytest.fixture(scope="module")
def queue(cups, real_eve):
    return cups.queue("A4", real_eve.url, "-m", "everywhere")


@pytest.fixture(params=["printer", "queue", "bench"])
def way(request):
    """To the real printer directly, to it through CUPS, and to the bench."""
    return request.param


@pytest.fixture
def eve(way, request):
    """The printer's handles, as its user has them."""
    made = BenchEve(request.getfixturevalue("bench")("a4_printer")) if way == "bench" else request.getfixturevalue("real_eve")
    made.fresh()
    yield made
    made.rest()


@pytest.fixture
def url(way, eve, request):
    return request.getfixturevalue("queue") if way == "queue" else eve.url


@pytest.fixture
def printer(url, device, ear, quick):
    one = device("printers.ipp", "device", url=url, **quick)
    one.start(ear)
    ear.state(DeviceState.ONLINE)
    return one


def begin(printer, eve, ear, **more):
    """The printer is at a document and does not end it; CUPS says so before the printer has got it."""
    eve.hold()
    printer.do(document(pdf=PAGE, **more))
    ear.first(PrintProgress)
    ear.until(eve.papers, "the printer's beginning")


def left_over(url):
    return [job for job in at(url).jobs("not-completed") if not job.stopping]


def trouble(ear, reason):
    return ear.first(StatusChanged, lambda event: event.status.error is not None and event.status.error.reason is reason)


def test_a_document_is_printed_once(printer, url, eve, ear):
    begin(printer, eve, ear, copies=2, two_sided=True)
    assert ear.first(PrintProgress).sheets == 0
    eve.release()
    assert isinstance(ear.answer("job"), Printed)
    (paper,) = eve.papers()
    assert paper.startswith("kiosk-")
    assert "sides=two-sided-long-edge" in paper
    assert left_over(url) == []
    assert printer.counters["jobsPrintedCount"] == 1


def test_identity_parts_and_supplies_are_those_of_the_printer(printer, eve):
    status = printer.status
    assert status.identity["maker"] == eve.maker
    assert status.parts == {"cover": Part.CLOSED, "mechanism": Part.OK}
    assert status.supplies == {"upper": Level.FULL, "toner": Level.FULL, "outputBin": Level.OK}


def test_cancel_takes_the_job_back(printer, url, eve, ear):
    begin(printer, eve, ear)
    printer.do(Cancel(role="device", id="c", of="job"))
    assert ear.answer("job").error.reason is Reason.CANCELED
    assert left_over(url) == []
    ear.until(lambda: left_over(eve.url) == [], "the end of the job in the printer")
    assert printer.counters["canceledJobCount"] == 1


def test_a_job_waits_for_paper_and_goes_on(printer, eve, ear):
    begin(printer, eve, ear)
    eve.paper(False)
    trouble(ear, Reason.PAPER_OUT)
    assert printer.status.state is DeviceState.USER_ERROR
    assert printer.status.supplies["upper"] is Level.OUT
    eve.paper(True)
    ear.until(lambda: printer.status.state is DeviceState.ONLINE)
    eve.release()
    assert isinstance(ear.answer("job"), Printed)
    assert len(eve.papers()) == 1


def test_a_job_that_waits_in_vain_for_paper_is_taken_back(url, eve, device, ear, quick):
    printer = device("printers.ipp", "device", url=url, patience_s=0.5, **quick)
    printer.start(ear)
    begin(printer, eve, ear)
    eve.paper(False)
    failed = ear.answer("job")
    assert (failed.error.reason, failed.error.action) == (Reason.PAPER_OUT, Action.CLEAR)
    assert left_over(url) == []


def test_a_jam_in_the_middle_is_told_and_its_end_too(printer, eve, ear):
    begin(printer, eve, ear)
    eve.tell("+media-jam-error")
    assert trouble(ear, Reason.PAPER_JAMMED).status.parts["mechanism"] is Part.JAMMED
    eve.tell("-media-jam-error")
    ear.until(lambda: printer.status.state is DeviceState.ONLINE)
    eve.release()
    assert isinstance(ear.answer("job"), Printed)


def test_a_job_of_a_session_that_is_over_is_cancelled_at_the_start(url, eve, device, ear, quick):
    eve.hold()
    at(url).send(name(quick, "of somebody who has gone"), Document(pdf=PAGE), [])
    device("printers.ipp", "device", url=url, **quick).start(ear)
    ear.state(DeviceState.ONLINE)
    assert left_over(url) == []


def test_a_job_of_another_program_is_left_alone(url, eve, device, ear, quick):
    eve.hold()
    at(url).send("another program's", Document(pdf=PAGE), [])
    device("printers.ipp", "device", url=url, **quick).start(ear)
    ear.state(DeviceState.ONLINE)
    assert [job.name for job in left_over(url)] == ["another program's"]
    eve.release()
    ear.until(lambda: left_over(url) == [], "its end")


def test_a_document_that_was_sent_before_is_not_sent_again(url, eve, device, ear, quick):
    at(url).send(name(quick, "job"), Document(pdf=PAGE), [])
    ear.until(lambda: left_over(url) == [], "the end of the first sending")
    printer = device("printers.ipp", "device", url=url, **quick)
    printer.start(ear)
    printer.do(document())
    assert isinstance(ear.answer("job"), Printed)
    assert len(eve.papers()) == 1


def test_stopped_in_the_middle_of_a_job_nothing_stays_in_the_queue(printer, url, eve, ear):
    begin(printer, eve, ear)
    printer.stop()
    assert ear.answer("job").error.reason is Reason.CANCELED
    assert left_over(url) == []


def test_the_check_page_is_printed_and_a_person_is_asked(printer, eve, ear):
    printer.do(CheckHealth(role="device", id="check", level=HealthLevel.INTERACTIVE))
    assert ear.first(PersonAsked).key == "check-print-readable"
    printer.do(PersonAnswered(role="device", id="a", of="check", choice="no"))
    checked = ear.answer("check")
    assert isinstance(checked, HealthChecked)
    assert checked.error.reason is Reason.CHECK_FAILED
    assert len(eve.papers()) == 1


# What only CUPS does


def test_the_queue_keeps_no_document(queue, cups, real_eve, device, ear, quick):
    real_eve.fresh()
    before = cups.documents()
    printer = device("printers.ipp", "device", url=queue, **quick)
    printer.start(ear)
    printer.do(document("first"))
    assert isinstance(ear.answer("first"), Printed)
    real_eve.hold()
    printer.do(document("second"))
    ear.first(PrintProgress, lambda event: event.id == "second")
    printer.do(Cancel(role="device", id="c", of="second"))
    ear.answer("second")
    assert cups.documents() == before
    kept = {job.name for job in at(queue).jobs("completed")}
    assert kept.isdisjoint({name(quick, "first"), name(quick, "second")})
    real_eve.rest()


def test_the_printer_behind_the_queue_goes_away_and_comes_back(tmp_path, cups, device, ear, quick):
    with closing(IppEve(tmp_path, free_port())) as behind:
        behind.start()
        url = cups.queue("Away", behind.url, "-m", "everywhere")
        printer = device("printers.ipp", "device", url=url, patience_s=0.5, **quick)
        printer.start(ear)
        begin(printer, behind, ear)
        behind.cut_off()
        failed = ear.answer("job")
        assert isinstance(failed, Failed)
        assert (failed.error.reason, failed.error.action) == (Reason.UNPLUGGED, Action.CLEAR)
        assert left_over(url) == []
        ear.until(lambda: printer.status.state is DeviceState.POWER_OFF)
        behind.release()
        papers = behind.papers()
        behind.start()
        ear.until(lambda: printer.status.state is DeviceState.ONLINE, "its return")
        assert behind.papers() == papers  # nothing comes out for the next one


def test_cups_hides_that_the_printer_is_gone_where_it_cannot_be_asked(cups, device, ear, quick):
    if not CUPS_PDF.exists():
        pytest.skip("printer-driver-cups-pdf is not installed")
    url = cups.queue("Gone", f"socket://127.0.0.1:{free_port()}", "-P", str(CUPS_PDF))
    printer = device("printers.ipp", "device", url=url, patience_s=0.5, **quick)
    printer.start(ear)
    printer.do(document())
    assert ear.answer("job").error.reason is Reason.UNPLUGGED
    assert left_over(url) == []


def test_cups_pdf_prints_and_says_that_completed_is_not_printed(cups, device, ear, quick):
    if not CUPS_PDF.exists():
        pytest.skip("printer-driver-cups-pdf is not installed")
    url = cups.queue("PDF", "cups-pdf:/", "-P", str(CUPS_PDF))
    printer = device("printers.ipp", "device", url=url, **quick)
    printer.start(ear)
    printer.do(document())
    assert isinstance(ear.answer("job"), Printed)
    printer.do(CheckHealth(role="device", id="check", level=HealthLevel.INTERNAL))
    assert ear.answer("check").findings["completed"] == "sent to the printer"
    assert set(printer.status.parts.values()) == {Part.UNKNOWN}


def test_a_paused_queue_is_a_matter_of_configuration_and_takes_no_document(queue, cups, real_eve, device, ear, quick):
    real_eve.fresh()
    printer = device("printers.ipp", "device", url=queue, **quick)
    cups.pause("A4")
    try:
        printer.start(ear)
        printer.do(document())
        assert ear.answer("job").error.action is Action.CONFIGURATION
        assert printer.status.state is DeviceState.OFFLINE
        assert left_over(queue) == []
    finally:
        cups.resume("A4")
    ear.until(lambda: printer.status.state is DeviceState.ONLINE)


def test_a_queue_that_does_not_exist_is_not_configured(queue, device, ear, quick):
    printer = device("printers.ipp", "device", url=queue.replace("/A4", "/nonsense"), **quick)
    printer.start(ear)
    ear.state(DeviceState.POWER_OFF)
    assert printer.status.error.reason is Reason.NOT_CONFIGURED
