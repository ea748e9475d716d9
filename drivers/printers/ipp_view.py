"""One look at a printer: at the queue in front of it and, where it can be asked, at the printer itself."""

from collections.abc import Callable, Mapping

from drivers.contract import Status
from drivers.errors import DeviceError
from drivers.printers.ipp_http import place
from drivers.printers.ipp_jobs import TRANSIENT, Printer
from drivers.printers.ipp_protocol import Attributes, number, word
from drivers.printers.ipp_status import WANTED, Condition, means_printed
from drivers.printers.ipp_supplies import Names, markers

_PROCESSING = 4  # printer-state (RFC 8011, 5.4.11)


class View:
    """What was last seen: `queue` is what they say to whom the jobs are sent."""

    def __init__(self, url: str, printer_url: str, names: Names, at: Callable[[str], Printer]) -> None:
        self.target = at(url)
        self.queue: Attributes = {}
        self._printer_url = printer_url
        self._names = names
        self._at = at
        self._told: Attributes = {}

    def look(self, *, printing: bool = False) -> Status:
        """How the printer is; that one behind a queue does not answer is an error of the status.

        Raises `DeviceError` when whoever takes the jobs does not answer.
        """
        self.queue = self.target.attributes(WANTED)
        return self._condition().status(self._names, printing=printing)

    @property
    def is_queue(self) -> bool:
        """Whether the jobs go to a CUPS queue and not to a printer."""
        return "device-uri" in self.queue

    @property
    def busy(self) -> bool:
        """Whether the queue is at work now."""
        return number(self.target.attributes(("printer-state",)), "printer-state") == _PROCESSING

    @property
    def findings(self) -> Mapping[str, str]:
        """What a technician wants to know besides the status."""
        levels = {marker.name: f"{marker.level} %" for marker in markers(self._told)}
        return levels | {"completed": "printed" if means_printed(self.queue) else "sent to the printer"}

    def _condition(self) -> Condition:
        direct = self._direct()
        if direct is None:
            self._told = self.queue
            return Condition(self.queue, None if self.is_queue else self.queue, self._told)
        try:
            self._told = direct.attributes(WANTED)
        except DeviceError as error:
            if error.reason in TRANSIENT:
                return Condition(self.queue, None, self._told, error)
            if self._printer_url:
                raise
            return Condition(self.queue, None, self._told)  # the queue prints to something that does not let us ask
        return Condition(self.queue, self._told, self._told)

    def _direct(self) -> Printer | None:
        """The printer behind the queue; None where there is none, or it cannot be asked (a name, TLS, USB)."""
        if self._printer_url:
            return self._at(self._printer_url)
        try:
            place(uri := word(self.queue, "device-uri"))
        except DeviceError:
            return None
        return self._at(uri)
