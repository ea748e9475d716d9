"""What a printer, and the queue in front of it, say of what keeps them from printing (RFC 8011, 5.4.11 to 5.4.13; PWG 5100.9).

Where there is a queue, only the printer itself is believed about covers, paper and toner: what CUPS says of them dates from its
last job. CUPS hides that a printer is gone: its job stays "processing", the reasons stay "none", and only a message tells.
"""

import re
from typing import NamedTuple

from drivers.contract import DeviceState, Level, Part, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.printers import ipp_protocol as ipp
from drivers.printers.ipp_protocol import Attributes
from drivers.printers.ipp_supplies import PAPER_OUT, Names, Reasons, identity, levels, shown

WANTED = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-make-and-model",
    "printer-device-id",
    "printer-serial-number",
    "printer-uuid",
    "printer-firmware-string-version",
    "printer-input-tray",
    "printer-supply",
    "printer-supply-description",
    "marker-names",
    "marker-types",
    "marker-levels",
    "marker-low-levels",
    "document-format-supported",
    "sides-supported",
    "print-color-mode-supported",
    "device-uri",
)
_STOPPED = 5
_SEVERITIES = ["error", "warning", "report"]
_TAKES_PDF = {"application/pdf", "application/octet-stream"}
_WAITS = ("ipp:", "ipps:", "http:", "https:", "dnssd:")  # backends that end when the printer says that it has printed
_COVERS = frozenset({"cover-open", "door-open", "interlock-open"})
_PAUSED = frozenset({"paused", "moving-to-paused"})
# What CUPS's backends say, in the language of whoever sent the job: the driver's requests are in English.
_GONE = re.compile(
    r"may not exist|unavailable|unreachable|not responding|not connected|no longer exists|unable to (?:locate|contact)|become available",
    re.IGNORECASE,
)


class _Meaning(NamedTuple):
    """What a printer-state-reason means; `always`: also as a warning or report, for there is no printing with it."""

    reason: Reason
    action: Action
    always: bool = False


_MEANINGS = {
    "media-jam": _Meaning(Reason.PAPER_JAMMED, Action.CLEAR, always=True),
    "cover-open": _Meaning(Reason.COVER_OPEN, Action.CLEAR, always=True),
    "door-open": _Meaning(Reason.COVER_OPEN, Action.CLEAR, always=True),
    "interlock-open": _Meaning(Reason.COVER_OPEN, Action.CLEAR, always=True),
    "media-empty": _Meaning(Reason.PAPER_OUT, Action.CLEAR),  # HP says so also of a tray that is open
    "media-needed": _Meaning(Reason.PAPER_OUT, Action.CLEAR),
    "input-tray-missing": _Meaning(Reason.PAPER_OUT, Action.CLEAR),
    "toner-empty": _Meaning(Reason.TONER_OUT, Action.CLEAR),
    "marker-supply-empty": _Meaning(Reason.TONER_OUT, Action.CLEAR),
    "marker-supply-missing": _Meaning(Reason.TONER_OUT, Action.CLEAR),
    "marker-waste-full": _Meaning(Reason.BIN_FULL, Action.CLEAR),
    "output-area-full": _Meaning(Reason.OUTPUT_FULL, Action.CLEAR, always=True),
    "output-tray-missing": _Meaning(Reason.OUTPUT_FULL, Action.CLEAR),
    "shutdown": _Meaning(Reason.UNPLUGGED, Action.CLEAR, always=True),
    "offline": _Meaning(Reason.UNPLUGGED, Action.CLEAR, always=True),
    "timed-out": _Meaning(Reason.UNPLUGGED, Action.CLEAR, always=True),
    "fuser-over-temp": _Meaning(Reason.HARDWARE, Action.WAIT),
    "fuser-under-temp": _Meaning(Reason.HARDWARE, Action.WAIT),
}
_OTHER = _Meaning(Reason.HARDWARE, Action.MAINTENANCE)
_STATES = {
    Action.CLEAR: DeviceState.USER_ERROR,
    Action.CONFIGURATION: DeviceState.OFFLINE,
    Action.WAIT: DeviceState.DEVICE_BUSY,
}
LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})


