"""The I/O board's answers (`modbus_io_protocol`) and what upsd says (`nut_ups_protocol`, `nut_ups_status`)."""

from collections.abc import Iterator
from typing import Any

import mutate
from feeding import nothing_left, one_of, redacting
from target import Target

from drivers.bench.io_board import crc
from drivers.bench.ups import quoted
from drivers.cabinet import modbus_io_protocol as modbus_protocol
from drivers.cabinet import nut_ups_protocol as nut
from drivers.cabinet.modbus_io_protocol import Identify, ReadCoils, ReadInputs, ReadRegisters, Refusal, WriteCoil, WriteRegister
from drivers.cabinet.nut_ups_status import reading

_UNIT = 0x11
_KEPT = 512  # bytes that the talk keeps of an answer with noise around it
_READS = {ReadCoils: 1, ReadInputs: 2, ReadRegisters: 3}
_WRITES = {WriteCoil: 5, WriteRegister: 6}
_REQUESTS = [ReadCoils(0x13, 37), ReadInputs(0xC4, 22), ReadInputs(0, 8), ReadRegisters(0x6B, 3), WriteCoil(0xAC, on=True), WriteRegister(1, 3), Identify()]


def cabinet_targets() -> list[Target]:
    return [_modbus_target(), *_nut_targets()]


def _modbus_target() -> Target:
    bodies = [bytes.fromhex(body) for body in (
        "11 01 05 CD6BB20E1B", "11 02 03 ACDB35", "11 02 01 FF", "11 03 06 AE4156524340", "11 05 00AC FF00", "11 06 0001 0003", "12 02 01 00",
        "11 81 02", "11 82 06", "11 85 04", "11 86 03", "11 AB 01", "11 2B 0E 01 01 00 00 03 00 08 4265697370696C65 01 02 4941 02 01 31",
    )]  # fmt: skip
    seeds = [_framed(body) for body in bodies]
    modbus = modbus_protocol.Modbus(_UNIT)

    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        request = one_of(_REQUESTS, chunks)
        data = b""
        for chunk in chunks:
            data = (data + chunk)[-_KEPT:]
            if (answer := modbus.find(request, data)) is not None:
                return [(request, answer)], 0
        return [], 0

    return Target(name="modbus answers", seeds=seeds, source=mutate.noisy(seeds, mutate.sealed(bodies, _framed)), accepts=accepts, sound=_modbus_sound)


def _framed(body: bytes) -> bytes:
    return body + crc(body)


def _modbus_sound(accepted: list[Any], stream: bytes) -> bool:
    return all(any(_says(request, answer, body) for body in _bodies(stream)) for request, answer in accepted)


def _bodies(stream: bytes) -> Iterator[bytes]:
    """All that stands somewhere with our address in front and a right CRC behind, at most 256 bytes long."""
    start = -1
    while (start := stream.find(bytes([_UNIT]), start + 1)) >= 0:
        value = 0xFFFF
        for end in range(start, min(len(stream) - 1, start + 255)):
            if end - start >= 3 and value == int.from_bytes(stream[end : end + 2], "little"):
                yield stream[start + 1 : end]
            value ^= stream[end]
            for _ in range(8):
                value = value >> 1 ^ 0xA001 if value & 1 else value >> 1


def _says(request: Any, answer: Any, body: bytes) -> bool:
    """Whether function and data are this answer to this request (Modbus Application Protocol V1.1b3, 6.1 to 6.6, 6.21 and 7)."""
    kind = type(request)
    if isinstance(answer, Refusal):
        return body == bytes([{**_READS, **_WRITES, Identify: 0x2B}[kind] | 0x80, answer.code])
    if kind in _READS:
        size = request.count * 2 if kind is ReadRegisters else -(-request.count // 8)
        return body[:2] == bytes([_READS[kind], size]) and len(body) == size + 2 and answer.values == _values(kind, body[2:], request.count)
    if kind is WriteCoil:
        return body == b"\x05" + request.address.to_bytes(2) + (b"\xff\x00" if request.on else b"\0\0")
    if kind is WriteRegister:
        return body == b"\x06" + request.address.to_bytes(2) + request.value.to_bytes(2)
    said = body.decode("ascii", "replace")
    return body[:2] == b"\x2b\x0e" and all(text in said for text in answer.identity.values())


def _values(kind: type, data: bytes, count: int) -> tuple[int, ...]:
    if kind is ReadRegisters:
        return tuple(int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))
    bits = int.from_bytes(data, "little")
    return tuple(bits >> place & 1 for place in range(count))


_VARIABLES = {
    "battery.charge": "100", "battery.charge.low": "20", "device.mfr": 'Beispiel "GmbH"', "device.model": "USV \\ 1000", "device.serial": "U-0001",
    "ups.status": "OL CHRG", "ups.test.result": "No test initiated", "ups.id": "大厅", "input.voltage": "1e400",
}  # fmt: skip


