"""IPP printers: messages (`ipp_protocol`, `ipp_status`, `ipp_supplies`), answers to an earlier request (`ipp_jobs`), HTTP (`ipp_http`)."""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

import mutate
from feeding import Wire, whole
from target import Target

from drivers.printers import ipp_protocol as ipp
from drivers.printers.ipp_http import LinkPost, Place
from drivers.printers.ipp_jobs import Printer
from drivers.printers.ipp_status import WANTED, Condition, means_printed, takes_pdf
from drivers.printers.ipp_supplies import Names, markers

_PLACE = Place("ipp://127.0.0.1/ipp/print", "127.0.0.1", 631, "/ipp/print")
_NAMES = Names({"upper": "", "lower": "tray-2"}, {"toner": ""})
_INTEGERS, _BOOLEAN, _OCTETS, _COLLECTION, _LOCALIZED = {0x21, 0x23}, 0x22, 0x30, 0x34, {0x35, 0x36}
_FIXED = {0x21: 4, 0x22: 1, 0x23: 4, 0x31: 11, 0x32: 9, 0x33: 8}
_MOST = 1 << 20  # bytes of a reply


def ipp_targets() -> list[Target]:
    bodies = [_message(1, *_PRINTER), _message(1, *_JOBS), _message(1, status=0x0406), _message(7, *_PRINTER), _message(1, b"\x02", b"\x02")]
    answers = [_http(body) for body in bodies] + _OTHERS
    return [
        Target(name="ipp messages", seeds=bodies, source=mutate.single(bodies), accepts=whole(ipp.parse), sound=_message_sound),
        Target(name="ipp printers asked", seeds=bodies, source=mutate.single(bodies), accepts=_asked, sound=_asked_sound),
        Target(
            name="ipp HTTP", seeds=answers, source=mutate.single(answers, lambda rng: _http(mutate.damaged(rng, rng.choice(bodies), bodies))),
            accepts=_posted, sound=_posted_sound, hold_limit=_MOST,
        ),
    ]  # fmt: skip


def _value(tag: int, name: str, *values: bytes) -> bytes:
    """An attribute; a further value of it has no name (RFC 8010, 3.1.5)."""
    names = [name.encode()] + [b""] * (len(values) - 1)
    return b"".join(struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(value)) + value for key, value in zip(names, values, strict=True))


_PRINTER = (
    b"\x04",
    _value(0x23, "printer-state", b"\0\0\0\3"),
    _value(0x44, "printer-state-reasons", b"media-low-warning", b"toner-empty-error"),
    _value(0x22, "printer-is-accepting-jobs", b"\1"),
    _value(0x41, "printer-make-and-model", b"Test Laser 9000"),
    _value(0x35, "printer-state-message", b"\0\5de-ch\0\4gr\xc3\xbc"),
    _value(0x30, "printer-input-tray", b"type=sheetFeedAutoRemovableTray;level=0;maxcapacity=500;name=tray-2;", b"level=-3;name=tray-1"),
    _value(0x42, "marker-names", b"Black", b"Waste"),
    _value(0x44, "marker-types", b"toner", b"wasteToner"),
    _value(0x21, "marker-levels", b"\0\0\0\x0c", b"\xff\xff\xff\xfe"),
    _value(0x34, "media-col-default", b"") + _value(0x4A, "", b"media-size") + _value(0x34, "", b"") + _value(0x4A, "", b"x-dimension")
    + _value(0x21, "", b"\0\0\x52\x08") + _value(0x37, "", b"") + _value(0x37, "", b""),
    _value(0x33, "copies-supported", b"\0\0\0\1\0\0\0\x63"),
    _value(0x49, "document-format-supported", b"application/pdf"),
    _value(0x45, "device-uri", b"ipp://127.0.0.1/ipp?waitjob=false"),
    _value(0x10, "sides", b""),
)  # fmt: skip
_JOBS = (
    b"\x02", _value(0x21, "job-id", b"\0\0\0\x93"), _value(0x42, "job-name", b"lucheng-1"), _value(0x23, "job-state", b"\0\0\0\x09"),
    b"\x02", _value(0x21, "job-id", b"\0\0\0\x94"), _value(0x42, "job-name", b"lucheng-2"), _value(0x23, "job-state", b"\0\0\0\x05"),
)  # fmt: skip


def _message(request_id: int, *parts: bytes, status: int = 0) -> bytes:
    head = struct.pack(">BBHi", 2, 0, status, request_id) + b"\x01"
    return head + _value(0x47, "attributes-charset", b"utf-8") + _value(0x48, "attributes-natural-language", b"en") + b"".join(parts) + b"\x03"


def _http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\n\r\n" % len(body) + body


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_OTHERS = [
    _CHUNKED + b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
    _CHUNKED + b"-1\r\nabcdefgh",
    b"HTTP/1.1 100 Continue\r\n\r\n" + _http(b"after all"),
    b"HTTP/1.0 200 OK\r\n\r\nuntil the end",
    b"HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort",
]


