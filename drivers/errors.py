"""The one error of the device layer: what went wrong, and who can put it right."""

from enum import StrEnum


class Reason(StrEnum):
    """What went wrong, in words that hold for every kind of device."""

    SILENT = "silent"  # no answer: never read as "no paper" or "broken"
    UNPLUGGED = "unplugged"
    NOT_CONFIGURED = "notConfigured"
    GARBLED = "garbled"
    TIMEOUT = "timeOut"
    CANCELED = "canceled"
    UNSUPPORTED = "unsupportedCommand"
    HARDWARE = "hardwareError"
    PAPER_OUT = "paperOut"
    PAPER_JAMMED = "paperJammed"
    COVER_OPEN = "coverOpen"
    CUTTER = "cutterFail"
    TONER_OUT = "tonerOut"
    BIN_FULL = "binFull"
    OUTPUT_FULL = "outputFull"  # printed sheets have not been taken
    SHUTTER = "shutterFail"
    CARD_JAMMED = "cardJammed"
    CARD_PRESENT = "cardPresent"  # one is in the way of the command
    NO_CARD = "noCard"
    STACKER_EMPTY = "stackerEmpty"
    CARD_MOVED = "cardMoved"
    CARD_UNREADABLE = "cardUnreadable"
    CARD_REFUSED = "cardRefused"
    CARD_INVALID = "cardInvalid"
    NOT_AUTHORISED = "notAuthorised"
    IMAGE_BLURRED = "imageBlurred"
    IMAGE_DARK = "imageDark"
    IMAGE_GLARE = "imageGlare"
    NO_PICTURE = "noPicture"  # the camera is there but covered, black or frozen
    POWER_FAILURE = "powerFailure"
    JOB_REFUSED = "jobRefused"  # the printer, or its queue, does not take this document
    RESET_LIMIT = "resetLimit"
    SEQUENCE = "sequenceError"  # not now: not while citizens use the terminal, not in this state
    CHECK_FAILED = "checkFailed"  # what was measured, or what the person saw, was not as it should be
    CRASHED = "processCrashed"  # the child process behind which a vendor's library runs


class Action(StrEnum):
    """Who or what ends the trouble: the `action` of XFS4IoT's ErrorEvent (`wait` is its `suspend`)."""

    RESET = "reset"
    CLEAR = "clear"  # somebody on site: refill, close, remove
    MAINTENANCE = "maintenance"  # a field engineer
    CONFIGURATION = "configuration"
    WAIT = "wait"  # the device, or the citizen trying again


HELD = "is held by another program"  # how the detail of an error ends that says so; see `DeviceError.held`


class DeviceError(Exception):
    """A device did not do what it was asked.

    `detail` is for technicians: bytes, codes and port names, never anything read from a card or printed on paper.
    """

    def __init__(self, reason: Reason, action: Action, detail: str = "") -> None:
        super().__init__(f"{reason} ({action}){': ' if detail else ''}{detail}")
        self.reason = reason
        self.action = action
        self.detail = detail

    @property
    def key(self) -> str:
        """Text key of the sentence for the person who stands there."""
        return f"device-{self.reason.name.lower().replace('_', '-')}"

    @property
    def held(self) -> bool:
        """Whether the device is only in use elsewhere, as by the running terminal: that is no fault."""
        return self.reason is Reason.NOT_CONFIGURED and self.detail.endswith(HELD)

    def __eq__(self, other: object) -> bool:
        match other:
            case DeviceError(reason=reason, action=action, detail=detail):
                return (self.reason, self.action, self.detail) == (reason, action, detail)
            case _:
                return NotImplemented

    def __hash__(self) -> int:
        return hash((self.reason, self.action, self.detail))
