"""Uninterruptible power supply by NUT's upsd on this machine (RFC 9271), which knows the cables and protocols of some hundred makers.

Whatever the mains do, the device is online as long as upsd gives fresh data: what is lost is told by the part `mains`, how long it
can go on by the supply `battery`; `critical` means shut down now. Stale data make the device silent and everything unknown: a
driver that has lost its UPS says nothing about the power. The one command ever sent to a UPS is its quick battery test, in an
external check, and only with a user of upsd who may: nothing here can cut the power.

A password goes in the clear, and STARTTLS is not spoken: on the loopback it would hide nothing from anybody who could listen there.
So a password is refused for any other address.
"""

import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from drivers.cabinet import nut_ups_protocol as nut
from drivers.cabinet.nut_ups_protocol import HidePassword, Lines, Listing
from drivers.cabinet.nut_ups_status import Reading, critical, reading
from drivers.context import Context
from drivers.contract import Capabilities, DeviceState, Hardware, HealthLevel, Level, MediaTo, Part, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.runner import Driver, Runner
from drivers.trace import Redactor
from drivers.transport import SerialSettings, serial_line

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_QUICK_TEST = "test.battery.start.quick"
_HANDS = 60.0  # s that a person has to pull or put the mains plug
_LOOK = 0.5  # s between two looks in a check
_FAREWELL = 0.3  # s
_PIECE = 10.0  # s
_RUNNING = ("progress", "scheduled")  # in ups.test.result
_BAD = ("fail", "error", "bad", "abort", "warning")


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`ups` is its name in upsd; `username` and the file with the password are those of upsd.users, for the battery test only."""

    port: str = "socket://127.0.0.1:3493"
    ups: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]+$", max_length=64)] = "ups"
    username: Annotated[str, Meta(pattern=r"^[!-~]*$", max_length=64)] = ""
    password_file: str = ""
    poll_ms: int = 1000
    answer_ms: int = 2000
    full_percent: float = 95.0
    test_s: float = 15.0  # a quick battery test takes about 10 s

    def __post_init__(self) -> None:
        if bool(self.username) != bool(self.password_file):
            message = "Expected both or none of `$.username` and `$.password_file`"
            raise msgspec.ValidationError(message)
        if self.username and urlsplit(self.port).hostname not in _LOOPBACK:
            message = "a password is sent to this machine only - at `$.port`"
            raise msgspec.ValidationError(message)


def build(context: Context, settings: Settings) -> Hardware:
    """The power supply as a device."""
    return Runner(context, NutUps(settings), serial_line(settings))


class NutUps(Driver):
    """upsd's side of the runner."""

    capabilities = Capabilities(
        parts=("mains", "output", "batteryHealth", "charging"),
        supplies=("battery",),
        health=(HealthLevel.INTERNAL, HealthLevel.EXTERNAL, HealthLevel.INTERACTIVE),
        counters=("mainsLostCount", "onBatterySecondsCount"),
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lines = Lines()
        self._heard: deque[bytes] = deque()
        self._mains: Part | None = None  # what was last known of it, over all connections
        self._on_battery_since: float | None = None
        if not settings.username:
            self.capabilities = msgspec.structs.replace(self.capabilities, health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE))

    def connect(self, link: Link) -> Status:
        """Say who we are, where that is wanted, and ask for everything."""
        self._on_battery_since = None
        if self._settings.username:
            self._expect_ok(link, "USERNAME", self._settings.username)
            self._expect_ok(link, "PASSWORD", _password(Path(self._settings.password_file)))
        return _status(self._read(link))

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - there are no media
        """Ask for everything anew; the UPS itself is left alone."""
        self._poll(link)

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: all that the UPS tells; external: its own quick battery test; interactive: the mains go and come back."""
        before = self._poll(link)
        if level is HealthLevel.EXTERNAL:
            self._test_battery(link, before)
        if level is HealthLevel.INTERACTIVE:
            self._await_mains(link, before)
        values = self._variables(link)
        shown = ("ups.status", "ups.alarm", "ups.load", "ups.test.result", "battery.charge", "battery.runtime", "battery.voltage")
        return {"server": " ".join(self._ask(link, "VER")), **{name: values[name] for name in shown if name in values}}

    def idle(self, link: Link) -> None:
        """Ask again and again."""
        link.pause(self._settings.poll_ms / 1000)
        if not link.waiting:
            self._poll(link)

    def leave(self, link: Link) -> None:
        """Say goodbye, so that upsd does not log a broken connection."""
        link.drain()
        link.send(nut.request("LOGOUT"), _FAREWELL)
        link.receive(_FAREWELL)

    def redactor(self) -> Redactor:
        """Nothing here says anything about a citizen, but the password is nobody's business."""
        return HidePassword()

    def _poll(self, link: Link) -> Reading:
        now = self._read(link)
        self._count(link, now.mains)
        link.report(_status(now))
        return now

    def _read(self, link: Link) -> Reading:
        found = reading(self._variables(link), self._settings.full_percent)
        if self._mains is None and found.mains is not Part.UNKNOWN:
            self._mains = found.mains  # the first look: what is off already was not lost now
        return found

    def _count(self, link: Link, mains: Part) -> None:
        if mains is Part.NO_POWER and self._mains is Part.POWERING:
            link.count("mainsLostCount")
        if mains is not Part.UNKNOWN:
            self._mains = mains
        self._clock(link, on_battery=mains is Part.NO_POWER)

    def _clock(self, link: Link, *, on_battery: bool) -> None:
        """Count the seconds on battery in pieces: each piece is written to disk."""
        now = time.monotonic()
        since = self._on_battery_since
        if since is not None and (not on_battery or now - since >= _PIECE):
            link.count("onBatterySecondsCount", round(now - since))
            since = None
        self._on_battery_since = (now if since is None else since) if on_battery else None

    def _test_battery(self, link: Link, before: Reading) -> None:
        if before.mains is not Part.POWERING or before.battery not in {Level.FULL, Level.OPERATIONAL}:
            raise DeviceError(Reason.SEQUENCE, Action.WAIT, f"no battery test with mains {before.mains}, battery {before.battery}")
        if (_QUICK_TEST,) not in self._list(link, "CMD"):
            raise DeviceError(Reason.UNSUPPORTED, Action.CONFIGURATION, f"this UPS has no {_QUICK_TEST}")
        self._expect_ok(link, "INSTCMD", self._settings.ups, _QUICK_TEST)
        result = self._await_result(link)
        if any(word in result.lower() for word in _BAD):
            raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, f"battery test: {result[:80]}")
        if reading(self._variables(link), self._settings.full_percent).parts["batteryHealth"] is not Part.OK:
            raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, "battery test: the battery needs to be replaced")

    def _await_result(self, link: Link) -> str:
        """What the UPS says after the test; "" where it says nothing. An old result is not taken for the new one.

        The UPS runs on its battery meanwhile, and that is not told as lost mains unless the battery gets low.
        """
        began, ran = time.monotonic(), False
        while (passed := time.monotonic() - began) < 4 * self._settings.test_s:
            link.pause(min(_LOOK, self._settings.test_s / 4))
            values = self._variables(link)
            if critical(frozenset(values.get("ups.status", "").split())):
                self._poll(link)
                raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, "battery test: the battery does not hold")
            result = values.get("ups.test.result", "")
            runs = any(word in result.lower() for word in _RUNNING)
            if not runs and (ran or passed >= self._settings.test_s):
                return result
            ran = ran or runs
        raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, "battery test: no result")

    def _await_mains(self, link: Link, before: Reading) -> None:
        if before.mains is not Part.POWERING:
            raise DeviceError(Reason.SEQUENCE, Action.WAIT, f"mains {before.mains}")
        link.ask("check-unplug-mains")
        for wanted in (Part.NO_POWER, Part.POWERING):
            end = time.monotonic() + _HANDS
            while self._poll(link).mains is not wanted:
                if time.monotonic() >= end:
                    raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, f"mains never {wanted}")
                link.pause(min(_LOOK, self._settings.poll_ms / 1000))

    def _variables(self, link: Link) -> dict[str, str]:
        return nut.variables(self._list(link, "VAR"))

    def _list(self, link: Link, kind: str) -> list[tuple[str, ...]]:
        deadline = self._send(link, "LIST", kind, self._settings.ups)
        listing = Listing(kind, self._settings.ups)
        while not listing.take(self._next(link, deadline)):
            continue
        return listing.rows

    def _expect_ok(self, link: Link, *words: str) -> None:
        if self._ask(link, *words)[:1] != ("OK",):
            raise nut.garbled(f"{words[0]}: neither OK nor ERR")

    def _ask(self, link: Link, *words: str) -> tuple[str, ...]:
        """The one line that answers; raises what an ERR means."""
        answer = self._next(link, self._send(link, *words))
        if error := nut.refused(answer):
            raise error
        return answer

    def _send(self, link: Link, *words: str) -> float:
        """Ask; until when the answer may come."""
        link.drain()
        self._lines = Lines()
        self._heard.clear()
        link.send(nut.request(*words))
        return time.monotonic() + self._settings.answer_ms / 1000

    def _next(self, link: Link, deadline: float) -> tuple[str, ...]:
        while not self._heard:
            left = deadline - time.monotonic()
            self._heard.extend(self._lines.feed(link.receive(max(0.0, left))))
            late = left <= 0 and not self._heard  # only after a last look: what came while this process had no turn came in time
            if late and self._lines.open:
                raise nut.garbled("half a line")
            if late:
                raise DeviceError(Reason.SILENT, Action.CLEAR, "upsd does not answer")
        return nut.words(self._heard.popleft())


def _status(now: Reading) -> Status:
    return Status(
        state=DeviceState.ONLINE,
        parts=now.parts,
        supplies={"battery": now.battery},
        identity=now.identity,
        error=now.error,
    )


def _password(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        detail = error.strerror if isinstance(error, OSError) else "not text"
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{file}: {detail}") from None
    if not text.isprintable() or not text:
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{file}: not one line of text")
    return text
