"""The security module inside an ID-card reader: how it says it is, its number, and what is to be done with a result that is no success."""

import time

from drivers.errors import DeviceError, Reason
from drivers.link import Link
from drivers.readers import sdt_id_protocol as sdt
from drivers.readers.sdt_id_protocol import Reply, Request
from drivers.readers.sdt_id_talk import TRIES, Talk


class Module:
    """What the module has told since the line was opened.

    `trouble` is what makes it unusable, by its own word (SW3 60 and 66); `next_look` is when to ask it again, in
    `time.monotonic()` seconds.
    """

    def __init__(self, baud: int, status_ms: int, health_ms: int) -> None:
        self._talk = Talk(baud, status_ms)
        self._status_ms = status_ms
        self._health = health_ms / 1000
        self._identity: dict[str, str] | None = None
        self.trouble: DeviceError | None = None
        self.next_look = 0.0

    @property
    def identity(self) -> dict[str, str]:
        """Its number, where it has told it."""
        return self._identity or {}

    def hello(self, link: Link) -> None:
        """Find it on a line just opened."""
        self._identity = None
        self._judge(link, self._talk.hello(link))

    def look(self, link: Link) -> None:
        """Ask how it is; raises `DeviceError` for what is neither well nor unusable."""
        self._judge(link, self.ask(link, Request.STATUS, self._status_ms))

    def well(self, link: Link) -> None:
        """Ask how it is; raises `DeviceError` unless it is well."""
        self.look(link)
        if self.trouble is not None:
            raise self.trouble

    def ask(self, link: Link, request: Request, wait_ms: int, tries: int = TRIES) -> Reply:
        """One exchange."""
        return self._talk.ask(link, request, wait_ms, tries)

    def good(self, reply: Reply, expected: int) -> Reply:
        """The reply, if it has this result; else raises what its result means."""
        if reply.sw3 == expected:
            return reply
        self.next_look = 0.0  # whatever is wrong, ask the module itself as soon as the command has ended
        raise sdt.meaning(reply.sw3)

    def _judge(self, link: Link, reply: Reply) -> None:
        self.next_look = time.monotonic() + self._health
        self.trouble = sdt.meaning(reply.sw3) if reply.sw3 in sdt.UNUSABLE else None
        if self.trouble is None:
            self.good(reply, sdt.DONE)
            if self._identity is None:
                self._identity = self._number(link)

    def _number(self, link: Link) -> dict[str, str]:
        try:
            return {"serial": sdt.module_id(self.good(self.ask(link, Request.MODULE_ID, self._status_ms), sdt.DONE).data)}
        except DeviceError as error:
            if error.reason is Reason.UNPLUGGED:
                raise
            return {}  # the module has told that it is well: a number it does not tell is no fault
