"""What is wired to which address of an I/O board, by the names of XFS4IoT Lights and XFS4IoT Auxiliaries."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from drivers.contract import Color, Flash

LIGHTS = (
    "cardReader", "pinPad", "notesDispenser", "coinDispenser", "receiptPrinter", "passbookPrinter", "envelopeDepository", "checkUnit",
    "billAcceptor", "envelopeDispenser", "documentPrinter", "coinAcceptor", "scanner", "contactless", "cardReader2", "notesDispenser2",
    "billAcceptor2", "statusGood", "statusWarning", "statusBad", "statusSupervisor", "statusInService", "fasciaLight",
)  # fmt: skip
DOORS = ("cabinetDoor", "cabinetFrontDoor", "cabinetRearDoor", "cabinetLeftDoor", "cabinetRightDoor", "safeDoor")
TAMPER = ("tamperSensor", "internalTamperSensor")
ON_OFF = (*TAMPER, "seismicSensor", "heatSensor", "bootSwitchSensor", "operatorCallButtonSensor")
PRESENCE = ("proximitySensor", "enhancedAudioSensor", "headsetMicrophoneSensor")
CONTACTS = (*DOORS, *ON_OFF, *PRESENCE)
SWITCH = "operatorSwitch"

Address = Annotated[int, Meta(ge=0, le=0xFFFF)]
Word = Annotated[int, Meta(ge=0, le=0xFFFF)]
_FLASH_VALUES: Mapping[Flash, int] = {Flash.OFF: 0, Flash.SLOW: 1, Flash.MEDIUM: 2, Flash.QUICK: 3, Flash.CONTINUOUS: 4}


class Light(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A light on one `coil`, or on a coil per colour, or on a holding `register` of a board that flashes by itself.

    `values` are what the register takes for each way to shine.
    """

    coil: Address | None = None
    colors: Mapping[Color, Address] = {}
    register: Address | None = None
    values: Mapping[Flash, Word] = msgspec.field(default_factory=lambda: _FLASH_VALUES)


class Contact(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A contact on a discrete `input`.

    `closed` is what the input reads while the door is closed, or while the sensor senses nothing. With the default, true, a wire
    that is cut reads as an open door. `locked` is an input that reads true while the door is locked.
    """

    input: Address
    closed: bool = True
    locked: Address | None = None


class Switch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The operator's switch: inputs that read true in that position; with neither it is at run."""

    maintenance: Address
    supervisor: Address | None = None


def check_lights(lights: Mapping[str, Light], stay_on: Iterable[str]) -> None:
    """Raise `msgspec.ValidationError` for a name that XFS4IoT does not have, or a light that is wired twice or not at all."""
    _check_names(lights, LIGHTS, "light")
    _check_names(stay_on, tuple(lights), "light")
    used: list[tuple[str, int]] = []
    for name, light in lights.items():
        if [light.coil is not None, bool(light.colors), light.register is not None].count(True) != 1:
            _refuse(f"light {name} needs one of coil, colors, register")
        if light.register is not None and set(light.values) != set(Flash):
            _refuse(f"light {name} needs a value for each of {', '.join(Flash)}")
        used += [("coil", coil) for coil in coils(light).values()]
        used += [] if light.register is None else [("register", light.register)]
    _check_once(used)


def check_contacts(contacts: Mapping[str, Contact], switch: Switch | None) -> None:
    """Raise `msgspec.ValidationError` for a name that XFS4IoT does not have, or an input that is used twice."""
    _check_names(contacts, CONTACTS, "contact")
    for name, contact in contacts.items():
        if contact.locked is not None and name not in DOORS:
            _refuse(f"contact {name} is no door that could be locked")
    _check_once([("input", address) for address in inputs(contacts, switch)])


def coils(light: Light) -> Mapping[Color | None, int]:
    """The coils of a light by colour; one that has no colours has its coil under None."""
    return {None: light.coil} if light.coil is not None else dict(light.colors.items())


def inputs(contacts: Mapping[str, Contact], switch: Switch | None) -> list[int]:
    """The inputs that are used."""
    found = [contact.input for contact in contacts.values()]
    found += [contact.locked for contact in contacts.values() if contact.locked is not None]
    if switch is not None:
        found += [address for address in (switch.maintenance, switch.supervisor) if address is not None]
    return found


def runs(addresses: Iterable[int], longest: int) -> list[tuple[int, int]]:
    """Stretches of neighbouring addresses as (first, count), none longer than `longest`: a board may refuse to read across a gap."""
    found: list[tuple[int, int]] = []
    for address in sorted(set(addresses)):
        if found and found[-1][0] + found[-1][1] == address and found[-1][1] < longest:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((address, 1))
    return found


def nearest(wrong: str, known: Iterable[str]) -> str:
    """The name that was probably meant, as the end of a sentence."""
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.0)
    return f"; nearest is {near[0]!r}" if near else ""


def _check_names(names: Iterable[str], known: tuple[str, ...], what: str) -> None:
    for name in names:
        if name not in known:
            _refuse(f"no {what} {name!r}{nearest(name, known)}")


def _check_once(used: list[tuple[str, int]]) -> None:
    for kind, address in used:
        if used.count((kind, address)) > 1:
            _refuse(f"{kind} {address} is used twice")


def _refuse(message: str) -> None:
    raise msgspec.ValidationError(message)
