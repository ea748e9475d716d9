"""IPP messages octet by octet, as the examples of RFC 8010, appendix A, list them."""

import struct

CHARSET = "47 0012 attributes-charset 0005 utf-8"
LANGUAGE = "48 001B attributes-natural-language 0005 en-us"


def octets(*rows):
    """Each row is what a row of the RFC's tables is: numbers in hexadecimal, and words as they are (~ for a space)."""
    return b"".join(bytes.fromhex(word) if is_hex(word) else word.replace("~", " ").encode() for row in rows for word in row.split(" "))


def is_hex(word):
    return len(word) % 2 == 0 and all(letter in "0123456789ABCDEF" for letter in word)


def attribute(tag, name, value):
    """One value; a further one of the same attribute has no name."""
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


def reply(*parts, status=0, request_id=1):
    """A reply with these bytes after the operation attributes."""
    head = struct.pack(">bbHi", 2, 0, status, request_id) + octets("01", CHARSET, LANGUAGE)
    return head + b"".join(parts) + b"\x03"
