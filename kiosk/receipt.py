"""The QR code on a slip: an opaque token of the office behind a prefix that says it is one of ours, nothing personal."""

import re

PREFIX = "LCZC1:"
_CODE = re.compile(rf"{PREFIX}([A-Za-z0-9_-]{{22}})")  # 128 bits in base64url


def encode(token: str) -> str:
    """What the QR code of a slip says."""
    return PREFIX + token


def decode(code: str) -> str | None:
    """The token in a scanned code; None for a code that is none of our slips."""
    match = _CODE.fullmatch(code)
    return match.group(1) if match else None
