"""Records the bench: `python tests/drivers/record.py [NAME…]` makes `tests/drivers/recordings/NAME.jsonl` anew (all, without names).

A scene is what people and the world do to a device on the bench, and what the terminal asks of it meanwhile. All people are made up.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import scenes
from io_boards import AT_REST, WIRING
from io_boards import DRIVER as IO_BOARD

from drivers import registry
from drivers.bench.handle import Bench
from drivers.contract import Answer, StatusChanged

FOLDER = Path(__file__).parent / "recordings"
ROLE = "device"
_PATIENCE = 20.0


class Stage:
    """The device on the bench, its driver, and what it has told so far."""

    def __init__(self, board, device):
        self.board = board
        self.device = device
        self.events = []
        self._new = threading.Condition()

    def hear(self, event):
        with self._new:
            self.events.append(event)
            self._new.notify_all()

    def until(self, happened, what="it"):
        deadline = time.monotonic() + _PATIENCE
        with self._new:
            while not happened():
                assert time.monotonic() < deadline, f"{what} did not happen; heard {self.events}"
                self._new.wait(0.02)

    def do(self, kind, command_id, **rest):
        self.device.do(kind(role=ROLE, id=command_id, **rest))

    def answered(self, command_id):
        self.until(lambda: [event for event in self.events if isinstance(event, Answer) and event.id == command_id and event.final], command_id)

    def told(self, kind, count=1):
        self.until(lambda: len([event for event in self.events if isinstance(event, kind)]) >= count, kind.__name__)

    def state(self, state):
        self.until(lambda: self.device.status.state == state, state)

    def supply(self, name, *levels):
        self.until(lambda: self.device.status.supplies.get(name) in levels, f"{name} {levels}")

    def part(self, name, *states):
        self.until(lambda: self.device.status.parts.get(name) in states, f"{name} {states}")

    def while_nothing_happens(self, seconds):
        threading.Event().wait(seconds)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A recording to be made: `act` plays it once the device is online; `state` is the bench's at the start."""

    driver: str
    model: str
    act: Callable[[Stage], None]
    settings: Mapping[str, object] = field(default_factory=dict)
    state: Mapping[str, object] = field(default_factory=dict)
    where: Callable[[Bench], str] = lambda board: board.port


_READER = {"driver": "readers.sdt_id", "model": "id_reader", "settings": {"health_ms": 200, "poll_ms": 40}}
_PRINTER = {
    "driver": "printers.escpos",
    "model": "receipt_printer",
    "settings": {"health_ms": 300, "answer_ms": 300, "speed_mm_s": 300},
    "state": {"speed_mm_s": 300},
}
_DISPENSER = {"driver": "readers.crt571", "model": "card_dispenser", "settings": {"baud": 115200, "health_ms": 300, "poll_ms": 60}}
_MOTOR = {
    "driver": "readers.ict3k5",
    "model": "motor_reader",
    "settings": {"health_ms": 300, "poll_ms": 60},
    "where": lambda board: f"rfc2217://{board.address}",
}
_UPS = {
    "driver": "cabinet.nut_ups",
    "model": "ups",
    "settings": {"poll_ms": 100, "answer_ms": 500},
    "where": lambda board: f"socket://{board.address}",
}
SCENES = {
    "sdt_id_card_is_read_and_taken": Scene(act=scenes.card_is_read_and_taken, **_READER),
    "sdt_id_card_is_moved": Scene(act=scenes.card_is_moved, **_READER),
    "sdt_id_goes_silent_and_comes_back": Scene(act=scenes.goes_silent_and_comes_back, **_READER),
    "sdt_id_is_unplugged_while_a_card_is_waited_for": Scene(act=scenes.is_unplugged_while_a_card_is_waited_for, **_READER),
    "serial_code_codes_are_scanned": Scene(driver="scanners.serial_code", model="code_scanner", act=scenes.codes_are_scanned),
    "escpos_paper_is_printed": Scene(act=scenes.paper_is_printed, **_PRINTER),
    "escpos_cover_is_opened_while_printing": Scene(act=scenes.cover_is_opened_while_printing, **_PRINTER),
    "escpos_paper_ends_while_printing": Scene(act=scenes.paper_ends_while_printing, **_PRINTER),
    "crt571_card_is_taken_in_read_and_given_back": Scene(act=scenes.card_is_taken_in_read_and_given_back, **_DISPENSER),
    "crt571_card_jams_and_is_retained_by_a_reset": Scene(act=scenes.card_jams_and_is_retained_by_a_reset, **_DISPENSER),
    "crt571_card_left_inside_is_found_at_the_start": Scene(
        act=scenes.card_left_inside_is_found_at_the_start, state={"at": "inside", "card": scenes.CARD}, **_DISPENSER
    ),
    "ict3k5_card_is_taken_in_read_and_given_back": Scene(act=scenes.card_is_taken_in_read_and_given_back, **_MOTOR),
    "modbus_io_door_is_opened_and_a_light_flashes": Scene(
        driver=IO_BOARD, model="io_board", settings=WIRING, state={"inputs": AT_REST}, act=scenes.door_is_opened_and_a_light_flashes
    ),
    "nut_ups_mains_are_lost_and_come_back": Scene(act=scenes.mains_are_lost_and_come_back, **_UPS),
}


def record(scene, file):
    """Play a scene on the bench and record it; the stage it was played on."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        board = stack.enter_context(Bench(scene.model, folder))
        board.set(**scene.state)
        device = registry.load(ROLE, scene.driver, {"port": scene.where(board), **scene.settings}, trace_to=file)
        stack.callback(device.stop)
        stage = Stage(board, device)
        device.start(stage.hear)
        stage.told(StatusChanged)
        stage.state("online")
        scene.act(stage)
        stage.while_nothing_happens(0.2)
    return stage


def main(names):
    for name in names or SCENES:
        file = FOLDER / f"{name}.jsonl"
        record(SCENES[name], file)
        file.with_name(f"{name}.1.jsonl").unlink(missing_ok=True)
        print(f"{file.name}: {file.stat().st_size} bytes")  # noqa: T201 - a tool on the command line


if __name__ == "__main__":
    main(sys.argv[1:])
