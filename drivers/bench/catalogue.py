"""Every driver's counterpart on the bench: its model, where the driver finds it, and what can be done to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from drivers.bench import controls_of as c
from drivers.bench.controls import Control
from drivers.bench.handle import Bench
from drivers.bench.pcsc_daemon import missing
from drivers.bench.social_card import DAEMON_SOCKET, READER
from drivers.bench.state import COMMON


def _port(bench: Bench) -> Mapping[str, Any]:
    return {"port": bench.port}


def _rfc2217(bench: Bench) -> Mapping[str, Any]:
    return {"port": f"rfc2217://{bench.address}"}


def _socket(bench: Bench) -> Mapping[str, Any]:
    return {"port": f"socket://{bench.address}"}


def _picture(bench: Bench) -> Mapping[str, Any]:
    return {"source": f"http://{bench.address}/"}


def _queue(bench: Bench) -> Mapping[str, Any]:
    return {"url": f"ipp://{bench.address}/ipp/print"}


def _daemon(bench: Bench) -> Mapping[str, Any]:
    return {"socket": str(bench.folder / DAEMON_SOCKET), "reader": READER}


def _nothing(state: Mapping[str, Any]) -> str:  # noqa: ARG001 - most devices show nothing
    return ""


def _lights(state: Mapping[str, Any]) -> str:
    return "Lights: " + " ".join("●" if coil else "○" for coil in state.get("coils", []))


def _card(state: Mapping[str, Any]) -> str:
    where = {"nowhere": "no card inside", "gate": "a card waits in the slot", "inside": "a card is inside"}
    return f"{where.get(state.get('at', ''), '')}; {len(state.get('bin', []))} in the bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`title` names the device for whoever plays the world; `where` are the driver's settings that lead to it.

    `card` is the state key that holds whose card is there, "" for a device without cards; `reads` says that codes can be held
    in front of it, `prints` that receipts come out of it. `shows` is what one sees of it, from its state. `begins`
    is how it stands there at first, where that is not the model's own way.
    """

    model: str
    title: str
    where: Callable[[Bench], Mapping[str, Any]] = _port
    controls: tuple[Control, ...] = ()
    card: str = ""
    reads: bool = False
    prints: bool = False
    shows: Callable[[Mapping[str, Any]], str] = _nothing
    begins: Mapping[str, Any] = field(default_factory=dict)
    missing: Callable[[], str] = str  # why it cannot be had on this machine; "" where it can

    @property
    def at_first(self) -> Mapping[str, Any]:
        """Every key that a control or a hand may have changed, as it is at first."""
        defaults = import_module(f"drivers.bench.{self.model}").DEFAULTS
        touched = {key.partition(".")[0] for control in self.controls for key in control.on} | ({self.card} - {""})
        common = {key: value for key, value in COMMON.items() if key in touched}
        return {**common, **{key: defaults[key] for key in touched if key in defaults}, **self.begins}


_CABINET: Final = {"inputs": [True, True, True, False, False, False, False, False]}  # doors shut, nobody there, switch at run

CATALOGUE: Final[Mapping[str, Entry]] = {
    "printers.escpos": Entry(model="receipt_printer", title="Receipt printer", controls=c.RECEIPT_PRINTER, prints=True),
    "printers.ipp": Entry(model="a4_printer", title="A4 printer", controls=c.A4_PRINTER, where=_queue),
    "readers.sdt_id": Entry(model="id_reader", title="ID card reader", controls=c.ID_READER, card="card"),
    "readers.pcsc": Entry(
        model="social_card", title="Social security cards", controls=c.SOCIAL_CARD, card="card", where=_daemon, missing=missing
    ),
    "readers.ict3k5": Entry(
        model="motor_reader", title="Motorised card reader", controls=c.CARD_READER, card="hand", where=_rfc2217, shows=_card
    ),
    "readers.crt571": Entry(model="card_dispenser", title="Card dispenser", controls=c.CARD_DISPENSER, card="hand", shows=_card),
    "scanners.serial_code": Entry(model="code_scanner", title="Code scanner", controls=c.CODE_SCANNER, reads=True),
    "cameras.code_camera": Entry(model="camera", title="Code camera", controls=c.CAMERA, reads=True, where=_picture),
    "cameras.document_camera": Entry(model="camera", title="Document camera", controls=c.CAMERA, where=_picture),
    "cabinet.modbus_io": Entry(model="io_board", title="Cabinet", controls=c.IO_BOARD, shows=_lights, begins=_CABINET),
    "cabinet.nut_ups": Entry(model="ups", title="Backup power", controls=c.UPS, where=_socket),
}
