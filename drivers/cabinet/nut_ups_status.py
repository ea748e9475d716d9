"""What the variables of a UPS mean in the words of XFS4IoT PowerManagement.

Names of variables and flags: NUT's documents of record nut-names.txt and new-drivers.txt ("OL and OB are an indication of the input
line status only").
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.contract import Level, Part
from drivers.errors import Action, DeviceError, Reason

_CHARGE_LOW = 20.0  # %, where the UPS does not tell its own threshold
_NEED_SOMEBODY = ("RB", "OVER", "OFF", "BYPASS", "ALARM")
_CHARGER = {  # battery.charger.status
    "charging": Part.CHARGING,
    "discharging": Part.DISCHARGING,
    "floating": Part.NOT_CHARGING,
    "resting": Part.NOT_CHARGING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the power supply is, in the words of XFS4IoT PowerManagement."""

    parts: Mapping[str, Part]
    battery: Level
    identity: Mapping[str, str] = field(default_factory=dict)
    error: DeviceError | None = None

    @property
    def mains(self) -> Part:
        """Powering, no power, or unknown."""
        return self.parts["mains"]


def reading(values: Mapping[str, str], full: float) -> Reading:
    """What the variables say; a battery is full from `full` percent on."""
    flags = frozenset(values.get("ups.status", "").split())
    return Reading(
        parts={
            "mains": _mains(flags),
            "output": _output(flags),
            "batteryHealth": _battery(flags),
            "charging": _charging(flags, values.get("battery.charger.status", "")),
        },
        battery=_level(flags, values, full),
        identity=_identity(values),
        error=_error(flags),
    )


def _mains(flags: frozenset[str]) -> Part:
    match "OL" in flags, "OB" in flags:
        case (True, False):
            return Part.POWERING
        case (False, True):
            return Part.NO_POWER
        case _:
            return Part.UNKNOWN


def _output(flags: frozenset[str]) -> Part:
    if "OFF" in flags:
        return Part.NO_POWER
    return Part.POWERING if flags & {"OL", "OB", "BYPASS"} else Part.UNKNOWN


def _battery(flags: frozenset[str]) -> Part:
    if "RB" in flags:
        return Part.INOPERATIVE
    return Part.OK if flags & {"OL", "OB"} else Part.UNKNOWN


def _charging(flags: frozenset[str], charger: str) -> Part:
    match "CHRG" in flags, "DISCHRG" in flags:
        case (True, False):
            return Part.CHARGING
        case (False, True):
            return Part.DISCHARGING
        case _:
            return _CHARGER.get(charger.lower(), Part.UNKNOWN)


def critical(flags: frozenset[str]) -> bool:
    """Whether the power may go at any moment, as upsmon judges it: a low battery that is in use, but not while it is calibrated."""
    return "FSD" in flags or ({"OB", "LB"} <= flags and "CAL" not in flags)


def _level(flags: frozenset[str], values: Mapping[str, str], full: float) -> Level:
    charge = _percent(values.get("battery.charge", ""))
    low = _percent(values.get("battery.charge.low", "")) or _CHARGE_LOW
    if critical(flags):
        return Level.CRITICAL
    if "LB" in flags or (charge is not None and charge <= low):
        return Level.LOW
    if "RB" in flags:
        return Level.FAILURE
    if charge is not None:
        return Level.FULL if charge >= full else Level.OPERATIONAL
    return Level.OPERATIONAL if flags & {"OL", "OB"} else Level.UNKNOWN  # a UPS with contacts only tells when it is low


def _percent(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= 100 else None  # noqa: PLR2004 - per cent


def _identity(values: Mapping[str, str]) -> dict[str, str]:
    names = {
        "maker": ("device.mfr", "ups.mfr"),
        "model": ("device.model", "ups.model"),
        "serial": ("device.serial", "ups.serial"),
        "firmware": ("ups.firmware",),
    }
    found = {name: next((text for key in keys if (text := values.get(key, "").strip())), "") for name, keys in names.items()}
    return {name: text for name, text in found.items() if text}


def _error(flags: frozenset[str]) -> DeviceError | None:
    """The UPS works in all these states; the error says who has to do something about it."""
    if critical(flags):
        return DeviceError(Reason.POWER_FAILURE, Action.WAIT, "battery is nearly empty")
    if found := [flag for flag in _NEED_SOMEBODY if flag in flags]:
        return DeviceError(Reason.HARDWARE, Action.MAINTENANCE, f"ups.status: {' '.join(found)}")
    return None
