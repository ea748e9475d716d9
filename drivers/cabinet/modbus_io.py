"""I/O board of the cabinet on RS-485 or USB serial (Modbus RTU): lights, doors, tamper and other contacts, the operator's switch.

Inputs are read over and over; a change is told as soon as it has stayed for `debounce_ms`. Lights that flash are switched by this
driver, which wears a relay (`lightSwitchCount`): use transistor outputs for them, or a board that flashes by a register.
Outputs are read back now and then, so that a board that has restarted by itself gets its lights again.

What the contacts say while nobody can read them is unknown, never "closed". A tamper contact makes the device `potentialFraud`.
"""

import time
from collections.abc import Mapping

import msgspec

from drivers.cabinet.contacts import Contacts
from drivers.cabinet.lamps import Lamps, Output
from drivers.cabinet.modbus_io_talk import Talk
from drivers.cabinet.wiring import DOORS, SWITCH, TAMPER, Address, Contact, Light, Switch, check_contacts, check_lights
from drivers.context import Context
from drivers.contract import (
    Answer,
    Capabilities,
    Command,
    DeviceState,
    Done,
    Hardware,
    HealthLevel,
    MediaTo,
    Part,
    SetLight,
    Status,
)
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.runner import Driver, Runner, unsupported
from drivers.trace import KeepAll, Redactor
from drivers.transport import SerialSettings, serial_line

_IDLE = 60.0  # s: the switchings of flashing lights are written to disk so often
_SHOWN = 0.4  # s for which each light is on in a check
_HANDS = 60.0  # s that a person has to open a door or turn the switch
_LEAVING = 0.4  # s
_UNITS = range(1, 248)  # Serial Line, 2.2


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`unit` is the board's address. A light that is only a number is on that coil; `stay_on` are lights left on at stop."""

    baud: int = 9600
    unit: int = 1
    lights: Mapping[str, Address | Light] = {}
    contacts: Mapping[str, Contact] = {}
    operator_switch: Switch | None = None
    stay_on: tuple[str, ...] = ()
    answer_ms: int = 150
    poll_ms: int = 10  # of rest between two looks at the inputs
    debounce_ms: int = 20
    health_ms: int = 2000  # between two looks at the outputs

    def __post_init__(self) -> None:
        check_lights(self.wired, self.stay_on)
        check_contacts(self.contacts, self.operator_switch)
        if not self.lights and not self.contacts and self.operator_switch is None:
            message = "nothing is wired: no lights, no contacts, no operator_switch"
            raise msgspec.ValidationError(message)
        if self.unit not in _UNITS:
            message = "Expected an address from 1 to 247 - at `$.unit`"
            raise msgspec.ValidationError(message)

    @property
    def wired(self) -> dict[str, Light]:
        """The lights with all that is known of them."""
        return {name: Light(coil=light) if isinstance(light, int) else light for name, light in self.lights.items()}


def build(context: Context, settings: Settings) -> Hardware:
    """The board as a device."""
    return Runner(context, IoBoard(settings), serial_line(settings))


