"""The text in the bytes of a bar or QR code, whatever kind of device has read it."""

import unicodedata

_NOT_TEXT = {"Cc", "Cs", "Cn"}  # control characters, half surrogates, unassigned


def text_of(raw: bytes) -> str | None:
    """UTF-8 where that fits, else GB18030, which Chinese codes without a declared character set use; None where neither is text."""
    for charset in ("utf-8", "gb18030"):
        try:
            text = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        return text if all(unicodedata.category(char) not in _NOT_TEXT for char in text) else None
    return None
