"""Plays a recording to the real driver: the device's side of the line, and the commands, come from the recording.

Time is that of the recording, and the driver moves it: whenever it says what it said then, the clock is set to when that was, and
from there it runs on as usual. So a driver that asks a little slower or faster than on the day of the recording hears the same
in the same order. What it says is looked for among what it said in the same scene: it need not ask as often, and a question
asked once more is answered as the last time. A command is given when its time has come and all has been told that was told
before it.
"""

import threading
import time
from collections import deque
from itertools import takewhile
from types import TracebackType
from typing import Self

from drivers.contract import Command, Device, Event, StatusChanged
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Line, OpenLine, Waker
from drivers.recordings.script import Break, Give, Open, Say, Scene, Script
from drivers.trace import Redactor

_SWAP = 0.5  # s: what was said in another order is still found within this
_EARLY = 0.25  # s: a question that is asked this much too early is answered as the last time
_UNASKED = 1.0  # s: what the device told by itself after a question does not wait longer for the question
_OVERDUE = 3.0  # s: after this the player does not wait any longer for the driver to tell what it told
_QUICKER = 1.0  # s that a driver on a busy machine lost at most between the last it heard and the last it told
_TICK = 0.02  # s between two looks at the clock
_LOST = 10.0  # s: a line that the driver does not open again by then is not opened at all


class Player:
    """A `drivers.trace.Recorder` that plays. `device` is set before the start; `finished` is set at the end of the script."""

    def __init__(self, script: Script) -> None:
        self.device: Device | None = None
        self.events: list[Event] = []
        self.unknown: list[bytes] = []  # what the driver said and the recording has not
        self.finished = threading.Event()
        self._script = script
        self._scene = -1
        self._given = False
        self._over = False
        self._randoms = deque(script.randoms)
        self._then, self._since = 0.0, time.monotonic()
        self._away: DeviceError | None = None
        self._furthest = 0.0
        self._last: dict[bytes, Say] = {}
        self.pending: deque[tuple[float, bytes]] = deque()

    @property
    def now(self) -> float:
        """Time of the recording, in seconds."""
        return self._then + time.monotonic() - self._since

    def open(self, opening: OpenLine, waker: Waker, redactor: Redactor) -> Line:  # noqa: ARG002 - nothing real is opened
        """Open the played line, or refuse as it was refused; in between as the device was last said to be."""
        self.tick()
        scene = self._next()
        away = DeviceError(Reason.UNPLUGGED, Action.CLEAR) if self._away is None else self._away
        if scene is None or not isinstance(scene.begins, Open) or (self._away is not None and self.now < scene.t):
            raise self._told() or away
        self._enter(scene)
        self._away = scene.begins.error
        if self._away is not None:
            raise self._away
        self._last.clear()
        return PlayedLine(self, redactor, waker)

    def command(self, command: Command) -> None:
        """The driver's thread has taken a command that was given."""
        scene = self._next()
        if scene is not None and isinstance(scene.begins, Give) and scene.begins.command.id == command.id:
            self._enter(scene)

    def event(self, event: Event) -> None:
        """Keep it; what comes when all is played is no part of the recording, for the device was stopped there."""
        if not self._over:
            self.events.append(event)

    def random(self, limit: int) -> int:
        """The number that was drawn then."""
        return self._randoms.popleft() % limit if self._randoms else 0

    def close(self) -> None:
        """Nothing is open."""

    def tick(self) -> None:
        """Do what is due: give a command, break the line (raises), or finish."""
        self._pass_overdue()
        scene = self._next()
        if scene is None:
            if self._told_all and self.now >= self._script.ends:
                self._end()
            elif self.now >= self._script.ends + 2 * _OVERDUE:
                self.finished.set()
        elif isinstance(scene.begins, Open):
            if self.now >= scene.t + _LOST:
                self.finished.set()
        elif self._due(scene):
            self._begin(scene)

    def expected(self, size: int) -> Say | None:
        """What is said next, if the line took only a part of so many bytes then, or took the rest of such a part."""
        say = next((say for say in self._says() if not say.used and (say.more or say.rest)), None)
        if say is None or say.t > self.now + _OVERDUE:
            return None
        return say if (say.took < size if say.more else say.took == size) else None

    def say(self, out: bytes, part: Say | None = None) -> None:
        """The driver said this: the clock is set to when it did, and the answer is on its way."""
        if self._used_up():
            self._end()
        say = part if part is not None and part.out == out else self._found(out)
        if say is None:
            self.unknown.append(out)
        elif say.used:
            self._schedule(say.answer)
        else:
            self._take(say)

    @property
    def _told_all(self) -> bool:
        return len(self.events) >= len(self._script.events)

    def _used_up(self) -> bool:
        """Whether the driver, quicker than on that day, is past all that was recorded a little before the recording's end."""
        at_the_end = self._next() is None and self._told_all and self.now >= self._script.ends - _QUICKER
        return at_the_end and not self.pending and all(say.used for say in self._says())

    def _end(self) -> None:
        self._over = True
        self.finished.set()

    def _next(self) -> Scene | None:
        following = self._scene + 1
        return self._script.scenes[following] if following < len(self._script.scenes) else None

    def _says(self) -> list[Say]:
        return self._script.scenes[self._scene].says if self._scene >= 0 else []

    def _due(self, scene: Scene) -> bool:
        return self.now >= scene.t and not self._given and (len(self.events) >= scene.events or self.now >= scene.t + _OVERDUE)

    def _begin(self, scene: Scene) -> None:
        match scene.begins:
            case Give(command=command) if self.device is not None:
                self._given = True
                self.device.do(command)
            case Break(error=error) if not self.pending:
                self._away = error
                self._enter(scene)
                raise error

    def _enter(self, scene: Scene) -> None:
        """The next scene has begun; what the device told by itself and nobody asked for is told now."""
        for say in self._says():
            self._drop(say)
        self._hurry()
        self._scene += 1
        self._given = False
        if isinstance(scene.begins, Open):
            self.pending.clear()
        self._set_clock(scene.t)
        self._schedule(scene.heard)

    def _found(self, out: bytes) -> Say | None:
        """What was said then: the next one like it, or the last one again where the next is still far away."""
        last = self._last.get(out)
        left = [say for say in self._says() if not say.used and say.t >= self._furthest - _SWAP]
        if last is not None:
            left = [say for say in takewhile(lambda say: say.out == out or not self._awaited(say), left) if say.t <= self.now + _EARLY]
        if alike := next((say for say in left if say.out == out), None):
            return alike
        following = self._script.scenes[self._scene + 1].says if self._next() is not None else []
        return last or next((say for say in following if say.out == out and not say.used), None)

    def _awaited(self, say: Say) -> bool:
        """Whether this will still be said: a question asked meanwhile is not answered with what was only so after it."""
        return say.once and self.now < say.t + _OVERDUE

    def _take(self, say: Say) -> None:
        for passed in self._says():
            if passed.t < say.t - _SWAP:
                self._drop(passed)
        say.used = True
        self._last[say.out] = say
        self._furthest = max(self._furthest, say.t)
        self._hurry()
        self._set_clock(say.t)
        self._schedule(say.heard)

    def _drop(self, say: Say) -> None:
        if not say.used:
            say.used = True
            self._schedule([(after - say.late[0][0], data) for after, data in say.late])

    def _pass_overdue(self) -> None:
        """The driver did not ask again: what the device told by itself after such a question comes all the same."""
        for say in self._says():
            if not say.used and say.late and self.now > say.t + say.late[0][0] + _UNASKED:
                self._drop(say)

    def _schedule(self, heard: list[tuple[float, bytes]]) -> None:
        now = time.monotonic()
        self.pending.extend((now + after, data) for after, data in heard)

    def _hurry(self) -> None:
        """What is on its way arrives before anything that is said from now on is answered."""
        now = time.monotonic()
        self.pending = deque((min(at, now), data) for at, data in self.pending)

    def _set_clock(self, t: float) -> None:
        self._then, self._since = t, time.monotonic()

    def _told(self) -> DeviceError | None:
        told = [event.status for event in self.events if isinstance(event, StatusChanged)]
        return told[-1].error if told else None


