"""ESC/POS printers: replies of every kind after every question (`escpos_status`, `escpos_talk`), and `escpos_redact`."""

from typing import Any

import mutate
from feeding import Wire, in_order, nothing_left, one_of, redacting, streaming
from target import Target

from drivers.contract import DeviceState, Level
from drivers.printers import escpos_status
from drivers.printers.escpos_redact import Redaction
from drivers.printers.escpos_settings import Settings
from drivers.printers.escpos_stock import Stock
from drivers.printers.escpos_talk import Talk

_REPLIES = [
    b"\x12", b"\x1a", b"\x32", b"\x7e", b"\x72", b"\x10\x00\x00\x00", b"\x18\x00\x0c\x00", b"\x3c\x08\x03\x00", b"\x00", b"\x03", b"\x0c", b"\x20",
    b"\x5fTEST PRINTER\x00", b"\x37\x220001\x00", b"\x37\x220002\x00", b"\x37\x25\x00", b"\x5fCHINA GB18030\x00", b"\x10\x0f\x20\x00\x40\x80",
]  # fmt: skip
_BLOCK_MOST = 130
_NAME, _PLACE, _LINK, _NUMBER = "样本丙丁戊己庚".encode("gb18030"), "测试大厅叁号窗口".encode("gb18030"), b"https://zwfw.invalid/q?A0127Q3M9X2K", b"Nr. 9999-TEST-0042"
_SECRETS = [_NAME, _PLACE, _LINK, _NUMBER]


def escpos_targets() -> list[Target]:
    return [_replies(kiosk=False), _replies(kiosk=True), *_talks(), *_redacted()]


def _replies(*, kiosk: bool) -> Target:
    return Target(
        name="escpos replies, kiosk" if kiosk else "escpos replies",
        seeds=_REPLIES,
        accepts=streaming(lambda: escpos_status.Replies(kiosk=kiosk), lambda parser: len(parser._pending)),
        sound=lambda accepted, stream: in_order([_raw(reply, kiosk=kiosk) for reply in accepted], stream),
        hold_limit=_BLOCK_MOST,
    )


def _raw(reply: escpos_status.Reply, *, kiosk: bool) -> bytes:
    """The bytes of a reply; b"?" * 999, which is nowhere, for one whose bits are not of its kind."""
    raw, right = b"", False
    match reply:
        case escpos_status.RealTime(byte=byte):
            raw, right = bytes([byte]), f"{byte:08b}"[3] + f"{byte:08b}"[0] + f"{byte:08b}"[6:] == "1010"
        case escpos_status.Processed(byte=byte):
            raw, right = bytes([byte]), f"{byte:08b}"[3] + f"{byte:08b}"[0] == "00"
        case escpos_status.Asb(frame=frame):
            raw, right = frame, len(frame) == 4 and frame[0] & 0x93 == 0x10 and not any(byte & 0x90 for byte in frame[1:])
        case escpos_status.Data(header=header, text=text):
            raw, right = bytes([header]) + text + b"\0", header in b"\x35\x37\x3b\x3d\x5f" and all(byte >= 32 for byte in text)
        case escpos_status.Full(frame=frame):
            raw, right = b"\x10\x0f" + frame, kiosk and len(frame) == 4
    return raw if right else b"?" * 999


def _talks() -> list[Target]:
    return [
        Target(name="escpos status asked", seeds=_REPLIES, accepts=_status, sound=_status_sound),
        Target(name="escpos job marked", seeds=_REPLIES, source=mutate.noisy([b"\x37\x220001\x00", *_REPLIES]), accepts=_marked, sound=_marked_sound),
    ]


def _status(chunks: list[bytes]) -> tuple[list[Any], int]:
    """What the driver believes of the printer after its DLE EOT questions, or what of them were answered."""
    settings = Settings(port="nowhere", presenter=one_of(["none", "gs_e"], chunks))
    talk = Talk(settings, Stock(settings))
    wire = Wire(chunks)
    try:
        talk.observe(wire)
    except escpos_status.DeviceError:
        if not wire.given:
            raise
    status = talk.condition.status({}, presents=settings.presents)
    return [(status, settings.presents)], 0


