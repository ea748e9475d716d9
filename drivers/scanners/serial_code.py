"""Scanner of bar and QR codes on a serial line (RS-232, or USB in COM mode), never as a keyboard.

Nothing can be asked of such a scanner in a way that holds for all makers, so with the profile `plain` its presence is not known:
ONLINE means only that its port is open. A scanner in a port of its own (USB) goes away with the port; one behind an adapter does not.
With the profile of its family it tells what it is, gets its configuration at every connect, and is missed when it falls silent.
Many scanners can also be configured by codes that anybody may hold up: a scanner whose mode is another than it was set to is
configured again.
"""

import logging
import time
from collections.abc import Mapping
from functools import partial
from typing import Literal

import msgspec

from drivers.context import Context
from drivers.contract import Capabilities, CodeRejected, CodeScanned, DeviceState, Hardware, HealthLevel, MediaTo, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.runner import Driver, Runner
from drivers.scanners import honeywell_protocol, newland_protocol
from drivers.scanners.scanner_reply_protocol import ACK, Codes, Profile, Replies
from drivers.scanners.serial_code_protocol import Code, Framer, Reject
from drivers.scanners.serial_code_redactor import CodeRedactor
from drivers.scanners.serial_code_talk import Talk
from drivers.transport import SerialSettings, serial_line

_log = logging.getLogger(__name__)

_LISTEN = 1.0  # s
_CHECK = 60.0  # s that a person has to fetch a code
_STALE = 1.0  # s: a code that waits so long for its suffix has lost it; hardly anybody presents two codes faster


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    r"""`suffix` ends a code (`\r`, `\n`, `\r\n`); where it is empty, `gap_ms` of silence does. `limit` is in bytes.

    With a `profile` other than `plain` the scanner is asked every `presence_ms` whether it is there, may take `answer_ms` for an
    answer, needs a suffix, and reads by itself what is held up (`presentation`) or all the time (`continuous`, Newland only).
    """

    baud: int = 9600
    suffix: str = "\r"
    gap_ms: int = 50
    limit: int = 512
    profile: Literal["plain", "newland", "honeywell"] = "plain"
    trigger: Literal["presentation", "continuous"] = "presentation"
    presence_ms: int = 5000
    answer_ms: int = 500

    def __post_init__(self) -> None:
        if self.suffix not in {"", "\r", "\n", "\r\n"}:
            message = r"Expected '', '\r', '\n' or '\r\n' - at `$.suffix`"
            raise msgspec.ValidationError(message)
        if self.profile != "plain" and not self.suffix:
            message = f"Expected a suffix for the profile {self.profile!r} - at `$.suffix`"
            raise msgspec.ValidationError(message)
        if self.trigger == "continuous" and self.profile != "newland":
            message = f"Expected 'presentation' for the profile {self.profile!r} - at `$.trigger`"
            raise msgspec.ValidationError(message)


def build(context: Context, settings: Settings) -> Hardware:
    """The scanner as a device."""
    match settings.profile:
        case "newland":
            driver: SerialScanner = ProfiledScanner(settings, newland_protocol.profile(settings.suffix, settings.trigger))
        case "honeywell":
            driver = ProfiledScanner(settings, honeywell_protocol.profile(settings.suffix))
        case "plain":
            driver = SerialScanner(settings)
    return Runner(context, driver, serial_line(settings))