class IoBoard(Driver):
    """The board's side of the runner."""

    capabilities = Capabilities(
        commands=("SetLight",),
        health=(HealthLevel.INTERNAL, HealthLevel.EXTERNAL, HealthLevel.INTERACTIVE),
        counters=("lightSwitchCount", "doorOpenedCount", "tamperCount"),
    )

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._contacts = Contacts(settings.contacts, settings.operator_switch, settings.debounce_ms / 1000)
        self._lamps = Lamps(settings.wired)
        self._open_talk: Talk | None = None
        self._identity: Mapping[str, str] = {}
        self._outputs: dict[Output, int] = {}  # what the board has confirmed
        self._before: Mapping[str, Part] = {}  # what the contacts said last, over all connections
        self._next_compare = 0.0
        self.capabilities = msgspec.structs.replace(
            self.capabilities,
            commands=self.capabilities.commands if settings.lights else (),
            parts=(*self._contacts.names, *self._lamps.names),
            health=tuple(level for level in self.capabilities.health if settings.lights or level is not HealthLevel.EXTERNAL),
        )

    def connect(self, link: Link) -> Status:
        """Read all inputs and who the board is, and put all lights as they should be."""
        if self._open_talk is None:
            self._open_talk = Talk(self._settings.unit, self._settings.baud, self._settings.answer_ms / 1000)
        self._contacts.forget()
        self._outputs.clear()
        self._lamps.show_alone(None)
        self._read_contacts(link)
        self._identity = self._talk.identity(link)
        self._light_all(link)
        return self._status()

    def handle(self, link: Link, command: Command) -> Answer:
        """SetLight."""
        match command:
            case SetLight(light=light, flash=flash, color=color):
                self._lamps.ask(light, flash, color)
                self._light_all(link)
                link.report(self._status())
                return Done(role=link.role, id=command.id)
            case _:
                raise unsupported(command)

    def reset(self, link: Link, to: MediaTo) -> None:  # noqa: ARG002 - there are no media
        """Tell the board again what all its lights should be."""
        self._outputs.clear()
        self._light_all(link)

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: all is read; external: each light in turn, read back; interactive: a person sees them, and moves doors and switch."""
        self._look(link)
        self._compare(link)
        if level is not HealthLevel.INTERNAL:
            self._show_each(link)
        if level is HealthLevel.INTERACTIVE:
            self._ask_person(link)
        return {name: str(part) for name, part in self._status().parts.items()}

    def idle(self, link: Link) -> None:
        """Watch the contacts and let lights flash."""
        end = time.monotonic() + _IDLE
        while not link.waiting and time.monotonic() < end:
            if self._round(link):
                return

    def leave(self, link: Link) -> None:
        """All lights off, but those that shall stay on."""
        if self._open_talk is None:
            return
        self._lamps.show_alone(None)
        self._lamps.leave_on(self._settings.stay_on)
        end = time.monotonic() + _LEAVING
        failed: DeviceError | None = None
        for output, value in self._lamps.wanted(time.monotonic()).items():
            if self._outputs.get(output) != value and time.monotonic() < end:
                try:
                    self._talk.set(link, output, value, tries=1)
                except DeviceError as error:
                    failed = error  # a board that is not heard may still hear
        if failed is not None:
            raise failed

    def redactor(self) -> Redactor:
        """Nothing here says anything about a citizen."""
        return KeepAll()

    @property
    def _talk(self) -> Talk:
        if self._open_talk is None:
            message = "not connected yet"
            raise RuntimeError(message)
        return self._open_talk

    def _status(self) -> Status:
        parts = self._contacts.parts | self._lamps.parts
        tampered = any(parts.get(name) is Part.ON for name in TAMPER)
        return Status(
            state=DeviceState.POTENTIAL_FRAUD if tampered else DeviceState.ONLINE,
            parts=parts,
            identity=self._identity,
        )

    def _round(self, link: Link) -> bool:
        """Look at the inputs, do one thing that is due to the outputs, or rest; whether a contact has changed."""
        changed = self._look(link)
        if self._contacts.moving:
            changed = self._look(link) or changed  # only once more: a contact that never comes to rest must not hold up the lights
        if self._light_one(link, time.monotonic()):
            return changed
        if time.monotonic() >= self._next_compare:
            self._compare(link)
        elif not self._contacts.moving:
            link.pause(self._settings.poll_ms / 1000)
        return changed

    def _look(self, link: Link) -> bool:
        changed = self._read_contacts(link)
        if changed:
            link.report(self._status())
        return changed

    def _read_contacts(self, link: Link) -> bool:
        levels = self._talk.inputs(link, self._contacts.inputs)
        changed = self._contacts.feed(levels, time.monotonic())
        if changed:
            self._count(link, self._contacts.parts)
        return changed

    def _count(self, link: Link, now: Mapping[str, Part]) -> None:
        """Count what opened since it was last seen shut; what is found open at the very first look has not opened."""
        news = {name for name, part in now.items() if self._before.get(name, part) is not part}
        self._before = now
        if opened := sum(name in DOORS and now[name] is Part.OPEN for name in news):
            link.count("doorOpenedCount", opened)
        if tampered := sum(name in TAMPER and now[name] is Part.ON for name in news):
            link.count("tamperCount", tampered)

    def _light_all(self, link: Link) -> None:
        now = time.monotonic()  # of all: lights that flash quicker than they can be written would never be done
        while self._light_one(link, now):
            continue

    def _light_one(self, link: Link, now: float) -> bool:
        """Write one output that differs from what it should be at `now`; whether there was any."""
        for output, value in self._lamps.wanted(now).items():
            before = self._outputs.get(output)
            if before != value:
                self._talk.set(link, output, value)
                self._outputs[output] = value
                if before is not None and not output.register:
                    link.count("lightSwitchCount")
                return True
        return False

    def _compare(self, link: Link) -> None:
        """Read the outputs back: one that is not as it was set is due again."""
        self._next_compare = time.monotonic() + self._settings.health_ms / 1000
        self._outputs = self._talk.outputs(link, self._outputs)

    def _show_each(self, link: Link) -> None:
        try:
            for name in self._lamps.names:
                self._lamps.show_alone(name)
                self._light_all(link)
                self._watch(link, _SHOWN)
                self._compare(link)
                wanted = self._lamps.outputs(name, time.monotonic())
                if wrong := [output.address for output, value in wanted.items() if self._outputs.get(output) != value]:
                    raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, f"{name}: output {wrong} does not follow")
        finally:
            self._lamps.show_alone(None)
        self._light_all(link)

    def _ask_person(self, link: Link) -> None:
        """The eye is the sensor for the lights; for doors and switch it is the contact itself."""
        if self._lamps.names and link.ask("check-lights", choices=("yes", "no")) == "no":
            raise DeviceError(Reason.CHECK_FAILED, Action.MAINTENANCE, "lights not seen")
        doors = [name for name in self._contacts.names if name in DOORS]
        if doors:
            link.ask("check-open-door")
            self._there_and_back(link, doors)
        if SWITCH in self._contacts.names:
            link.ask("check-switch")
            self._there_and_back(link, [SWITCH])

    def _there_and_back(self, link: Link, names: list[str]) -> None:
        """Wait until one of these has changed and is again as it was."""
        start = self._contacts.parts
        moved: set[str] = set()
        end = time.monotonic() + _HANDS
        while time.monotonic() < end:
            self._round(link)
            link.check()
            now = self._contacts.parts
            if any(now[name] is start[name] for name in moved):
                return
            moved |= {name for name in names if now[name] is not start[name]}
        raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, f"{', '.join(names)}: not moved there and back")

    def _watch(self, link: Link, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._round(link)
            link.check()
