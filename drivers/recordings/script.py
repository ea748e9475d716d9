"""A recording as a script for a player: scenes that begin with something from outside, and what was said in them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec

from drivers.contract import Command
from drivers.errors import DeviceError
from drivers.recordings import filler
from drivers.recordings.recording import Record, Recording, RecordingError

_LATE = 0.25  # s: what comes so long after an answer is told by the device by itself
_ANSWER = 2.0  # s: as long an answer may take that comes after a command has come in between


@dataclass(slots=True)
class Say:
    """Bytes of the host at the time `t` and what the device sent after them, with seconds since.

    `took` is how many bytes the line took before redaction; `more` says that some had to wait, `rest` that these had waited.
    `once` says that it was said only once in its scene: an order, and no question that is asked over and over.
    """

    t: float
    out: bytes
    took: int
    more: bool = False
    rest: bool = False
    heard: list[tuple[float, bytes]] = field(default_factory=list)
    once: bool = False
    used: bool = False

    @property
    def late(self) -> list[tuple[float, bytes]]:
        """What the device sent by itself, as far as time can tell: all after the first pause that follows the answer."""
        return self.heard[len(self.answer) :]

    @property
    def answer(self) -> list[tuple[float, bytes]]:
        """What came first, however late, and without a pause after it."""
        pauses = (number for number, (one, two) in enumerate(pairwise(self.heard), start=1) if two[0] - one[0] >= _LATE)
        return self.heard[: next(pauses, len(self.heard))]


@dataclass(frozen=True, slots=True)
class Open:
    """The host opened the line, or could not."""

    error: DeviceError | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """The line broke."""

    error: DeviceError


@dataclass(frozen=True, slots=True)
class Give:
    """A command came."""

    command: Command


@dataclass(slots=True)
class Scene:
    """From one thing that comes from outside to the next; `events` were told before it, `heard` came before anything was said."""

    t: float
    begins: Open | Break | Give
    events: int
    says: list[Say] = field(default_factory=list)
    heard: list[tuple[float, bytes]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Script:
    """What a player needs to know; `ends` is the time of the last thing that happened."""

    scenes: tuple[Scene, ...]
    events: tuple[Mapping[str, Any], ...]
    randoms: tuple[int, ...]
    ends: float


def script(recording: Recording) -> Script:
    """Raises `RecordingError` for a recording that cannot be played."""
    records = _from_an_opening(recording)
    _playable(records)
    scenes: list[Scene] = []
    events = 0
    for record in records:
        events += record.event is not None
        if begins := _begins(record):
            scenes.append(Scene(record.t, begins, events))
        elif record.out is not None and scenes:
            scenes[-1].says.append(_say(record, scenes[-1].says))
        elif record.inward is not None and scenes:
            _hear(scenes, record.t, bytes.fromhex(record.inward))
    for scene in scenes:
        times = Counter(say.out for say in scene.says)
        for say in scene.says:
            say.once = times[say.out] == 1 or say.more or say.rest
    return Script(
        tuple(scenes),
        tuple(record.event for record in records if record.event is not None),
        tuple(record.random for record in records if record.random is not None),
        records[-1].t,
    )


def _from_an_opening(recording: Recording) -> list[Record]:
    """Where the beginning is lost: all since the next time that the line was opened."""
    records = list(recording.records)
    start = next((number for number, record in enumerate(records) if record.open or record.refused), None)
    if start is None:
        raise RecordingError("nothing to play: the line was never opened")
    return records[start:] if recording.header.continued else records


def _playable(records: list[Record]) -> None:
    opened = {record.open for record in records}
    if "library" in opened:
        raise RecordingError("cannot be played: this driver reaches its device past the line, and only commands and events are recorded")
    if "lengths" in opened:
        raise RecordingError("cannot be played: this driver has no redactor, so only lengths were kept of what was said")
    if spoilt := next((record.spoilt for record in records if record.spoilt is not None), None):
        raise RecordingError(f"cannot be played: {spoilt}")


def _begins(record: Record) -> Open | Break | Give | None:
    if record.open is not None:
        return Open()
    if record.refused is not None:
        return Open(record.refused.error)
    if record.broken is not None:
        return Break(record.broken.error)
    return None if record.command is None else Give(_command(record.command))


def _command(plain: dict[str, Any]) -> Command:
    try:
        return filler.command(plain)
    except (msgspec.ValidationError, RecursionError) as error:
        raise RecordingError(f"a command cannot be given again: {error}") from error


def _say(record: Record, before: list[Say]) -> Say:
    out = bytes.fromhex(record.out or "")
    return Say(record.t, out, record.took or len(out), record.more, rest=bool(before) and before[-1].more)


def _hear(scenes: list[Scene], t: float, data: bytes) -> None:
    """After what was said last; where nothing was said yet in a scene that a command began, it may answer what was before it."""
    scene = scenes[-1]
    if scene.says:
        scene.says[-1].heard.append((t - scene.says[-1].t, data))
        return
    for waiting in _unanswered(scenes) if isinstance(scene.begins, Give) else ():
        if t - waiting.t < _ANSWER:
            waiting.heard.append((t - waiting.t, data))
            return
    scene.heard.append((t - scene.t, data))


def _unanswered(scenes: list[Scene]) -> Iterator[Say]:
    before = next((scene for scene in reversed(scenes) if scene.says or not isinstance(scene.begins, Give)), scenes[-1])
    if before.says and not before.says[-1].heard:
        yield before.says[-1]