class Condition(NamedTuple):
    """All that was told: `queue` by whom the jobs are sent to, `printer` by the printer itself (the same where there is no queue).

    `printer` is None where only the queue could be asked, `known` is what it last said of itself, if ever, and `gone` says why a
    printer that should answer did not.
    """

    queue: Attributes
    printer: Attributes | None
    known: Attributes
    gone: DeviceError | None = None

    def status(self, names: Names, *, printing: bool = False) -> Status:
        """How the printer is. While `printing` a queue is believed what its printer does not tell; later it may be long over."""
        told = self.queue if self.printer is None and printing else self.printer
        reasons = {} if told is None else _reasons(told)
        return Status(
            state=_state(error := self._error(told, names, printing=printing)),
            parts=_parts(reasons, known=self.printer is not None),
            supplies=levels(self.printer, reasons, names),
            identity=identity(self.known or self.queue),
            error=error,
        )

    def _error(self, told: Attributes | None, names: Names, *, printing: bool) -> DeviceError | None:
        if error := self.gone or _closed(self.queue):
            return error
        if printing and "device-uri" in self.queue and _GONE.search(ipp.word(self.queue, "printer-state-message")):
            return DeviceError(Reason.UNPLUGGED, Action.CLEAR, "the queue cannot reach the printer")
        return None if told is None else _trouble(told, names)


def takes_pdf(attributes: Attributes) -> bool:
    """Whether documents can be sent to it; a printer that does not say what it takes is believed to."""
    formats = ipp.words(attributes, "document-format-supported")
    return not formats or bool(_TAKES_PDF & set(formats))


def means_printed(attributes: Attributes) -> bool:
    """Whether "completed" means printed, and not only that the last byte has left the queue."""
    uri = ipp.word(attributes, "device-uri")
    return not uri or (uri.startswith(_WAITS) and "waitjob=false" not in uri)


def _state(error: DeviceError | None) -> DeviceState:
    if error is None:
        return DeviceState.ONLINE
    return DeviceState.POWER_OFF if error.reason in LOST else _STATES.get(error.action, DeviceState.HARDWARE_ERROR)


def _closed(queue: Attributes) -> DeviceError | None:
    """That whoever takes the jobs has been told not to."""
    paused = _PAUSED & _reasons(queue).keys()
    if paused or ipp.number(queue, "printer-is-accepting-jobs") == 0:
        return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, ", ".join(sorted(paused)) or "does not accept jobs")
    return None


def _reasons(attributes: Attributes) -> dict[str, str]:
    """The printer's state reasons with the worst severity of each; one without a suffix is an error (RFC 8011, 5.4.12)."""
    found: dict[str, str] = {}
    for keyword in map(str.lower, ipp.words(attributes, "printer-state-reasons")):
        reason, _, severity = keyword.rpartition("-")
        if severity not in _SEVERITIES:
            reason, severity = keyword, "error"
        if reason != "none":
            found[reason] = min(severity, found.get(reason, severity), key=_SEVERITIES.index)
    return found


def _trouble(told: Attributes, names: Names) -> DeviceError | None:
    """What keeps the printer from printing, the worst first. A word that is not known here counts only once the printer has stopped."""
    reasons = _reasons(told)
    stopped = ipp.number(told, "printer-state") == _STOPPED
    for reason, severity in sorted(reasons.items(), key=lambda item: _SEVERITIES.index(item[1])):
        meaning = _MEANINGS.get(reason, _OTHER if stopped else None)
        if meaning and (meaning.always or severity == "error" or _no_paper(reason, told, names)):
            return DeviceError(meaning.reason, meaning.action, shown(f"{reason}-{severity}"))
    return DeviceError(_OTHER.reason, _OTHER.action, "stopped") if stopped else None


def _no_paper(reason: str, told: Attributes, names: Names) -> bool:
    """Whether none of our trays has paper: a printer that stands idle only reports that, for it is no error yet."""
    found = levels(told, _reasons(told), names)
    return reason in PAPER_OUT and all(found[tray] is Level.OUT for tray in names.trays)


def _parts(reasons: Reasons, *, known: bool) -> dict[str, Part]:
    cover, mechanism = (Part.CLOSED, Part.OK) if known else (Part.UNKNOWN, Part.UNKNOWN)
    return {
        "cover": Part.OPEN if _COVERS & reasons.keys() else cover,
        "mechanism": Part.JAMMED if "media-jam" in reasons else mechanism,
    }
