"""The QR codes on papers: an opaque token of the office behind a prefix that says what it opens, nothing personal."""

import re
from enum import StrEnum


class Slip(StrEnum):
    """What a paper's code opens, by its prefix."""

    CASE = "LCZC1:"
    BOOKING = "LCZB1:"
    REVIEW = "LCZR1:"
    MATTER = "LCZM1:"


_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 bits in base64url
_FOLLOW = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?/t/([A-Za-z0-9_-]{22})")


def encode(token: str, slip: Slip = Slip.CASE) -> str:
    """What the QR code of a paper says."""
    return slip + token


def decode(code: str, slip: Slip = Slip.CASE) -> str | None:
    """The token in a scanned code; None for a code that is none of these papers."""
    token = code.removeprefix(slip)
    return token if token != code and _TOKEN.fullmatch(token) else None


def follow_token(code: str) -> str | None:
    """The token in the QR code of a queue ticket, which is the address of its page; None for another code."""
    match = _FOLLOW.fullmatch(code)
    return match.group(1) if match else None


def paper_of(code: str) -> str:
    """Which of our papers a scanned code is on: `case`, `booking`, `review`, `matter` or `ticket`; "" for none."""
    if follow_token(code) is not None:
        return "ticket"
    return next((slip.name.lower() for slip in Slip if decode(code, slip) is not None), "")
