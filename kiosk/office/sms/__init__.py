"""Short messages: put into the caller's own transaction, sent to a gateway by a thread of its own."""

from kiosk.office.sms.gateway import Gateway
from kiosk.office.sms.outbox import put, withdraw
from kiosk.office.sms.sender import Sender

__all__ = ["Gateway", "Sender", "put", "withdraw"]
