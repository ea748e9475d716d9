"""Modbus RTU as its master speaks it (Modbus Application Protocol V1.1b3, Modbus over Serial Line V1.02).

pymodbus makes and takes apart the frames, over bytes that are ours. Only this module knows it, and it is imported when a `Modbus`
is made. What pymodbus cannot do by itself is to find an answer behind noise: it waits for the rest of what the noise announces.
Here the request says how its answer must look, and only bytes that fit, with a right CRC, are given to it.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.errors import Action, DeviceError, Reason

if TYPE_CHECKING:
    from pymodbus.pdu import ModbusPDU

MOST_BITS = 2000  # in one read (Application Protocol, 6.1 and 6.2)
MOST_REGISTERS = 125
LONGEST_FRAME = 256  # bytes (Serial Line, 2.5.1)
_EXCEPTION = 0x80
_EXCEPTION_SIZE = 5
_ECHO_SIZE = 8
_AROUND_DATA = 5  # address, function, byte count, CRC
_OBJECTS = {0: "maker", 1: "model", 2: "firmware"}  # VendorName, ProductCode, MajorMinorRevision (6.21)


@dataclass(frozen=True, slots=True)
class ReadCoils:
    """Outputs as the board has them."""

    address: int
    count: int


@dataclass(frozen=True, slots=True)
class ReadInputs:
    """Discrete inputs."""

    address: int
    count: int


@dataclass(frozen=True, slots=True)
class ReadRegisters:
    """Holding registers."""

    address: int
    count: int


@dataclass(frozen=True, slots=True)
class WriteCoil:
    """One output on or off."""

    address: int
    on: bool


@dataclass(frozen=True, slots=True)
class WriteRegister:
    """One holding register."""

    address: int
    value: int


@dataclass(frozen=True, slots=True)
class Identify:
    """Maker, model and firmware (Read Device Identification, basic)."""


Request = ReadCoils | ReadInputs | ReadRegisters | WriteCoil | WriteRegister | Identify
_CODES: dict[type, int] = {ReadCoils: 1, ReadInputs: 2, ReadRegisters: 3, WriteCoil: 5, WriteRegister: 6, Identify: 0x2B}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the board said to a request: values in the order of their addresses, or its identity, or nothing but that it is done."""

    values: tuple[int, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The board answered with an exception code (Application Protocol, 7)."""

    code: int

    @property
    def passing(self) -> bool:
        """Whether the board only asks for patience: acknowledge, busy."""
        return self.code in {5, 6}

    def error(self, request: Request) -> DeviceError:
        """What the refusal means."""
        detail = f"{type(request).__name__}: exception {self.code}"
        match self.code:
            case 1 | 2 | 3:  # illegal function, address, value: another board than the settings say
                return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, detail)
            case 5 | 6:
                return DeviceError(Reason.TIMEOUT, Action.WAIT, detail)
            case 10 | 11:  # the gateway answers, the board behind it does not
                return DeviceError(Reason.SILENT, Action.CLEAR, detail)
            case _:
                return DeviceError(Reason.HARDWARE, Action.MAINTENANCE, detail)


class Modbus:
    """Requests to the board with the address `unit`, and its answers."""

    def __init__(self, unit: int) -> None:
        # pymodbus takes a tenth of a second to import and is needed only where such a board is fitted.
        from pymodbus.exceptions import ModbusException  # noqa: PLC0415 - see above
        from pymodbus.framer.rtu import FramerRTU  # noqa: PLC0415 - see above
        from pymodbus.pdu import DecodePDU, bit_message, mei_message, register_message  # noqa: PLC0415 - see above

        self._unit = unit
        self._framer = FramerRTU(DecodePDU(is_server=False))
        self._broken = (ModbusException, ValueError, IndexError, struct.error)
        self._bits, self._registers, self._mei = bit_message, register_message, mei_message

    def encode(self, request: Request) -> bytes:
        """The frame of a request."""
        return self._framer.buildFrame(self._pdu(request))

    def find(self, request: Request, data: bytes) -> Reply | Refusal | None:
        """The answer to the request wherever in `data` it stands; None while there is none."""
        for start in range(len(data) - _EXCEPTION_SIZE + 1):
            rest = data[start:]
            size = self._size(request, rest)
            if size and len(rest) >= size and (answer := self._answer(request, rest[:size])) is not None:
                return answer
        return None

    def _pdu(self, request: Request) -> "ModbusPDU":
        unit = self._unit
        match request:
            case ReadCoils(address, count):
                return self._bits.ReadCoilsRequest(dev_id=unit, address=address, count=count)
            case ReadInputs(address, count):
                return self._bits.ReadDiscreteInputsRequest(dev_id=unit, address=address, count=count)
            case ReadRegisters(address, count):
                return self._registers.ReadHoldingRegistersRequest(dev_id=unit, address=address, count=count)
            case WriteCoil(address, on):
                return self._bits.WriteSingleCoilRequest(dev_id=unit, address=address, bits=[on])
            case WriteRegister(address, value):
                return self._registers.WriteSingleRegisterRequest(dev_id=unit, address=address, registers=[value])
            case Identify():
                return self._mei.ReadDeviceInformationRequest(dev_id=unit)

    def _size(self, request: Request, data: bytes) -> int:
        """How long the answer that begins with `data` is; 0 when it cannot be one to this request."""
        code = _CODES[type(request)]
        if data[0] != self._unit or data[1] not in {code, code | _EXCEPTION}:
            return 0
        if data[1] != code:
            return _EXCEPTION_SIZE
        match request:
            case ReadCoils(count=count) | ReadInputs(count=count):
                return _counted(data, (count + 7) // 8)
            case ReadRegisters(count=count):
                return _counted(data, count * 2)
            case Identify():
                size = self._mei.ReadDeviceInformationResponse.calculateRtuFrameSize(data)
                return size if data[2] == self._mei.ReadDeviceInformationResponse.sub_function_code and size <= LONGEST_FRAME else 0
            case _:
                return _ECHO_SIZE

    def _answer(self, request: Request, frame: bytes) -> Reply | Refusal | None:
        try:
            _, pdu = self._framer.handleFrame(frame, 0, 0)
        except self._broken:
            return None
        if pdu is None:
            return None
        return Refusal(pdu.exception_code) if pdu.isError() else self._reply(request, frame, pdu)

    def _reply(self, request: Request, frame: bytes, pdu: "ModbusPDU") -> Reply | None:
        match request:
            case ReadCoils(count=count) | ReadInputs(count=count):
                return Reply(values=tuple(int(bit) for bit in pdu.bits[:count]))
            case ReadRegisters():
                return Reply(values=tuple(pdu.registers))
            case Identify():
                return Reply(identity=_identity(getattr(pdu, "information", {})))
            case _:
                return Reply() if frame == self.encode(request) else None  # a write is answered by its echo (6.5, 6.6)


def _counted(data: bytes, count: int) -> int:
    return count + _AROUND_DATA if data[2] == count else 0


def _identity(objects: Mapping[int, object]) -> dict[str, str]:
    texts = {_OBJECTS[number]: value for number, value in objects.items() if number in _OBJECTS and isinstance(value, bytes)}
    return {name: text for name, value in texts.items() if (text := value.decode("ascii", "replace").strip("\0 "))}
