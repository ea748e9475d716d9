"""Modbus RTU frames: published examples, noise around answers, hostile bytes."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench import io_board
from drivers.bench.faults import NOISE
from drivers.cabinet.modbus_io_protocol import (
    Identify,
    Modbus,
    ReadCoils,
    ReadInputs,
    ReadRegisters,
    Refusal,
    Reply,
    WriteCoil,
    WriteRegister,
)
from drivers.errors import Action, Reason

# Examples with CRC as published at simplymodbus.ca (function codes 1, 2, 3, 5, 6); the bits are those of the text there.
COILS = "11 01 05 CD 6B B2 0E 1B 45 E6"
EXAMPLES = [
    (ReadCoils(0x13, 37), "11 01 00 13 00 25 0E 84", COILS),
    (ReadInputs(0xC4, 22), "11 02 00 C4 00 16 BA A9", "11 02 03 AC DB 35 20 18"),
    (ReadRegisters(0x6B, 3), "11 03 00 6B 00 03 76 87", "11 03 06 AE 41 56 52 43 40 49 AD"),
    (WriteCoil(0xAC, on=True), "11 05 00 AC FF 00 4E 8B", "11 05 00 AC FF 00 4E 8B"),
    (WriteRegister(1, 3), "11 06 00 01 00 03 9A 9B", "11 06 00 01 00 03 9A 9B"),
]
REQUESTS = [example[0] for example in EXAMPLES] + [Identify()]
COIL_VALUES = tuple(int(bit) for byte in bytes.fromhex("CD 6B B2 0E 1B") for bit in f"{byte:08b}"[::-1])[:37]


@pytest.fixture(scope="module")
def modbus():
    return Modbus(0x11)


def framed(body):
    data = bytes.fromhex(body) if isinstance(body, str) else body
    return data + io_board.crc(data)


@pytest.mark.parametrize(("request_", "sent", "_"), EXAMPLES, ids=str)
def test_requests_as_published(modbus, request_, sent, _):
    assert modbus.encode(request_) == bytes.fromhex(sent)


@pytest.mark.parametrize(
    ("request_", "answer", "values"),
    [
        (EXAMPLES[0][0], EXAMPLES[0][2], COIL_VALUES),
        (EXAMPLES[1][0], EXAMPLES[1][2], tuple(int(bit) for byte in bytes.fromhex("ACDB35") for bit in f"{byte:08b}"[::-1])[:22]),
        (EXAMPLES[2][0], EXAMPLES[2][2], (0xAE41, 0x5652, 0x4340)),
        (EXAMPLES[3][0], EXAMPLES[3][2], ()),
        (EXAMPLES[4][0], EXAMPLES[4][2], ()),
    ],
)
def test_answers_as_published(modbus, request_, answer, values):
    assert modbus.find(request_, bytes.fromhex(answer)) == Reply(values=values)


def test_an_exception_as_published():
    refusal = Modbus(0x0A).find(ReadCoils(0x04A1, 1), bytes.fromhex("0A 81 02 B0 53"))
    assert refusal == Refusal(2)
    assert refusal.error(ReadCoils(0x04A1, 1)).reason is Reason.NOT_CONFIGURED


@pytest.mark.parametrize(
    ("code", "reason", "action"),
    [
        (1, Reason.NOT_CONFIGURED, Action.CONFIGURATION),
        (2, Reason.NOT_CONFIGURED, Action.CONFIGURATION),
        (3, Reason.NOT_CONFIGURED, Action.CONFIGURATION),
        (4, Reason.HARDWARE, Action.MAINTENANCE),
        (5, Reason.TIMEOUT, Action.WAIT),
        (6, Reason.TIMEOUT, Action.WAIT),
        (8, Reason.HARDWARE, Action.MAINTENANCE),
        (10, Reason.SILENT, Action.CLEAR),
        (11, Reason.SILENT, Action.CLEAR),
        (255, Reason.HARDWARE, Action.MAINTENANCE),
    ],
)
def test_what_exception_codes_mean(code, reason, action):
    error = Refusal(code).error(Identify())
    assert (error.reason, error.action) == (reason, action)
    assert Refusal(code).passing == (code in {5, 6})


def test_who_the_board_is(modbus):
    # The objects of the example in the Application Protocol, 6.21: company, product code, revision
    objects = [b"Company identification", b"Product code XX", b"V2.11"]
    listed = b"".join(bytes([number, len(text)]) + text for number, text in enumerate(objects))
    answer = framed(bytes.fromhex("11 2B 0E 01 01 00 00 03") + listed)
    expected = {"maker": "Company identification", "model": "Product code XX", "firmware": "V2.11"}
    assert modbus.find(Identify(), answer) == Reply(identity=expected)
    assert modbus.find(Identify(), answer[:-3]) is None


@pytest.mark.parametrize("before", [NOISE, b"\x11", b"\x11\x01", b"\x11\x01\xff", b"\x11\x2b\x0e", bytes.fromhex("11 01 05")], ids=bytes.hex)
def test_an_answer_is_found_behind_noise(modbus, before):
    assert modbus.find(EXAMPLES[0][0], before + bytes.fromhex(COILS)) == Reply(values=COIL_VALUES)


def test_an_answer_is_found_before_noise(modbus):
    assert modbus.find(EXAMPLES[0][0], bytes.fromhex(COILS) + NOISE) == Reply(values=COIL_VALUES)


@pytest.mark.parametrize("cut", range(10))
def test_half_an_answer_is_none(modbus, cut):
    assert modbus.find(EXAMPLES[0][0], bytes.fromhex(COILS)[:cut]) is None


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (ReadCoils(0x13, 37), framed("12 01 05 CD6BB20E1B")),  # of another board
        (ReadCoils(0x13, 37), framed("11 02 05 CD6BB20E1B")),  # to another function
        (ReadCoils(0x13, 37), framed("11 01 04 CD6BB20E")),  # for fewer coils
        (ReadRegisters(0x6B, 3), framed("11 03 04 AE415652")),
        (WriteCoil(0xAC, on=True), framed("11 05 00AC 0000")),  # the board says it has done something else
        (WriteCoil(0xAC, on=True), framed("11 05 00AD FF00")),
        (WriteCoil(0xAC, on=True), framed("11 05 00AC 1234")),
        (WriteRegister(1, 3), framed("11 06 0001 0004")),
        (Identify(), framed("11 2B 0D 01 01 00 00 00")),
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_the_request_is_none(modbus, request_, answer):
    assert modbus.find(request_, answer) is None


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
@settings(derandomize=True, max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_answer_is_never_taken(modbus, request_, data):
    whole = {ReadCoils: COILS, ReadInputs: EXAMPLES[1][2], ReadRegisters: EXAMPLES[2][2], WriteCoil: EXAMPLES[3][2], WriteRegister: EXAMPLES[4][2]}
    frame = bytearray(bytes.fromhex(whole[type(request_)]) if type(request_) in whole else framed("11 2B 0E 01 01 00 00 01 00 02 4142"))
    assert modbus.find(request_, bytes(frame)) is not None
    # CRC-16 finds every burst of up to 16 bits.
    place = data.draw(st.integers(0, len(frame) - 2))
    burst = data.draw(st.integers(1, 0xFFFF)).to_bytes(2)
    for offset in range(2):
        frame[place + offset] ^= burst[offset]
    assert modbus.find(request_, bytes(frame)) is None


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
@settings(derandomize=True, max_examples=300, deadline=None)
@given(data=st.binary(max_size=300), lead=st.sampled_from([b"", b"\x11\x01\x05", b"\x11\x2b\x0e", b"\x11\x83", b"\x11\x03\x06"]))
def test_hostile_bytes_are_an_answer_or_nothing(modbus, request_, data, lead):
    assert isinstance(modbus.find(request_, lead + data), Reply | Refusal | None)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(body=st.binary(min_size=2, max_size=250))
def test_hostile_answers_with_a_right_crc_are_an_answer_or_nothing(modbus, body):
    for request in REQUESTS:
        code = modbus.encode(request)[1]
        for function in (code, code | 0x80):
            found = modbus.find(request, framed(bytes([0x11, function]) + body))
            match found:
                case Reply(values=values):
                    assert len(values) == getattr(request, "count", 0)
                case _:
                    assert found is None or isinstance(found, Refusal)


def test_memory_stays_bounded(modbus):
    tracemalloc.start()
    for _ in range(20):
        modbus.find(Identify(), b"\x11\x2b\x0e\x01\x01\x00\x00\xff" * 64)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500_000
