"""How a device is: XFS4IoT's device states, states of its parts, levels of its supplies."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from drivers.errors import DeviceError


class DeviceState(StrEnum):
    """The ten device states of XFS4IoT."""

    ONLINE = "online"
    OFFLINE = "offline"  # switched off by an operator
    POWER_OFF = "powerOff"  # off, unplugged or silent
    NO_DEVICE = "noDevice"  # not meant to be there
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"  # a person prevents operation: cover open, paper out
    DEVICE_BUSY = "deviceBusy"
    FRAUD_ATTEMPT = "fraudAttempt"
    POTENTIAL_FRAUD = "potentialFraud"
    STARTING = "starting"


class Part(StrEnum):
    """State of a part, in the words XFS4IoT has for its kind; UNKNOWN is a part that was not asked or did not answer."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "notSupported"  # this device has no such part, or cannot sense it
    OK = "ok"
    JAMMED = "jammed"
    INOPERATIVE = "inoperative"
    # covers, doors, shutters
    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"
    TAMPERED = "tampered"
    # media, and contacts that sense somebody or something
    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    ENTERING = "entering"
    # lights and other outputs
    ON = "on"
    OFF = "off"
    # the operator's switch
    RUN = "run"
    MAINTENANCE = "maintenance"
    SUPERVISOR = "supervisor"
    # mains, and what a power supply gives on
    POWERING = "powering"
    NO_POWER = "noPower"
    # what happens to a battery
    CHARGING = "charging"
    DISCHARGING = "discharging"
    NOT_CHARGING = "notCharging"


class Level(StrEnum):
    """Level of a supply: paper and toner (full, low, out, jammed), a bin or stacker (ok, high, full, low, empty), a battery."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "notSupported"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"
    OK = "ok"
    HIGH = "high"
    EMPTY = "empty"
    OPERATIONAL = "operational"
    CRITICAL = "critical"
    FAILURE = "failure"


class Status(Struct, frozen=True, kw_only=True):
    """How a device is.

    `parts` and `supplies` are by name (`cover`, `cutter`; `upper`), `identity` is model, maker, serial, firmware as far as told.
    `attention` names the counters that have passed their threshold. The runner sets it, no driver does.
    """

    state: DeviceState
    parts: Mapping[str, Part] = {}
    supplies: Mapping[str, Level] = {}
    identity: Mapping[str, str] = {}
    attention: tuple[str, ...] = ()
    error: DeviceError | None = None
