"""One exchange after the other with the ID-card module: tries, time limits, and the speed it talks at."""

import logging

from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.readers import sdt_id_protocol as sdt
from drivers.readers.sdt_id_protocol import Frames, Reply, Request

_log = logging.getLogger(__name__)

TRIES = 3  # of a request that got no good answer: noise on the line hits one now and then
_PROBE = 0.2  # s for an answer at another speed: a module that hears us answers within hundredths of a second
_BITS = 10  # of a byte on the line: start, 8 data, stop


class Talk:
    """The module's line, which is to run at `baud` bit/s; the module may take `status_ms` to tell how it is."""

    def __init__(self, baud: int, status_ms: int) -> None:
        self._wanted = baud
        self._status_ms = status_ms
        self._baud = baud
        self._told: set[int] = set()

    def hello(self, link: Link) -> Reply:
        """How the module is, on a line just opened; one that talks at another speed is set to the one that is wanted.

        The speed can be set by command (60 00 to 60 04, softs.im), also by whoever used the module before.
        """
        self._baud = self._wanted
        link.drain()
        try:
            return self.ask(link, Request.STATUS, self._status_ms)
        except DeviceError as error:
            if error.reason not in {Reason.SILENT, Reason.GARBLED} or not self._found(link):
                raise
        return self.ask(link, Request.STATUS, self._status_ms)

    def ask(self, link: Link, request: Request, wait_ms: int, tries: int = TRIES) -> Reply:
        """One exchange; raises `DeviceError`: SILENT when nothing came, GARBLED when what came was no answer."""
        heard = False
        for _ in range(tries):
            frames = Frames()
            if reply := self._exchange(link, request, frames, wait_ms / 1000):
                return reply
            heard = heard or frames.heard
        if heard:
            raise DeviceError(Reason.GARBLED, Action.MAINTENANCE, f"{request.name}: no whole answer in {tries} tries")
        raise DeviceError(Reason.SILENT, Action.CLEAR, f"{request.name}: no answer in {tries} tries")

    def _exchange(self, link: Link, request: Request, frames: Frames, seconds: float) -> Reply | None:
        link.drain()
        link.send(sdt.encode(request))
        for piece in link.arriving(seconds + self._slowness(request)):
            for reply in frames.feed(piece):
                if sdt.fits(request, reply):
                    return reply
        return None

    def _slowness(self, request: Request) -> float:
        """Seconds that the longest answer takes more on this line than on the fastest: at 9,600 bit/s, 2.2 s."""
        if request not in {Request.READ, Request.READ_ALL}:
            return 0.0
        return sdt.LENGTH_MAX * _BITS * (1 / self._baud - 1 / max(sdt.BAUDS))

    def _found(self, link: Link) -> bool:
        """Whether the module answers at another speed; then it talks at the wanted one, or at its own if it does not take that."""
        for baud in sdt.BAUDS:
            if baud == self._wanted:
                continue
            if not self._tune(link, baud):
                return False
            if self._answers(link, Request.STATUS):
                self._answers(link, sdt.BAUDS[self._wanted])  # whether it answers at the old or the new speed is not written anywhere
                self._tune(link, self._wanted)
                kept = not self._answers(link, Request.STATUS)
                if kept:
                    self._tune(link, baud)
                self._tell(link, baud, kept=kept)
                return True
        self._tune(link, self._wanted)
        return False

    def _tune(self, link: Link, baud: int) -> bool:
        self._baud = baud
        return link.set_baud(baud)

    def _answers(self, link: Link, request: Request) -> bool:
        return self._exchange(link, request, Frames(), _PROBE) is not None

    def _tell(self, link: Link, baud: int, *, kept: bool) -> None:
        if baud in self._told:
            return
        self._told.add(baud)
        done = "and does not take" if kept else "and is set to"
        _log.warning("%s: the module talks at %d bit/s %s %d", link.role, baud, done, self._wanted)
