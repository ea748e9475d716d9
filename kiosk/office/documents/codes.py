"""Verification codes: 80 bits that can be read aloud and typed."""

import hmac
from base64 import b32encode
from unicodedata import normalize

from kiosk.office.office import Office

LENGTH = 16
_BYTES = 10
_GROUP = 4
_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_MEANT = str.maketrans("OIL", "011")  # letters the alphabet leaves out because they are taken for digits


def verify_code(office: Office, nonce: str) -> str:
    """The code of the copy that was printed with this nonce, without its dashes."""
    digest = hmac.digest(office.secret, f"verify:{nonce}".encode(), "sha256")
    return b32encode(digest[:_BYTES]).decode().translate(_CROCKFORD)


def grouped(code: str) -> str:
    """The code as it is printed: K7QM-2XRT-9BDW-HN4E."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def as_typed(text: str) -> str | None:
    """The code somebody typed, whatever their case, width, spaces and dashes; None for what can be no code."""
    code = "".join(filter(str.isalnum, normalize("NFKC", text).upper())).translate(_MEANT)
    return code if len(code) == LENGTH and code.isascii() else None
