"""The drivers that the contract suite runs, each with its device on the bench."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from drivers.bench import pcsc_daemon
from drivers.bench.handle import Bench
from drivers.bench.social_card import DAEMON_SOCKET, READER
from drivers.contract import AcceptCard, CheckHealth, Command, HealthLevel, Line, Paper, Print, PrintDocument, ReadCard, TakePage
from drivers.printers.ipp_page import check_page

DEVICE = "device"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A driver, its bench model, settings that make it quick, and a command that runs until something ends it.

    `where` says in the driver's settings where the bench device is.
    """

    driver: str
    model: str
    note: str = ""  # tells rows of one driver apart
    settings: Mapping[str, object] = field(default_factory=dict)
    long_command: Callable[[str], Command] | None = None
    answers: bool = True  # whether the device can be asked anything, so that its silence is noticed
    where: Callable[[Bench], Mapping[str, object]] = lambda board: {"port": board.port}
    state: Mapping[str, Any] = field(default_factory=dict)  # what the bench is set to before the long command
    rare: bool = False  # only in `make test-all`
    missing: Callable[[], str] = lambda: ""  # why its bench device cannot be had here; "" where it can


def harmless(command_id):
    """What every device can be asked as often as one likes."""
    return CheckHealth(role="device", id=command_id, level=HealthLevel.INTERNAL)


ROWS = [
    Row(
        driver="readers.sdt_id",
        model="id_reader",
        settings={"health_ms": 200},
        long_command=lambda command_id: ReadCard(role=DEVICE, id=command_id),
    ),
    Row(
        driver="readers.sdt_id",
        model="id_reader",
        note=" isolated",
        rare=True,
        settings={"health_ms": 200, "isolated": True},
        long_command=lambda command_id: ReadCard(role=DEVICE, id=command_id),
    ),
    Row(driver="scanners.serial_code", model="code_scanner", answers=False),
    *(
        Row(
            driver="scanners.serial_code",
            model=f"{profile}_scanner",
            note=f" {profile}",
            rare=True,
            settings={"profile": profile, "baud": 115200, "presence_ms": 200, "answer_ms": 800},
        )
        for profile in ("newland", "honeywell")
    ),
    Row(
        driver="printers.escpos",
        model="receipt_printer",
        settings={"health_ms": 200, "answer_ms": 800},
        long_command=lambda command_id: Print(role=DEVICE, id=command_id, paper=Paper((Line("长"),) * 200)),
        state={"speed_mm_s": 20},
    ),
    Row(
        driver="printers.escpos",
        model="network_printer",
        note=" over TCP",
        rare=True,
        settings={"health_ms": 200, "answer_ms": 800},
        long_command=lambda command_id: Print(role=DEVICE, id=command_id, paper=Paper((Line("长"),) * 200)),
        where=lambda board: {"port": f"socket://{board.address}"},
        state={"speed_mm_s": 20},
    ),
    Row(
        driver="readers.crt571",
        model="card_dispenser",
        settings={"baud": 115200, "health_ms": 200, "poll_ms": 50},
        long_command=lambda command_id: AcceptCard(role=DEVICE, id=command_id),
    ),
    Row(
        driver="readers.ict3k5",
        model="motor_reader",
        settings={"health_ms": 200, "poll_ms": 50},
        long_command=lambda command_id: AcceptCard(role=DEVICE, id=command_id),
        where=lambda board: {"port": f"rfc2217://{board.address}"},
    ),
    Row(
        driver="readers.pcsc",
        model="social_card",
        settings={"reader": READER},
        long_command=lambda command_id: ReadCard(role=DEVICE, id=command_id),
        answers=False,  # a daemon that hangs is no silence: the child is killed and started again
        where=lambda board: {"socket": str(board.folder / DAEMON_SOCKET)},
        missing=pcsc_daemon.missing,
    ),
    Row(
        driver="cameras.code_camera",
        model="camera",
        settings={"stall_ms": 1000, "open_ms": 5000},
        where=lambda board: {"source": f"http://{board.address}/"},
    ),
    Row(
        driver="cameras.document_camera",
        model="camera",
        settings={"stall_ms": 1000, "open_ms": 5000, "width": 640, "height": 480},
        long_command=lambda command_id: TakePage(role=DEVICE, id=command_id),
        where=lambda board: {"source": f"http://{board.address}/"},
    ),
    Row(
        driver="printers.ipp",
        model="a4_printer",
        settings={"health_ms": 200, "answer_ms": 800, "poll_ms": 50, "owner": "contract"},
        long_command=lambda command_id: PrintDocument(role=DEVICE, id=command_id, document=check_page(("contract",))),
        where=lambda board: {"url": f"ipp://{board.address}/ipp/print"},
        state={"speed_ppm": 1},
    ),
    Row(
        driver="cabinet.modbus_io",
        model="io_board",
        settings={"lights": {"cardReader": 0}, "contacts": {"cabinetFrontDoor": {"input": 0}}, "answer_ms": 1000},
        long_command=lambda command_id: CheckHealth(role=DEVICE, id=command_id, level=HealthLevel.INTERACTIVE),
    ),
    Row(
        driver="cabinet.nut_ups",
        model="ups",
        settings={"poll_ms": 100, "answer_ms": 800},
        long_command=lambda command_id: CheckHealth(role=DEVICE, id=command_id, level=HealthLevel.INTERACTIVE),
        where=lambda board: {"port": f"socket://{board.address}"},
    ),
]