def _status_sound(accepted: list[Any], stream: bytes) -> bool:
    """ "No paper", "open" and "broken" are only said where a byte in the stream has such a bit and the form of an answer that tells it."""
    ((status, presents),) = accepted
    real_time = [byte for byte in stream if byte & 0x93 == 0x12]
    asb = [stream[at : at + 4] for at in range(len(stream) - 3) if stream[at] & 0x93 == 0x10 and not any(byte & 0x90 for byte in stream[at + 1 : at + 4])]
    paper_out = any(byte & 0x60 for byte in real_time) or any(frame[2] & 0x0C for frame in asb)
    opened = any(byte & 0x04 for byte in real_time) or any(frame[0] & 0x20 for frame in asb)
    shown = presents and b"\x10\x0f" in stream
    return (
        (status.supplies["upper"] is not Level.OUT or paper_out or any(byte & 0x20 for byte in real_time))
        and (status.parts["cover"] != "open" or opened)
        and (status.parts.get("presenter", "unknown") == "unknown" or shown)
        and (status.state is not DeviceState.OFFLINE or any(byte & 0x08 for byte in real_time) or any(frame[0] & 8 for frame in asb))
    )


def _marked(chunks: list[bytes]) -> tuple[list[Any], int]:
    """Whether the driver takes a job for printed."""
    settings = Settings(port="nowhere")
    talk = Talk(settings, Stock(settings))
    talk.confirms = one_of([True, False], chunks)
    talk.mark(Wire([]))
    for chunk in chunks:
        talk.take(chunk)
    return [(talk.confirms, talk.marked)] if talk.marked else [], 0


def _marked_sound(accepted: list[Any], stream: bytes) -> bool:
    """Printed: the block with this job's number, or two answers to GS r where the printer knows no numbers."""
    plain = [byte for byte in stream if byte & 0x90 == 0]
    return all(b"\x37\x220001\x00" in stream if confirms else len(plain) >= 2 for confirms, _ in accepted)


def _redacted() -> list[Target]:
    qr = b"1P0" + _LINK
    papers = [
        b"\x1b@\x1b!\x00\x1ba\x01" + _NUMBER + b"\n\x1bd\x02",
        b"\x1c&" + _NAME + b"\x1c. \x1b!\x30\x1c&" + _PLACE + b"\x1c.\n",
        b"\x1d(k\x04\x001A2\x00\x1d(k" + len(qr).to_bytes(2, "little") + qr + b"\x1d(k\x03\x001Q0",
        b"\x1dv0\x00\x04\x00\x06\x00" + (_LINK + _NUMBER)[:24],
        b"\x1d(H\x06\x00000001\x1dVB\x00",
    ]
    status = [bytes.fromhex(one) for one in ("100401", "10140801031401060208", "100502", "1d610e", "1d4943", "1d7201", "1b40", "1d65030c")]
    echoed = [*papers, *_REPLIES]
    return [
        Target(
            name="escpos orders redacted",
            seeds=[*papers, *status],
            source=mutate.spoken([*papers, *status]),
            accepts=redacting(Redaction, "out", b"\n"),
            sound=nothing_left(_SECRETS, 3),
            ours=True,
        ),
        Target(  # as after a byte that went missing: up to 7 bytes of text may stand where a command has its parameters
            name="escpos broken orders",
            seeds=[*papers, *status],
            accepts=redacting(Redaction, "out", b"\n"),
            sound=nothing_left(_SECRETS, 9, stable=False),
        ),
        Target(
            name="escpos replies redacted",
            seeds=echoed,
            accepts=redacting(lambda: Redaction(kiosk=True), "in", b"\xff"),
            sound=nothing_left(_SECRETS, 6, open_parts=_without_blocks),
            hold_limit=_BLOCK_MOST,
        ),
    ]


def _without_blocks(kept: bytes) -> bytes:
    """Blanks what is, on a line that echoes, in every bit a block of the printer: a header, printable bytes, NUL."""
    left = bytearray(kept)
    for end in (at for at, byte in enumerate(kept) if not byte):
        begin = end
        while begin and kept[begin - 1] >= 32 and end - begin < _BLOCK_MOST:
            begin -= 1
        heads = [at for at in range(begin, end) if kept[at] in b"\x35\x37\x3b\x3d\x5f"]
        if heads:
            left[heads[0] : end] = bytes(end - heads[0])
    return bytes(left)