class _Odd(Exception):  # noqa: N818 - the second opinion ends early
    """This is no message."""


def _entries(data: bytes) -> Iterator[tuple[int, str, int, bytes]]:
    """Group, name, tag and value of all values outside of collections (RFC 8010, 3.1), name "" for a further one; raises `_Odd`."""
    at, group, depth = 8, -1, 0
    while at < len(data) and data[at] != 3:
        tag = data[at]
        at += 1
        if tag < 0x10:
            group += 1
            yield group, "", tag, b""
            continue
        fields = []
        for _ in range(2):
            size = struct.unpack_from(">h", data, at)[0]
            if size < 0 or at + 2 + size > len(data):
                raise _Odd
            fields.append(data[at + 2 : at + 2 + size])
            at += 2 + size
        outside = depth == 0
        depth -= tag == 0x37 and depth > 0
        if outside:
            yield group, fields[0].decode("ascii", "replace"), tag, fields[1]
        depth += tag == 0x34
    if at >= len(data) or depth:
        raise _Odd


def _read(tag: int, value: bytes) -> Any:
    if len(value) != _FIXED.get(tag, len(value)):
        raise _Odd
    if tag in _INTEGERS:
        return struct.unpack(">i", value)[0]
    if tag == _BOOLEAN:
        return value != b"\0"
    if tag in _LOCALIZED:
        language = int.from_bytes(value[:2])
        size = int.from_bytes(value[2 + language : 4 + language])
        return value[4 + language : 4 + language + size].decode("utf-8", "replace")
    if tag == _OCTETS:
        return value
    return value.decode("utf-8", "replace") if 0x40 <= tag < 0x60 else None


def _message_sound(accepted: list[Any], stream: bytes) -> bool:
    """All groups, attributes and values are those that stand there, read by the rules of RFC 8010 once more."""
    (reply,) = accepted
    groups: list[tuple[int, dict[str, list[Any]]]] = []
    last = ""
    try:
        for number, name, tag, value in _entries(stream):
            if number == len(groups):
                groups.append((tag, {}))
                last = ""
                continue
            if name:
                groups[number][1].pop(name, None)
                last = name
            groups[number][1].setdefault(last, []).append(_read(tag, value))
    except (_Odd, struct.error):
        return False
    plain = [(tag, {name: list(values) for name, values in attributes.items()}) for tag, attributes in reply.groups]
    return (reply.status, reply.request_id) == struct.unpack_from(">Hi", stream, 2) and plain == groups


def _asked(chunks: list[bytes]) -> tuple[list[Any], int]:
    """What the driver understands when a printer answers so to its first question of each kind."""
    data = b"".join(chunks)

    def post(place: Place, body: Sequence[bytes]) -> bytes:
        return data

    def printer() -> Printer:
        return Printer(_PLACE, post, lambda seconds: None, tries=1)

    told = printer().attributes(WANTED)
    status = Condition(told, told, told).status(_NAMES)
    return [(told, status, printer().jobs("completed"), takes_pdf(told), means_printed(told), markers(told))], 0


def _asked_sound(accepted: list[Any], stream: bytes) -> bool:
    """It answers the first request and no other, and "no paper", "no toner" and ended jobs have bytes that say so."""
    ((_, status, jobs, *_),) = accepted
    version, status_code, request_id = struct.unpack_from(">BxHi", stream)
    low = stream.lower()
    reason = "" if status.error is None else status.error.reason.value
    evidence = {"paperOut": (b"media-", b"input-tray"), "tonerOut": (b"toner", b"marker"), "coverOpen": (b"open",), "paperJammed": (b"jam",)}
    return (
        version in (1, 2)
        and status_code < 0x100
        and request_id == 1
        and any(word in low for word in evidence.get(reason, (b"",)))
        and all(struct.pack(">i", job.id) in stream and (job.name or "").encode("utf-8", "ignore")[:5] in stream for job in jobs if "\ufffd" not in job.name)
    )


class _Line:
    """A line that is there."""

    def dial(self, to: Place) -> None:
        """It is."""

    def hang_up(self) -> None:
        """It was."""


def posted(wire: Wire) -> bytes:
    """The body of what comes over the wire after a request."""
    return LinkPost(wire, _Line(), 60.0)(_PLACE, [b"request"])


def _posted(chunks: list[bytes]) -> tuple[list[Any], int]:
    data = posted(Wire(chunks))
    return [data], len(data)


def _posted_sound(accepted: list[Any], stream: bytes) -> bool:
    """Where the answer has a length, so many bytes after an empty line are the body; in chunks, each of them stands in the stream."""
    (data,) = accepted
    return data in stream or (b"chunked" in stream.lower() and len(data) < len(stream) and set(data) <= set(stream))
