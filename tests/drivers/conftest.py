"""Bench devices, drivers on them, and an ear for what they tell; everything is stopped after the test."""

import os
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest
from card_reading import ROLE
from contract_rows import ROWS
from echo import Echo
from motor_kit import CRT, ICT, MODELS, Kit

from drivers import registry
from drivers.bench.handle import Bench
from drivers.bench.nursery import Nursery
from drivers.context import Context
from drivers.contract import Answer, DeviceState, Event, StatusChanged
from drivers.runner import Runner
from drivers.transport import SerialSettings, serial_line

PATIENCE = 20.0  # s: only ever waited for when something is wrong
E = TypeVar("E", bound=Event)


class Ear:
    """Everything a device has told, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._new = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._new:
            self.events.append(event)
            self._new.notify_all()

    def until(self, happened: Callable[[], object], what: str = "it") -> None:
        deadline = time.monotonic() + PATIENCE
        with self._new:
            while not happened():
                left = deadline - time.monotonic()
                assert left > 0, f"{what} did not happen in {PATIENCE} s; heard {self.events}"
                self._new.wait(min(left, 0.05))

    def first(self, kind: type[E], which: Callable[[E], bool] = lambda _: True) -> E:
        """The first event of a kind, waited for."""
        found: list[E] = []

        def look() -> bool:
            found[:] = [event for event in self.events if isinstance(event, kind) and which(event)]
            return bool(found)

        self.until(look, kind.__name__)
        return found[0]

    def answer(self, command_id: str) -> Answer:
        """The final answer to a command, waited for."""
        return self.first(Answer, lambda event: event.id == command_id and event.final)

    def finals(self, command_id: str) -> list[Answer]:
        return [event for event in self.events if isinstance(event, Answer) and event.id == command_id and event.final]

    def states(self) -> list[DeviceState]:
        return [event.status.state for event in self.events if isinstance(event, StatusChanged)]

    def state(self, *states: DeviceState) -> None:
        """Wait until exactly these states have been told, in this order."""
        self.until(lambda: len(self.states()) >= len(states), f"states {states}")
        assert self.states() == list(states)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    before = set(threading.enumerate())
    with ExitStack() as stack:
        yield stack
    assert set(threading.enumerate()) <= before, "a thread was left behind"


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where the devices' processes come from."""
    with Nursery() as opened:
        yield opened


@pytest.fixture
def bench(stack: ExitStack, tmp_path: Path, nursery: Nursery) -> Callable[[str], Bench]:
    """Puts a device of a model on the bench."""

    def put(model: str) -> Bench:
        return stack.enter_context(Bench(model, tmp_path / model, nursery))

    return put


@pytest.fixture
def device(stack: ExitStack) -> Callable[..., Any]:
    """Builds a device with a driver and settings; the test starts it."""

    def build(driver: str, role: str = "device", **settings: object) -> Any:
        made = registry.load(role, driver, settings)
        stack.callback(made.stop)
        return made

    return build


@pytest.fixture(params=ROWS, ids=lambda row: row.driver + row.note)
def row(request, heavy):
    if request.param.rare and not heavy:
        pytest.skip("only with --heavy: another row runs the same driver")
    return request.param


@pytest.fixture
def board(row, bench):
    if why := row.missing():
        pytest.skip(why)
    return bench(row.model)


@pytest.fixture
def one(row, board, device):
    return device(row.driver, **row.where(board), **row.settings)


@pytest.fixture
def printer_board(bench: Callable[[str], Bench]) -> Bench:
    """A receipt printer, quick enough for a test."""
    board = bench("receipt_printer")
    board.set(speed_mm_s=2000)
    return board


@pytest.fixture
def make_printer(printer_board: Bench, device: Callable[..., Any], ear: Ear) -> Callable[..., Any]:
    """Starts the driver of that printer and waits for the states it is to tell first: online, if none are given."""

    def start(*states: DeviceState, **settings: object) -> Any:
        settings = {"answer_ms": 800, "health_ms": 200, "patience_s": 20.0, "speed_mm_s": 2000} | settings
        printer = device("printers.escpos", "printer", port=printer_board.port, **settings)
        printer.start(ear)
        ear.state(*(states or (DeviceState.ONLINE,)))
        return printer

    return start


@pytest.fixture
def reader_board(bench: Callable[[str], Bench]) -> Bench:
    """An ID-card reader."""
    return bench("id_reader")


@pytest.fixture
def make_reader(reader_board: Bench, device: Callable[..., Any], ear: Ear) -> Callable[..., Any]:
    """Starts the driver of that reader and waits until it has told a first status."""

    def start(**settings: object) -> Any:
        reader = device("readers.sdt_id", ROLE, **{"port": reader_board.port, "health_ms": 200, **settings})
        reader.start(ear)
        ear.until(lambda: ear.events, "a first status")
        return reader

    return start


@pytest.fixture(params=[CRT, ICT])
def motor(request: pytest.FixtureRequest, heavy: bool, bench: Callable[[str], Bench], device: Callable[..., Any], ear: Ear) -> Kit:
    """A motorised card reader of either kind; the test starts it."""
    if request.param == ICT and request.path.name == "test_motor_line.py" and not heavy:
        pytest.skip("only with --heavy: the other reader's exchange is the same code")
    return Kit(request.param, bench(MODELS[request.param]), device, ear)


@pytest.fixture
def dispenser(bench: Callable[[str], Bench], device: Callable[..., Any], ear: Ear) -> Kit:
    """A card dispenser; the test starts it."""
    return Kit(CRT, bench(MODELS[CRT]), device, ear)


@pytest.fixture
def sankyo(bench: Callable[[str], Bench], device: Callable[..., Any], ear: Ear) -> Kit:
    """A reader on a line with parity and modem lines; the test starts it."""
    return Kit(ICT, bench(MODELS[ICT]), device, ear)


@pytest.fixture
def a4_board(bench: Callable[[str], Bench]) -> Bench:
    """An A4 printer, quick enough for a test."""
    board = bench("a4_printer")
    board.set(speed_ppm=1200)
    return board


@pytest.fixture
def make_a4(a4_board: Bench, device: Callable[..., Any], ear: Ear) -> Callable[..., Any]:
    """Starts the driver of that printer and waits for the states it is to tell first: online, if none are given."""

    def start(*states: DeviceState, **settings: object) -> Any:
        quick = {"poll_ms": 50, "health_ms": 200, "answer_ms": 1000, "owner": "bench"} | settings
        printer = device("printers.ipp", url=f"ipp://{a4_board.address}/ipp/print", **quick)
        printer.start(ear)
        ear.state(*(states or (DeviceState.ONLINE,)))
        return printer

    return start


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """A serial line with nothing at its other end: the file descriptor of that end, and the path of ours."""
    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def runner(line: tuple[int, str], echo: Echo, stack: ExitStack) -> Runner:
    """The thread of a device that has the echo for a driver."""
    made = Runner(Context(role="device"), echo, serial_line(SerialSettings(port=line[1])))
    stack.callback(made.stop)
    return made
