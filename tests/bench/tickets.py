"""How many bytes a ticket is, and how fast it goes over the line, at a printer that is not of the bench."""

import json
import queue
import subprocess

import papers
from figures import median, table
from stage import Stage

from drivers import registry
from drivers.contract import DeviceState, Event, Paper, Print, Printed, StatusChanged
from drivers.printers.escpos_talk import ASB_ON
from kiosk.backend.messages import Ticket

AIM_BYTES, AIM_SPEED = 600, 95
BITS = 10
RUNS = {("ticket", 19200): 7, ("ticket", 115200): 7, ("drawn", 19200): 1, ("drawn", 115200): 5}
PATIENCE = 60.0  # s


def measure(stage: Stage) -> None:
    ticket = papers.take_ticket(stage.stand.settings.terminal.office)
    _bytes(ticket)
    rows = []
    for (name, baud), runs in RUNS.items():
        paper = papers.ticket(ticket) if name == "ticket" else papers.drawn()
        jobs = _print(stage, paper, baud, runs)
        shares = [job["bytes"] * BITS / baud / job["seconds"] * 100 for job in jobs]
        seconds = median([job["seconds"] for job in jobs]) * 1000
        wire = jobs[0]["bytes"] * BITS / baud * 1000
        row = [f"{name}, {jobs[0]['bytes']} bytes at {baud} bit/s", f"{wire:.1f} ms", f"{seconds:.1f} ms"]
        rows.append([*row, f"{median(shares):.1f} %", f"{min(shares):.1f} %", str(runs), f">= {AIM_SPEED} %"])
    table("Line speed, first to last byte of the job", ["", "wire", "took", "speed", "least", "n", "aim"], rows)


def _bytes(ticket: Ticket) -> None:
    looks = (("zh-CN", False), ("zh-CN", True), ("en", False), ("en", True))
    rows = [
        [f"{language}{', care mode' if care else ''}", str(papers.size(papers.ticket(ticket, language, care=care))), f"<= {AIM_BYTES}"]
        for language, care in looks
    ]
    table("Bytes of a ticket", ["", "bytes", "aim"], rows)


def _print(stage: Stage, paper: Paper, baud: int, runs: int) -> list[dict[str, float]]:
    """Print it over and over by the terminal's own driver; what the printer measured of each."""
    expected = papers.size(paper) + len(ASB_ON)
    with stage.child("pty_printer.py", str(baud)) as printer:
        assert printer.stdout is not None
        device = registry.load("printer", "printers.escpos", {"port": printer.stdout.readline().strip(), "baud": baud})
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        device.start(events.put)
        try:
            _until(events, lambda event: isinstance(event, StatusChanged) and event.status.state is DeviceState.ONLINE)
            jobs = []
            for run in range(runs):
                device.do(Print(role="printer", id=str(run), paper=paper))
                _until(events, lambda event: isinstance(event, Printed))
                jobs.append(json.loads(printer.stdout.readline()))
        except (RuntimeError, queue.Empty) as error:
            raise RuntimeError(f"{error}; {stage.log.read_text(encoding='utf-8')}") from error
        finally:
            device.stop()
            _end(printer)
    wrong = [job["bytes"] for job in jobs if job["bytes"] != expected]
    if wrong:
        raise RuntimeError(f"the printer received {wrong} bytes in the place of {expected}")
    return jobs


def _until(events: "queue.SimpleQueue[Event]", seen) -> None:
    while not seen(event := events.get(timeout=PATIENCE)):
        if type(event).__name__ == "Failed":
            raise RuntimeError(f"not printed: {event}")


def _end(printer: "subprocess.Popen[str]") -> None:
    assert printer.stdin is not None
    printer.stdin.close()
    printer.wait(5)
