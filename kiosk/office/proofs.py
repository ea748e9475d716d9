"""What is kept of a request to know it again, when the same nonce comes once more."""

import hmac
from dataclasses import asdict

import msgspec

from kiosk.backend.messages import Request
from kiosk.office.access import Terminal
from kiosk.office.office import Office


def request_proof(office: Office, terminal: Terminal, request: Request) -> str:
    """Hex digest of all that the terminal asked; it tells nothing without the office's secret."""
    asked = msgspec.json.encode([terminal.code, asdict(request)], order="deterministic")
    return hmac.digest(office.secret, b"request:" + asked, "sha256").hex()
