"""Opaque tokens on papers, and the proofs kept in place of secrets.

A token must be printed again on every slip, so a hash alone would not do; it is derived from the office's secret instead.
The database keeps only its SHA-256 to look it up by: who steals the database cannot open a single case with it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

_TOKEN_BYTES = 16


def token(secret: bytes, kind: str, subject: str) -> str:
    """128 bits in base64url (22 characters), always the same for the same secret, kind and subject."""
    digest = hmac.digest(secret, f"{kind}:{subject}".encode(), "sha256")
    return urlsafe_b64encode(digest[:_TOKEN_BYTES]).rstrip(b"=").decode()


def phone_proof(secret: bytes, case_number: str, phone_tail: str) -> str:
    """What is stored in place of the last four digits of a phone."""
    return hmac.new(secret, f"phone:{case_number}:{phone_tail}".encode(), "sha256").hexdigest()


def fingerprint(text: str) -> str:
    """SHA-256 in hex: enough for keys and tokens, which are random and long."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
