"""Questions to a code scanner that may be reading a code at that moment: the answer is taken, and the code is not lost."""

import re
from collections.abc import Callable

from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.scanners.scanner_reply_protocol import ACK, ENQ, Ask, cut

_TRIES = 3
_BITS = 10  # of a byte on the line: start, 8 data, stop
_HELD = 2048  # bytes that wait for the rest of an answer: what is older is no part of it

Rest = Callable[[bytes], None]


class Talk:
    """Exchanges with a scanner that ends its codes in `suffix` and may take `seconds` for an answer, and the line its time besides."""

    def __init__(self, suffix: bytes, seconds: float, baud: int) -> None:
        self._suffix = suffix
        self._seconds = seconds
        self._byte = _BITS / baud

    def ask(self, link: Link, ask: Ask, rest: Rest, tries: int = _TRIES) -> re.Match[bytes]:
        """Its answer, with the groups `value` and `status`; what else came is handed to `rest`, in order.

        Raises `DeviceError`: SILENT when nothing came, GARBLED when what came was no answer.
        """
        heard = 0
        for late in range(tries):
            link.send(ask.request)
            answer, size = self._answer(link, ask, rest)
            if answer:
                self._let_come(link, ask, rest, late)
                return answer
            heard += size
        if heard:
            raise DeviceError(Reason.GARBLED, Action.MAINTENANCE, f"{ask.name}: no whole answer in {tries} tries")
        raise DeviceError(Reason.SILENT, Action.CLEAR, f"{ask.name}: no answer in {tries} tries")

    def do(self, link: Link, ask: Ask, rest: Rest) -> bool:
        """Have it done; False where the scanner does not know an optional command. Raises `DeviceError` (NOT_CONFIGURED) otherwise."""
        if ask.reply is None:
            link.send(ask.request)
            return True
        status = self.ask(link, ask, rest)["status"]
        if status == ACK:
            return True
        if ask.optional:
            return False
        word = "not known" if status == ENQ else "refused"
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{ask.name}: {word} by the scanner")

    def _let_come(self, link: Link, ask: Ask, rest: Rest, late: int) -> None:
        """So many answers were given up and may only be late: waited for once more, a code in their midst is told whole."""
        while late and self._answer(link, ask, rest)[0]:
            late -= 1

    def _answer(self, link: Link, ask: Ask, rest: Rest) -> tuple[re.Match[bytes] | None, int]:
        """The answer, if it comes in time; and how many bytes came."""
        if ask.reply is None:
            return None, 0
        pending, size = b"", 0
        for data in link.arriving(self._seconds + ask.size * self._byte):
            pending, size = pending + data, size + len(data)
            if found := cut(pending, ask.reply, self._suffix):
                rest(found[1])
                return found[0], size
            if len(pending) > _HELD:
                rest(pending[:-_HELD])
                pending = pending[-_HELD:]
        rest(pending)
        return None, size
