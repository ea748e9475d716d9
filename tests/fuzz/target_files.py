"""What our own processes and files say, not believed: `isolated.frames`, `codec`, `recording`, `script`."""

import base64
import contextlib
import json
import math
import os
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import mutate
from feeding import streaming, whole
from target import Target

from drivers import codec
from drivers.isolated import frames
from drivers.recordings import recording, script

_ERROR = {"reason": "paperOut", "action": "clear", "detail": "roll"}
_STATUS = {"state": "online", "parts": {"cover": "closed"}, "supplies": {"upper": "low"}, "identity": {"model": "X"}, "attention": [], "error": _ERROR}
_CARD = {"kind": "resident", "name": "样本", "sex": "1", "born": "1990-01-01", "number": "999999199001010016", "valid_from": "2020-01-01", "valid_to": None, "photo": "AAEC"}
_EVENTS: list[dict[str, Any]] = [
    {"type": "StatusChanged", "role": "printer", "status": _STATUS, "changed": ["error"]},
    {"type": "Failed", "role": "printer", "id": "1", "error": _ERROR},
    {"type": "Done", "role": "printer", "id": "1"},
    {"type": "CodeScanned", "role": "scanner", "text": "票"},
    {"type": "CardRead", "role": "reader", "id": "2", "card": _CARD},
]
_COMMANDS: list[dict[str, Any]] = [
    {"type": "Reset", "role": "printer", "id": "3", "to": "exit"},
    {"type": "CheckHealth", "role": "printer", "id": "4", "level": "internal"},
    {"type": "Cancel", "role": "printer", "id": "5", "of": "3"},
]
_HEADER = {"format": 1, "driver": "x.y", "role": "device", "settings": {"port": "left-out"}, "capabilities": {}, "began": "2026-11-21T22:04:47+00:00"}
_RECORDS: list[dict[str, Any]] = [
    {"t": 0.0, "open": "bytes"},
    {"t": 0.001, "out": "4c49", "took": 3, "more": True},
    {"t": 0.002, "in": "0aff"},
    {"t": 0.5, "command": {**_COMMANDS[0]}},
    {"t": 0.6, "event": {"type": "Done", "role": "device", "id": "3"}},
    {"t": 0.7, "random": 4},
    {"t": 0.8, "refused": {"reason": "unplugged", "action": "clear"}},
    {"t": 0.9, "broken": {"reason": "unplugged", "action": "clear"}},
]
_REFUSED = (msgspec.DecodeError,)  # a ValidationError is one


def file_targets() -> list[Target]:
    messages = [{"type": "event", "event": event} for event in _EVENTS]
    messages += [{"type": "beat"}, {"type": "counts", "values": {"a": 1}}, {"type": "note", "level": 20, "name": "drivers.x", "text": "words"}]
    packed = [msgspec.msgpack.encode(message) for message in messages]
    sent = [_framed(body) for body in packed]
    return [
        Target(
            name="isolated frames",
            seeds=sent,
            source=mutate.noisy(sent, mutate.sealed(packed, _framed)),
            accepts=streaming(_Ears, lambda ears: len(ears.frames._pending)),
            sound=_frames_sound,
            hold_limit=(32 << 20) + 4,
            refuses=(ValueError,),
        ),
        *_codec_targets(),
        _recording_target(),
    ]


def _framed(body: bytes) -> bytes:
    return len(body).to_bytes(4) + body


class _Ears:
    """Takes apart what a child says; the frame goes with the message for the second opinion."""

    def __init__(self) -> None:
        self.frames = frames.Frames()

    def feed(self, data: bytes) -> list[tuple[bytes, Any]]:
        return [(frame, frames.from_child(frame)) for frame in self.frames.feed(data)]


def _frames_sound(accepted: list[Any], stream: bytes) -> bool:
    """The frames follow each other from the beginning, each message is of the kind that stands in it, and none is announced too long."""
    at = 0
    for frame, message in accepted:
        if stream[at : at + 4 + len(frame)] != _framed(frame) or not _same(frame, codec.to_bytes(message)):
            return False
        at += 4 + len(frame)
    return len(stream) < at + 4 or stream[at : at + 4] <= b"\x02\0\0\0"  # a longer one is refused before it is kept


