"""Code scanners: codes, answers among them (`newland_protocol`, `honeywell_protocol`, `scanner_reply_protocol`), `code_text`."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import mutate
from feeding import Wire, nothing_left, one_of, redacting, streaming, whole
from target import Target

from drivers import code_text
from drivers.scanners import honeywell_protocol, newland_protocol, serial_code_protocol
from drivers.scanners.scanner_reply_protocol import Codes, Profile
from drivers.scanners.serial_code_protocol import Code, Framer
from drivers.scanners.serial_code_redactor import CodeRedactor
from drivers.scanners.serial_code_talk import Talk

_LIMIT = 512
_CODES = ["LCZC1:9999TEST0042", "https://example.invalid/票?q=A0127Q3M9X2K", "6901234567892", "龦" * 40]
_STATUS = b"\x05\x06\x15"
_NEWLAND = [b"\x02\x010000" + body + b";\x03" for body in (
    b"#SCNMOD2\x06", b"#TSUENA1\x06", b"#TSUSET0D\x15", b"@QRYPDNNLS-FM430L-20\x06", b"@QRYFWVFirmware: V1.00.014\x06", b"@QRYPSN\x05",
)]  # fmt: skip
_LINES = b"Product Name: Laser Engine-N4300\r\nSoftware Part Number: CA000064BCC\r\nSerial Number: 2006TEST0A"
_HONEYWELL = [b"TRGMOD3\x06.", b"SUFCA2\x06!", b"SUFBK2990D\x06!", b"TRGMOD?\x05.", b"REVINF\x15.", b"REVINF" + _LINES + b"\x06.", _LINES + b"\r\nREVINF\x06."]


class _Family(NamedTuple):
    """A kind of scanners, and a second opinion on how long the answer is that begins at a place (0: none does)."""

    name: str
    profile: Profile
    answers: list[bytes]
    size: Callable[[bytes, int], int]
    held: int


def scanner_targets() -> list[Target]:
    families = (
        _Family("newland", newland_protocol.profile("\r", "presentation"), _NEWLAND, _newland_size, 120),
        _Family("honeywell", honeywell_protocol.profile("\r"), _HONEYWELL, _honeywell_size, 2800),
    )
    return [*_plain(), *(target for family in families for target in _of_family(family))]


def _encoded(end: bytes) -> list[bytes]:
    return [code.encode(coding) + end for code in _CODES for coding in ("utf-8", "gb18030")]


def _plain() -> list[Target]:
    texts = [*_encoded(b""), b"\xff\xfe", b"\x1b[0m", "测试\ud800".encode("utf-8", "surrogatepass"), b"\x84\x31\xa4\x37"]
    return [
        Target(
            name="scanned codes",
            seeds=[*_encoded(b"\r"), b"\x00\x01\xfe\r", b"x" * 600 + b"\r"],
            accepts=streaming(lambda: serial_code_protocol.Framer(b"\r", _LIMIT), lambda parser: len(parser._pending)),
            sound=lambda accepted, stream: _said(accepted, stream.split(b"\r")),
            hold_limit=_LIMIT + 2,
        ),
        Target(
            name="scanned codes, no suffix",
            seeds=_encoded(b""),
            accepts=_at_gaps,
            sound=lambda accepted, stream: _said([one for _, one in accepted], [piece for piece, _ in accepted]),
            hold_limit=_LIMIT + 2,
        ),
        Target(name="code text", seeds=texts, source=mutate.single(texts), accepts=whole(code_text.text_of), sound=_text_sound),
        Target(
            name="codes redacted",
            seeds=_encoded(b"\r"),
            accepts=redacting(lambda: CodeRedactor(None), "in", b"\r"),
            sound=nothing_left(_encoded(b""), 4),
        ),
    ]


def _at_gaps(chunks: list[bytes]) -> tuple[list[Any], int]:
    """Each chunk is a burst."""
    framer, found, held = Framer(b"", _LIMIT), [], 0
    for chunk in chunks:
        framer.feed(chunk)
        held = max(held, len(framer._pending))
        found += [(chunk, one) for one in framer.gap()]
    return found, held


def _said(accepted: list[Any], pieces: list[bytes]) -> bool:
    """Every code is what some piece says in one of the two encodings, and is within the limit."""
    short = [piece.strip(b"\r\n") for piece in pieces]
    said = {piece.decode(coding, "replace") for piece in short if len(piece) <= _LIMIT for coding in ("utf-8", "gb18030")}
    return all(one.text in said for one in accepted if isinstance(one, Code))


def _text_sound(accepted: list[Any], stream: bytes) -> bool:
    """The text encodes to the bytes again, and no character of it controls anything."""
    (text,) = accepted
    if text is None:
        return True
    return stream in (text.encode("utf-8"), text.encode("gb18030")) and not re.search("[\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)


def _of_family(family: _Family) -> list[Target]:
    between = [answer[:4] + b"6901234567892\r" + answer[4:] for answer in family.answers]
    seeds = [*family.answers, *_encoded(b"\r"), *between]
    source = mutate.noisy(seeds)
    return [
        Target(
            name=f"{family.name} codes",
            seeds=seeds,
            source=source,
            accepts=_codes(family),
            sound=lambda accepted, stream: _said(accepted, _without_answers(family, stream).split(b"\r")),
            hold_limit=_LIMIT + 2 + family.held,
        ),
        Target(name=f"{family.name} answers", seeds=seeds, source=source, accepts=_answers(family), sound=_answers_sound(family)),
        Target(
            name=f"{family.name} redacted",
            seeds=seeds,
            source=source,
            accepts=redacting(lambda: CodeRedactor(family.profile.replies), "in", b"\xff"),
            sound=nothing_left(_encoded(b""), 5, [*family.answers, b"2990D"], lambda kept: _without_answers(family, kept)),
            hold_limit=family.held,
        ),
    ]


def _codes(family: _Family) -> Callable[[list[bytes]], tuple[list[Any], int]]:
    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        codes, found, held = Codes(Framer(b"\r", _LIMIT), family.profile.replies), [], 0
        for chunk in chunks:
            found += codes.feed(chunk)
            held = max(held, len(codes._framer._pending) + len(codes._sieve._held))
        return [*found, *codes.gap()], held

    return accepts


def _answers(family: _Family) -> Callable[[list[bytes]], tuple[list[Any], int]]:
    asks = [ask for ask in (*family.profile.setup, family.profile.presence, *family.profile.identity) if ask.reply]

    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        ask, wire, rest = one_of(asks, chunks), Wire(chunks), []
        match = Talk(b"\r", 1.0, 115200).ask(wire, ask, rest.append)
        if ask in family.profile.identity:
            family.profile.facts([match["value"]] * len(family.profile.identity))
        return [(ask, match[0], match["status"], b"".join(rest), wire.given)], 0

    return accepts


def _answers_sound(family: _Family) -> Callable[[list[Any], bytes], bool]:
    """It is a whole answer that names what was asked, and all that came besides it is handed on."""

    def sound(accepted: list[Any], stream: bytes) -> bool:
        ((ask, raw, status, rest, given),) = accepted
        said = b"Product Name:" if ask.name == "REVINF" else ask.name.encode()[:6]
        kept = len(rest) + len(raw) == given and sorted(rest + raw) == sorted(stream[:given])
        return kept and family.size(raw, 0) == len(raw) and said in raw and status in _STATUS and raw.count(status) == 1

    return sound


def _without_answers(family: _Family, stream: bytes) -> bytes:
    left, at = bytearray(), 0
    while at < len(stream):
        if size := family.size(stream, at):
            at += size
        else:
            left.append(stream[at])
            at += 1
    return bytes(left)


def _status_at(data: bytes, at: int, most: int) -> int:
    """Where the first status character after `at` stands; -1 where none does."""
    return next((place for place in range(at, min(len(data), at + most)) if data[place] in _STATUS), -1)


def _newland_size(data: bytes, at: int) -> int:
    """STX SOH 0000, @ or #, six of tag and subtag, at most 80 printable, status, ; ETX."""
    end = _status_at(data, at, 100) if data[at : at + 1] == b"\x02" else -1
    body = data[at:end]
    if end < 0 or not body.startswith((b"\x02\x010000@", b"\x02\x010000#")) or data[end + 1 : end + 3] != b";\x03":
        return 0
    name, text = body[7:13], body[13:]
    right = len(name) == 6 and all(chr(byte) in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" for byte in name)
    return end + 3 - at if right and len(text) <= 80 and _printable(text) else 0


def _honeywell_size(data: bytes, at: int) -> int:
    """The words of a command, what it says, status, . or !"""
    if data[at : at + 1] not in (b"S", b"T", b"R", b"P"):
        return 0
    end = _status_at(data, at, 2800)
    if end < 0 or data[end + 1 : end + 2] not in (b".", b"!"):
        return 0
    body = data[at:end]
    if body[:6] in (b"SUFCA2", b"SUFBK2", b"TRGMOD"):
        right = len(body) <= 14 and all(chr(byte) in "0123456789ABCDEF?" for byte in body[6:])
    else:
        right = body == b"REVINF" or _about(body.removeprefix(b"REVINF"))
    return end + 2 - at if right else 0


def _about(body: bytes) -> bool:
    """Lines of a label and what it says, the first of them the product's name; the command may stand behind them."""
    first, *others = body.split(b"\r\n")
    if not first.startswith(b"Product Name:") or not _printable(first) or len(first) > 13 + 80 + 6:
        return False
    if others and others[-1] in (b"", b"REVINF"):
        others.pop()
    labels = [line.removesuffix(b"REVINF").partition(b":") for line in others]
    return len(others) <= 20 and all(
        colon and 2 <= len(label) <= 31 and label[:1].isupper() and label.replace(b" ", b"a").isalpha() and _printable(text) and len(text) <= 80
        for label, colon, text in labels
    )


def _printable(text: bytes) -> bool:
    return all(0x20 <= byte <= 0x7E for byte in text)
