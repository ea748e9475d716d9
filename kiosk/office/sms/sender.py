"""Sends what is in the outbox, one message after the other, in a thread of its own.

A message is claimed, sent and noted as sent in three steps. If the answer is lost, or the process dies before it is noted, the
message goes out again under its old idempotency key. What was acknowledged and could not be noted is noted later, not sent again.
"""

import logging
import threading
import traceback
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from kiosk.backend.abort import Abort
from kiosk.office.office import Office
from kiosk.office.sms import outbox
from kiosk.office.sms.gateway import Gateway, Said, Verdict
from kiosk.office.sms.outbox import Message, SmsState

_POLL_SECONDS = 2.0
_TIDY_SECONDS = 60.0  # between two looks where there is no gateway
_log = logging.getLogger("kiosk.office.sms")


class Sender:
    """The thread between outbox and gateway.

    Without a gateway messages stay pending, which is said once at the start; after a week they are given up and forgotten.
    """

    def __init__(self, office: Office, gateway: Gateway | None, poll: float = _POLL_SECONDS) -> None:
        self._office, self._gateway = office, gateway
        self._poll = poll if gateway else max(poll, _TIDY_SECONDS)
        self._abort = Abort()
        self._thread: threading.Thread | None = None
        self._to_note: dict[str, SmsState] = {}  # what is settled but not noted yet
        self._failing = False

    def start(self) -> None:
        """Begin to send."""
        if self._gateway is None:
            _log.info("no SMS gateway is configured: messages stay in the outbox")
        self._abort = Abort()
        self._thread = threading.Thread(target=self._work, name="office-sms")
        self._thread.start()

    def stop(self) -> None:
        """End; returns when the thread has ended. A message whose answer was awaited goes out again at the next start."""
        self._abort.abort()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while not self._abort.aborted.is_set():
            if not self._one():
                self._abort.aborted.wait(self._poll)

    def _one(self) -> bool:
        """Send one message; False where there is none, or something failed."""
        try:
            sent = self._send()
        except SQLAlchemyError as error:
            if not self._failing:
                _log.warning("the outbox cannot be reached: %s", type(error).__name__)
            self._failing = True
            return False
        except Exception as error:  # noqa: BLE001 the thread goes on, and an exception's words may hold the message's
            _log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            return False
        self._failing = False
        return sent

    def _send(self) -> bool:
        self._note_settled()
        message = self._claim()
        if message is None or self._gateway is None:
            return False
        said = self._gateway.send(message, self._abort)
        if not self._abort.aborted.is_set() or said.verdict is not Verdict.UNKNOWN:
            self._settle(message, said)
        return True

    def _claim(self) -> Message | None:
        now = self._office.now()
        with self._office.database.read() as connection:
            if not outbox.is_due(connection, now):
                return None
        with self._office.database.write() as connection:
            stale = outbox.give_up_stale(connection, now)
            message = outbox.claim(connection, now) if self._gateway else None
        if stale:
            _log.warning("%d SMS given up: they waited for more than a week", stale)
        return message

    def _settle(self, message: Message, said: Said) -> None:
        match said.verdict:
            case Verdict.ACKNOWLEDGED:
                self._to_note[message.id] = SmsState.SENT
                self._note_settled()
                _log.info("SMS %s (%s) sent at try %d", message.id, message.about, message.tries)
            case Verdict.REFUSED:
                self._to_note[message.id] = SmsState.REFUSED
                self._note_settled()
                _log.warning("SMS %s (%s) refused: %s", message.id, message.about, said.why)
            case Verdict.UNKNOWN:
                self._try_later(message, said.why, said.wait)

    def _try_later(self, message: Message, why: str, wait: timedelta | None) -> None:
        with self._office.database.write() as connection:
            goes_on = outbox.try_later(connection, message, self._office.now(), wait)
        if goes_on:
            _log.info("SMS %s (%s) try %d: %s", message.id, message.about, message.tries, why)
        else:
            _log.warning("SMS %s (%s) given up after a day: %s", message.id, message.about, why)

    def _note_settled(self) -> None:
        for message, state in list(self._to_note.items()):
            with self._office.database.write() as connection:
                outbox.finish(connection, message, state, self._office.now())
            del self._to_note[message]