def _same(said: bytes, again: bytes) -> bool:
    """Whether a message written anew says what was said; a field that nobody reads may hold what is no text."""
    try:
        plain = msgspec.msgpack.decode(said)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return True
    return _within(msgspec.msgpack.decode(again), plain)


def _within(made: Any, said: Any) -> bool:
    """Whether `made` says nothing else than `said`: fields that were not said have their defaults."""
    match made, said:
        case dict(), dict():
            return all(key in made and _within(made[key], said[key]) for key in said if key in made) and ("type" not in said or said["type"] == made.get("type"))
        case list(), list():
            return len(made) == len(said) and all(map(_within, made, said))
        case float(), _:
            return math.isclose(made, said) if isinstance(said, int | float) else False
        case (str() | bytes()), (str() | bytes()):
            return made == said or _bytes(made) == _bytes(said)
        case _:
            return bool(made == said)


def _bytes(value: str | bytes) -> bytes:
    """A picture stands as base64 in text; bits that pad it may be any."""
    return base64.b64decode(value.encode("ascii", "replace")) if isinstance(value, str) else value


def _codec_targets() -> list[Target]:
    made = []
    for name, kind, values in (("events", codec.AnyEvent, _EVENTS), ("commands", codec.AnyCommand, _COMMANDS)):
        texts = [json.dumps(value, ensure_ascii=False).encode() for value in values] + [b"[" * 3000, b'{"type":' * 1500]
        packs = [msgspec.msgpack.encode(value) for value in values] + [b"\x91" * 3000]
        made += [
            Target(
                name=f"codec {name}, JSON",
                seeds=texts,
                source=mutate.single(texts),
                accepts=whole(partial(codec.from_json, kind=kind)),
                sound=_json_sound,
                refuses=_REFUSED,
            ),
            Target(
                name=f"codec {name}, MessagePack",
                seeds=packs,
                source=mutate.single(packs),
                accepts=whole(partial(codec.from_bytes, kind=kind)),
                sound=lambda accepted, stream: _same(stream, codec.to_bytes(accepted[0])),
                refuses=_REFUSED,
            ),
        ]
    return made


def _json_sound(accepted: list[Any], stream: bytes) -> bool:
    return _within(json.loads(codec.to_json(accepted[0])), json.loads(stream.decode(errors="surrogateescape")))


def _recording_target() -> Target:
    lines = [json.dumps(_HEADER).encode(), *(json.dumps(record).encode() for record in _RECORDS)]
    files = [b"\n".join(lines) + b"\n", b"\n".join(lines[:4]), b"\n".join([lines[0].replace(b"1", b"2", 1), *lines[1:]])]
    lies = [b"\n".join([lines[0], line, *lines[2:4]]) for line in lines]
    return Target(
        name="recordings",
        seeds=files,
        source=mutate.single([*files, *lies]),
        accepts=_recorded,
        sound=_recording_sound,
        refuses=(recording.RecordingError,),
    )


def _recorded(chunks: list[bytes]) -> tuple[list[Any], int]:
    """What is read of a file in memory with these bytes."""
    file = os.memfd_create("recording")
    try:
        os.write(file, b"".join(chunks))
        read = recording.read(Path(f"/proc/self/fd/{file}"))
    finally:
        os.close(file)
    with contextlib.suppress(recording.RecordingError):  # it can be read and not played
        script.script(read)
    return [read], 0


def _recording_sound(accepted: list[Any], stream: bytes) -> bool:
    """Header and each record say what their lines say; time never goes back, bytes are bytes."""
    ((header, records),) = [(read.header, read.records) for read in accepted]
    lines = [json.loads(line) for line in stream.split(b"\n") if line.strip()]
    times = [line["t"] for line in lines[1:]]
    whats = [len(line.keys() - {"t", "took", "more"} - {key for key, value in line.items() if value is None}) for line in lines[1:]]
    return (
        lines[0]["format"] == header.format == 1
        and lines[0]["driver"] == header.driver
        and [record.t for record in records] == times == sorted(times)
        and all(what == 1 for what in whats)
        and all(bytes.fromhex(line.get(key) or "") is not None for line in lines[1:] for key in ("out", "in"))
    )
