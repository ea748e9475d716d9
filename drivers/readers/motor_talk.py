"""One order and its answer on the line of a motorised card reader: acknowledged, checked, repeated only where that is harmless."""

import time

from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.readers.motor_protocol import ACK, FROM_DEVICE, NAK, Cutter, Framing, Kind, Order, Piece, Reply, reply

_ACK_WITHIN = 0.3  # s: CRT-591-M001 specification 1.4.2; the same in public code for Sankyo readers
_GAP = 0.25  # s without a byte: what was begun will not be finished
_TRIES = 3  # of an order that may be sent again, and of a reply that came damaged


class Talk:
    """The host's side of the line."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing

    def ask(self, link: Link, order: Order, seconds: float) -> Reply:
        """The answer to a question, or to an order that may be carried out twice: it is sent again when no answer comes.

        Raises `DeviceError`: SILENT when nothing was heard, TIMEOUT when it was only acknowledged, GARBLED when what came was noise.
        """
        for _ in range(_TRIES):
            exchange = _Exchange(link, self._framing, order)
            if (answer := exchange.run(seconds)) is not None:
                return answer
        # The last try decides: a device that fell silent in the midst of the first one is silent.
        if exchange.acknowledged:
            raise DeviceError(Reason.TIMEOUT, Action.RESET, f"{order!r}: acknowledged, but no answer in {seconds:.0f} s")
        if exchange.heard:
            raise DeviceError(Reason.GARBLED, Action.MAINTENANCE, f"{order!r}: no whole answer in {_TRIES} tries")
        raise DeviceError(Reason.SILENT, Action.CLEAR, f"{order!r}: no answer in {_TRIES} tries")

    def tell(self, link: Link, order: Order, seconds: float) -> Reply | None:
        """The answer to an order that moves something: sent once, whatever happens. None: what became of it is not known."""
        return _Exchange(link, self._framing, order).run(seconds)


class _Exchange:
    """One sending of one order."""

    def __init__(self, link: Link, framing: Framing, order: Order) -> None:
        self._link = link
        self._framing = framing
        self._order = order
        self._damaged = 0
        self.heard = False
        self.acknowledged = False
        self._refused = False

    def run(self, seconds: float) -> Reply | None:
        """Send, and wait `seconds` for the answer once it is acknowledged."""
        self._link.drain()
        self._link.send(self._framing.frame(self._order.text))
        cutter = Cutter(self._framing, FROM_DEVICE)
        sent = time.monotonic()
        while not self._refused:
            left = self._end(sent, seconds) - time.monotonic()
            data = self._link.receive(min(max(0.0, left), _GAP))
            self.heard = self.heard or bool(data)
            if answer := self._understand(cutter.feed(data) if data else cutter.give_up()):
                return answer
            # Only after a last look: what came while this process had no turn came in time.
            if left <= 0 and time.monotonic() >= self._end(sent, seconds):
                return None
        return None

    def _end(self, sent: float, seconds: float) -> float:
        return sent + (seconds if self.acknowledged else _ACK_WITHIN)

    def _understand(self, pieces: list[Piece]) -> Reply | None:
        spoilt = False
        for piece in pieces:
            match piece.kind:
                case Kind.FRAME:
                    self._link.send(bytes([ACK]))
                    found = reply(self._framing, self._framing.text(piece.raw))
                    if found is not None and found.answers(self._order):
                        return found
                case Kind.SIGN if piece.raw[0] == ACK:
                    self.acknowledged = True
                case Kind.SIGN if piece.raw[0] == NAK and not self.acknowledged:
                    self._refused = True
                case Kind.DAMAGED:
                    spoilt = True
        if spoilt:
            self._again()
        return None

    def _again(self) -> None:
        """Let the device repeat its answer, which does not repeat what it did."""
        self._damaged += 1
        self.acknowledged = True
        self._refused = self._damaged >= _TRIES
        if not self._refused:
            self._link.send(bytes([NAK]))