class SerialScanner(Driver):
    """The scanner's side of the runner, for one that only sends."""

    capabilities = Capabilities(
        events=("CodeScanned", "CodeRejected"),
        health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE),
        counters=("goodScanCount", "rejectedScanCount"),
    )

    def __init__(self, settings: Settings, replies: Replies | None = None) -> None:
        self.codes = Codes(Framer(settings.suffix.encode(), settings.limit), replies)
        self._replies = replies
        self._gap = settings.gap_ms / 1000
        self._stale = _STALE if settings.suffix else self._gap
        self._heard = 0.0

    def redactor(self) -> CodeRedactor:
        """Keeps commands and answers, and how long each code was."""
        return CodeRedactor(self._replies)

    def connect(self, link: Link) -> Status:
        """What was scanned while nobody listened is not for now."""
        link.drain()
        self.codes.clear()
        return Status(state=DeviceState.ONLINE)

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - there are no media
        """Forget a code that has begun."""
        link.drain()
        self.codes.clear()

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: the port is open, and more cannot be asked; interactive: a code that a person holds up arrives whole."""
        return self.person_shows(link) if level is HealthLevel.INTERACTIVE else {}

    def idle(self, link: Link) -> None:
        """Tell the codes that come."""
        self.listen(link, _LISTEN)

    def listen(self, link: Link, seconds: float) -> None:
        """Tell the codes that come within `seconds`; where one has begun, until the line is quiet."""
        quiet_after = self._gap if self.codes.swallowing else self._stale
        if data := link.listen(quiet_after if self.codes.begun else seconds):
            self.take_in(link, data)
        elif self.codes.begun and time.monotonic() - self._heard >= quiet_after:
            self._tell(link, self.codes.gap())

    def take_in(self, link: Link, data: bytes) -> None:
        """Tell the codes in what has come."""
        if data:
            self._heard = time.monotonic()
            self._tell(link, self.codes.feed(data))

    def person_shows(self, link: Link) -> Mapping[str, str]:
        """Wait until a person has held up a code; only its length is kept."""
        link.ask("check-hold-code")
        end = time.monotonic() + _CHECK
        self.codes.clear()
        while time.monotonic() < end:
            for found in self.codes.feed(link.listen(end - time.monotonic())):
                if isinstance(found, Code):
                    return {"length": str(len(found.text))}
        raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, "no whole code came")

    def _tell(self, link: Link, found: list[Code | Reject]) -> None:
        for one in found:
            match one:
                case Code(text=text):
                    link.count("goodScanCount")
                    link.emit(CodeScanned(role=link.role, text=text))
                case Reject(reason=reason):
                    link.count("rejectedScanCount")
                    link.emit(CodeRejected(role=link.role, reason=reason))


class ProfiledScanner(SerialScanner):
    """A scanner that can be asked and told, in the words of its family."""

    capabilities = msgspec.structs.replace(SerialScanner.capabilities, health=tuple(HealthLevel))

    def __init__(self, settings: Settings, profile: Profile) -> None:
        super().__init__(settings, profile.replies)
        self._profile = profile
        self._talk = Talk(settings.suffix.encode(), settings.answer_ms / 1000, settings.baud)
        self._presence = settings.presence_ms / 1000
        self._next_presence = 0.0
        self._identity: Mapping[str, str] = {}

    def connect(self, link: Link) -> Status:
        """Put the configuration in and ask the scanner what it is; codes of that time are not for now."""
        super().connect(link)
        for ask in self._profile.setup:
            self._talk.do(link, ask, _drop)
        self._identity = self._about(link)
        self.codes.clear()
        self._next_presence = time.monotonic() + self._presence
        return Status(state=DeviceState.ONLINE, identity=self._identity)

    def reset(self, link: Link, to: MediaTo) -> None:
        """Forget a code that has begun, and put the configuration in anew."""
        super().reset(link, to)
        self._set_up(link)

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: it answers; external: it takes its trigger and its beep; interactive: a code that a person holds up arrives."""
        self._look(link)
        match level:
            case HealthLevel.EXTERNAL:
                return self._try_out(link)
            case HealthLevel.INTERACTIVE:
                return self.person_shows(link)
            case HealthLevel.INTERNAL:
                return self._identity

    def idle(self, link: Link) -> None:
        """Tell the codes that come, and ask now and then whether the scanner is there."""
        left = self._next_presence - time.monotonic()
        if left <= 0 and not self.codes.begun:
            self._look(link)
        else:
            self.listen(link, max(0.0, left))

    def _look(self, link: Link) -> None:
        """Ask whether it is there and still set as it was."""
        self._next_presence = time.monotonic() + self._presence
        answer = self._talk.ask(link, self._profile.presence, partial(self.take_in, link))
        if answer["status"] == ACK and answer["value"] != self._profile.mode:
            _log.warning("%s: the scanner is set to another mode, and is set back", link.role)
            self._set_up(link)

    def _set_up(self, link: Link) -> None:
        for ask in self._profile.setup:
            self._talk.do(link, ask, partial(self.take_in, link))

    def _about(self, link: Link) -> Mapping[str, str]:
        try:
            answers = [self._talk.ask(link, ask, _drop) for ask in self._profile.identity]
        except DeviceError as error:
            if error.reason is Reason.UNPLUGGED:
                raise
            return {}  # it has taken its configuration: a name it does not tell is no fault
        return self._profile.facts([answer["value"] if answer["status"] == ACK else b"" for answer in answers])

    def _try_out(self, link: Link) -> Mapping[str, str]:
        """Trigger on and off, beep and light as far as the family has commands for them."""
        findings = {}
        try:
            for ask in self._profile.test:
                findings[ask.name] = "done" if self._talk.do(link, ask, partial(self.take_in, link)) else "not known to it"
                link.pause(ask.shown)
        finally:
            self._talk.do(link, self._profile.resume, partial(self.take_in, link))
        return findings


def _drop(data: bytes) -> None:
    """What comes before the scanner is online is not for now."""