def _nut_targets() -> list[Target]:
    rows = [f"VAR ups {name} {quoted(value)}" for name, value in _VARIABLES.items()]
    listed = "\n".join(["BEGIN LIST VAR ups", *rows, "END LIST VAR ups", ""]).encode()
    commands = b"BEGIN LIST CMD ups\nCMD ups test.battery.start.quick\nEND LIST CMD ups\n"
    others = [b"OK\n", b"OK Goodbye\r\n", b"ERR DATA-STALE\n", b"ERR ACCESS-DENIED\n", b"ERR INSTCMD-FAILED\n", b'VAR ups ups.status "OB LB"\n', b"VER 2.8.0\n"]
    seeds = [listed, listed, commands, *others]
    passwords = [nut.request("PASSWORD", word) for word in ("streng-geheim", "ganz geheim", 'mit "Zeichen" \\ 42')]
    return [
        Target(name="nut lines", seeds=seeds, accepts=_lines, sound=_lines_sound, hold_limit=4096),
        Target(name="nut lists", seeds=seeds, source=_mostly_lists(listed, seeds), accepts=_lists, sound=_lists_sound, hold_limit=4096),
        Target(
            name="nut redacted",
            seeds=[*passwords, b"USERNAME kiosk\n", b"LIST VAR ups\n"],
            source=mutate.spoken([*passwords, b"USERNAME kiosk\n", b"LIST VAR ups\n"]),
            accepts=redacting(nut.HidePassword, "out", b"\n"),
            sound=nothing_left([line[len("PASSWORD ") : -1] for line in passwords], 4),
            hold_limit=200,
            ours=True,
        ),
    ]


def _mostly_lists(listed: bytes, seeds: list[bytes]) -> mutate.Source:
    noisy, single = mutate.noisy(seeds), mutate.single([listed])
    return lambda rng: single(rng) if rng.random() < 0.6 else noisy(rng)


def _lines(chunks: list[bytes]) -> tuple[list[Any], int]:
    lines, found, held = nut.Lines(), [], 0
    for chunk in chunks:
        found += [(line, nut.words(line)) for line in lines.feed(chunk)]
        held = max(held, len(lines._rest))
    for _, words in found:
        nut.refused(words)
    return found, held


def _lines_sound(accepted: list[Any], stream: bytes) -> bool:
    """Each is a line of the stream, in order and without control characters, and its words are those that stand there."""
    in_order = [line for line, _ in accepted] == stream.split(b"\n")[: len(accepted)]
    plain = all(byte >= 32 or byte == 9 for line, _ in accepted for byte in line.removesuffix(b"\r"))
    return in_order and plain and all(_read(line) == list(words) for line, words in accepted)


def _read(line: bytes) -> list[str]:
    """Words by the rules of NUT's parseconf, letter by letter; a quote ends a word before it and is ended by the next."""
    words, word, state = [], "", "between"
    letters = iter(line.decode().removesuffix("\r"))
    for letter in letters:
        match state, letter:
            case ("between" | "plain"), '"':
                words += [word] if state == "plain" else []
                word, state = "", "quoted"
            case "quoted", '"':
                words.append(word)
                word, state = "", "between"
            case ("between" | "plain"), (" " | "\t"):
                words += [word] if state == "plain" else []
                word, state = "", "between"
            case _:
                word += next(letters, "") if letter == "\\" else letter
                state = "quoted" if state == "quoted" else "plain"
    return [*words, word] if state == "plain" else words


def _lists(chunks: list[bytes]) -> tuple[list[Any], int]:
    lines, listing, held = nut.Lines(), nut.Listing("VAR", "ups"), 0
    for chunk in chunks:
        for line in lines.feed(chunk):
            if listing.take(nut.words(line)):
                values = nut.variables(listing.rows)
                return [(values, reading(values, 90.0))], held
        held = max(held, len(lines._rest))
    return [], held


def _lists_sound(accepted: list[Any], stream: bytes) -> bool:
    """The values are those of the rows between BEGIN and END, and "no mains" is only said where the flag stands there."""
    for values, read in accepted:
        lines = []
        for line in stream.split(b"\n"):
            lines.append(_read(line))
            if lines[-1] == ["END", "LIST", "VAR", "ups"]:
                break
        told = {row[2]: row[3] for row in lines[1:-1] if len(row) == 4 and row[:2] == ["VAR", "ups"]}
        flags = told.get("ups.status", "").split()
        no_mains = "OB" in flags and "OL" not in flags
        if lines[0] != ["BEGIN", "LIST", "VAR", "ups"] or values != told or (read.mains.value == "noPower") != no_mains:
            return False
    return True
