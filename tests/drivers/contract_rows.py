"""The drivers that the contract suite runs, each with its device on the bench."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from drivers.bench.handle import Bench
from drivers.contract import CheckHealth, Command, HealthLevel, Line, Paper, Print, ReadCard

DEVICE = "device"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A driver, its bench model, settings that make it quick, and a command that runs until something ends it.

    `where` says in the driver's settings where the bench device is.
    """

    driver: str
    model: str
    settings: Mapping[str, object] = field(default_factory=dict)
    long_command: Callable[[str], Command] | None = None
    answers: bool = True  # whether the device can be asked anything, so that its silence is noticed
    where: Callable[[Bench], Mapping[str, object]] = lambda board: {"port": board.port}
    state: Mapping[str, Any] = field(default_factory=dict)  # what the bench is set to before the long command


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
    Row(driver="scanners.serial_code", model="code_scanner", answers=False),
    Row(
        driver="printers.escpos",
        model="receipt_printer",
        settings={"health_ms": 200, "answer_ms": 300},
        long_command=lambda command_id: Print(role=DEVICE, id=command_id, paper=Paper((Line("长"),) * 200)),
        state={"speed_mm_s": 20},
    ),
]
