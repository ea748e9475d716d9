"""Lights of the cabinet. Doors, contacts, the operator's switch and the power supply are told as parts and supplies of a Status."""

from enum import StrEnum

from drivers.contract.messages import Command


class Flash(StrEnum):
    """How a light shines (XFS4IoT Lights)."""

    OFF = "off"
    SLOW = "slow"
    MEDIUM = "medium"
    QUICK = "quick"
    CONTINUOUS = "continuous"


class Color(StrEnum):
    """Colours of XFS4IoT Lights; a light that has one colour ignores it."""

    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"
    BLUE = "blue"
    CYAN = "cyan"
    MAGENTA = "magenta"
    WHITE = "white"


class SetLight(Command, frozen=True, kw_only=True):
    """Set the light `light` (an XFS4IoT name: `cardReader`, `receiptPrinter`, `scanner`, `statusGood`); answered by Done."""

    light: str
    flash: Flash
    color: Color = Color.WHITE