class PlayedLine:
    """A `drivers.line.Line` to a device that is not there."""

    def __init__(self, player: Player, redactor: Redactor, waker: Waker) -> None:
        self._player = player
        self._redactor = redactor
        self._waker = waker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return

    def read(self, deadline: float) -> bytes:
        """What the device sent then."""
        while True:
            if data := self.drain():
                return data
            if not self._wait(deadline):
                return b""

    def write(self, data: bytes, deadline: float) -> int:
        """Take as much as the line took then."""
        part = self._player.expected(len(data))
        while part is not None and self._player.now < part.t:
            if not self._wait(deadline):
                return 0
        self._player.tick()
        taken = len(data) if part is None else part.took
        kept = self._redactor.feed("out", data[:taken])
        if kept or part is not None:
            self._player.say(kept, part)
        return taken

    def set_baud(self, baud: int) -> bool:  # noqa: ARG002 - as `drivers.line.Tunable` has it
        """What was heard then was heard at the right speed."""
        return True

    def rest(self, deadline: float) -> None:
        """Wait."""
        while self._wait(deadline):
            pass

    def drain(self) -> bytes:
        """What has arrived."""
        self._player.tick()
        arrived = bytearray()
        pending = self._player.pending
        while pending and pending[0][0] <= time.monotonic():
            arrived += pending.popleft()[1]
        self._redactor.feed("in", bytes(arrived))
        return bytes(arrived)

    def _wait(self, deadline: float) -> bool:
        """Wait a little; False when the deadline has passed or the waker was set."""
        self._player.tick()
        left = deadline - time.monotonic()
        pending = self._player.pending
        soon = min(_TICK, max(0.0, pending[0][0] - time.monotonic())) if pending else _TICK
        return left > 0 and not self._waker.wait(min(left, soon))
