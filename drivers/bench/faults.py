"""Faults that every bench device has, put on its answers just before they leave."""

from typing import Protocol

from drivers.bench.state import State

# Noise that holds pieces of real frames: a host must not be caught by a preamble that leads nowhere.
NOISE = bytes.fromhex("00ff55aaaaaa96aaaa69ffaaaaaa96691233")


class Way(Protocol):
    """What answers leave by: a pty (`drivers.bench.wire`) or a connection."""

    def write(self, data: bytes) -> None:
        """Send to the host."""

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""


def reply(wire: Way, state: State, answer: bytes) -> None:
    """Send `answer` to the host, with the faults the state asks for (see `drivers.bench.state`)."""
    values = state.now()
    if values["faulty"] == 0:
        wire.write(answer)
        return
    if values["late_ms"]:
        wire.wait(values["late_ms"] / 1000)
    if not values["silent"]:
        wire.write(_spoiled(answer, values["garbage"], values["half_frame"], bad_checksum=values["bad_checksum"]))
    _count(state, values["faulty"])


def _spoiled(answer: bytes, garbage: str, half_frame: int, *, bad_checksum: bool) -> bytes:
    if bad_checksum:
        answer = answer[:-1] + bytes([answer[-1] ^ 0x55])
    if half_frame:
        answer = answer[:half_frame]
    match garbage:
        case "before":
            return NOISE + answer
        case "instead":
            return NOISE
        case _:
            return answer


def _count(state: State, faulty: int) -> None:
    values = state.now()
    at_work = any(values[name] for name in ("silent", "late_ms", "garbage", "half_frame", "bad_checksum"))
    if faulty > 0 and at_work:
        state.set(faulty=faulty - 1)
