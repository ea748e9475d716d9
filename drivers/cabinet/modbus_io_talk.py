"""Exchanges with an I/O board: one request, one answer, asked again where noise got in between."""

import time
from collections.abc import Iterable, Mapping

from drivers.cabinet.lamps import Output
from drivers.cabinet.modbus_io_protocol import (
    LONGEST_FRAME,
    MOST_BITS,
    MOST_REGISTERS,
    Identify,
    Modbus,
    ReadCoils,
    ReadInputs,
    ReadRegisters,
    Refusal,
    Reply,
    Request,
    WriteCoil,
    WriteRegister,
)
from drivers.cabinet.wiring import runs
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link

_TRIES = 3  # noise on the line hits an answer now and then
_NOISY = 0.05  # s: a line that is not quiet by then is asked all the same, and the answer found in the noise
_KEPT = 2 * LONGEST_FRAME  # bytes of an answer with noise around it
_BITS = 11  # of a character (Serial Line, 2.5.1)
_GAP = 3.5  # characters of silence before a frame (2.5.1.1)
_SHORTEST_GAP = 0.00175  # s, above 19200 bit/s


class Talk:
    """The master's side. All methods raise `DeviceError`: SILENT when nothing came, GARBLED when what came was no answer."""

    def __init__(self, unit: int, baud: int, answer: float) -> None:
        """`answer` is how many seconds the board may take."""
        self._modbus = Modbus(unit)
        self._answer_time = answer
        self._gap = max(_SHORTEST_GAP, _GAP * _BITS / baud)

    def inputs(self, link: Link, addresses: Iterable[int]) -> dict[int, bool]:
        """Discrete inputs by address."""
        found: dict[int, bool] = {}
        for first, count in runs(addresses, MOST_BITS):
            values = self._ask(link, ReadInputs(first, count)).values
            found |= {first + place: bool(value) for place, value in enumerate(values)}
        return found

    def outputs(self, link: Link, wanted: Iterable[Output]) -> dict[Output, int]:
        """Coils and holding registers as the board has them."""
        wanted = list(wanted)
        found: dict[Output, int] = {}
        for first, count in runs((output.address for output in wanted if not output.register), MOST_BITS):
            values = self._ask(link, ReadCoils(first, count)).values
            found |= {Output(first + place): value for place, value in enumerate(values)}
        for first, count in runs((output.address for output in wanted if output.register), MOST_REGISTERS):
            values = self._ask(link, ReadRegisters(first, count)).values
            found |= {Output(first + place, register=True): value for place, value in enumerate(values)}
        return found

    def set(self, link: Link, output: Output, value: int, tries: int = _TRIES) -> None:
        """Write a coil or a register; the board has confirmed it."""
        address = output.address
        self._ask(link, WriteRegister(address, value) if output.register else WriteCoil(address, bool(value)), tries)

    def identity(self, link: Link) -> Mapping[str, str]:
        """Maker, model and firmware; nothing where the board does not tell, for few of them do."""
        try:
            return self._ask(link, Identify(), tries=1).identity
        except DeviceError as error:
            if error.reason is Reason.UNPLUGGED:
                raise
            return {}

    def _ask(self, link: Link, request: Request, tries: int = _TRIES) -> Reply:
        heard = False
        refusal: Refusal | None = None
        for _ in range(tries):
            self._wait_for_quiet(link)
            link.send(self._modbus.encode(request))
            answer, heard_now = self._answer(link, request)
            heard = heard or heard_now
            match answer:
                case Reply():
                    return answer
                case Refusal(passing=True):
                    refusal = answer
                case Refusal():
                    raise answer.error(request)
        if refusal is not None:
            raise refusal.error(request)
        name = type(request).__name__
        if heard:
            raise DeviceError(Reason.GARBLED, Action.MAINTENANCE, f"{name}: no whole answer in {tries} tries")
        raise DeviceError(Reason.SILENT, Action.CLEAR, f"{name}: no answer in {tries} tries")

    def _wait_for_quiet(self, link: Link) -> None:
        """Frames are told apart by silence, and a late answer must not be taken for one to the next request."""
        link.drain()
        end = time.monotonic() + _NOISY
        while link.receive(self._gap) and time.monotonic() < end:
            continue

    def _answer(self, link: Link, request: Request) -> tuple[Reply | Refusal | None, bool]:
        data = b""
        for piece in link.arriving(self._answer_time):
            data = (data + piece)[-_KEPT:]
            if (answer := self._modbus.find(request, data)) is not None:
                return answer, True
        return None, bool(data)
