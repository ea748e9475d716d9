"""The ID-card module: frames, answers to each request, blocks, text, and what a recording keeps (`sdt_id_protocol`, `id_card_text`)."""

from collections.abc import Iterator
from functools import reduce
from operator import xor
from typing import Any

import mutate
from feeding import Wire, nothing_left, one_of, redacting, streaming, whole
from target import Target

from drivers.bench import cards, id_reader, people
from drivers.errors import DeviceError
from drivers.readers import id_card_text
from drivers.readers import sdt_id_protocol as sdt
from drivers.readers.sdt_id_protocol import Request
from drivers.readers.sdt_id_redactor import SdtRedactor
from drivers.readers.sdt_id_talk import Talk

_PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
_FLUSH = bytes(64)
# Status and size of data that may answer each request, by the tables of GA/T 467; a read has more than 16 bytes.
_GOOD = {
    Request.STATUS: {(0x90, 0)},
    Request.MODULE_ID: {(0x90, 16)},
    Request.FIND: {(0x9F, 4), (0x80, 0)},
    Request.SELECT: {(0x90, 8), (0x81, 0), (0x80, 0)},
    Request.READ: {(0x41, 0), (0x80, 0)},
    Request.READ_ALL: {(0x41, 0), (0x80, 0)},
    Request.BAUD_115200: {(0x90, 0)},
}
_OF_SUCCESS_OR_CARD = {0x90, 0x9F, 0x80, 0x81, 0x41}


def sdt_targets() -> list[Target]:
    card, finger = _read(people.PEOPLE[1], None), _read(people.PEOPLE[1], 512)
    bodies = [bytes([0, 0, 0x90]) + card, bytes([0, 0, 0x90]) + finger, b"\0\0\x9f" + bytes(4), b"\0\0\x90" + id_reader.MODULE_ID]
    results = [b"\0\0\x80", b"\0\0\x90", b"\0\0\x90" + b"12345678", b"\0\0\x81", b"\0\0\x41", b"\0\0\x21"]
    seeds = [_framed(body) for body in (*results * 2, *bodies)]
    source = mutate.noisy(seeds, mutate.sealed([*results, *bodies], _framed))
    return [
        Target(
            name="sdt frames",
            seeds=seeds,
            source=source,
            accepts=streaming(sdt.Frames, lambda parser: len(parser._pending)),
            sound=lambda accepted, stream: _stands([(reply.sw3, reply.data) for reply in accepted], stream),
            hold_limit=0x090A + 7,
        ),
        Target(name="sdt answers", seeds=seeds, source=source, accepts=_answers, sound=_answers_sound),
        Target(name="sdt blocks", seeds=[card, finger], source=mutate.single([card, finger]), accepts=whole(sdt.blocks), sound=_blocks_sound),
        _text_target(),
        *_redacted(seeds, source),
    ]


def _read(person: people.Person, size: int | None) -> bytes:
    """Data of a read, with a fingerprint of this size or without that block."""
    sizes = [256, 1024] + ([] if size is None else [size])
    blocks = cards.text_block(person) + cards.photo(person) + cards.fingerprint(person, size or 0)
    return b"".join(number.to_bytes(2) for number in sizes) + blocks


def _framed(body: bytes) -> bytes:
    counted = (len(body) + 1 & 0xFFFF).to_bytes(2) + body
    return _PREAMBLE + counted + bytes([reduce(xor, counted)])


def _frames(stream: bytes) -> Iterator[bytes]:
    """Bodies of all that stands somewhere as preamble, length, body, and a checksum that makes the XOR zero."""
    start = -1
    while (start := stream.find(_PREAMBLE, start + 1)) >= 0:
        size = int.from_bytes(stream[start + 5 : start + 7])
        frame = stream[start + 5 : start + 7 + size]
        if len(frame) == size + 2 and size >= 4 and reduce(xor, frame) == 0:
            yield frame[2:-1]


def _stands(replies: list[tuple[int, bytes]], stream: bytes) -> bool:
    found = {(body[2], body[3:]) for body in _frames(stream)}
    return all(reply in found for reply in replies)


def _answers(chunks: list[bytes]) -> tuple[list[Any], int]:
    """What the driver takes for the answer to one of its requests, and makes of it."""
    request = one_of(list(_GOOD), chunks)
    reply = Talk(115200, 1000).ask(Wire(chunks), request, 1000)
    made: Any = None
    if request is Request.MODULE_ID and reply.data:
        made = sdt.module_id(reply.data)
    if request in {Request.READ, Request.READ_ALL} and reply.sw3 == 0x90:
        made = _card(reply.data)
    return [(request, reply, made)], 0


def _card(data: bytes) -> Any:
    try:
        text, photo, _ = sdt.blocks(data)
        return id_card_text.parse(text, photo)
    except DeviceError:
        return None


def _answers_sound(accepted: list[Any], stream: bytes) -> bool:
    ((request, reply, made),) = accepted
    read = request in {Request.READ, Request.READ_ALL}
    told = (reply.sw3, len(reply.data))
    fits = told in _GOOD[request] or (read and told[0] == 0x90 and told[1] > 16) or (told[0] not in _OF_SUCCESS_OR_CARD and not told[1])
    return fits and _stands([(reply.sw3, reply.data)], stream) and (not read or made is None or _card_sound(made, stream))


def _blocks_sound(accepted: list[Any], stream: bytes) -> bool:
    """Text and photo are as long as the words before them say, and together with a fingerprint they are all there is."""
    ((text, photo, finger),) = accepted
    head = len(stream) - len(text) - len(photo) - len(finger)
    words = [int.from_bytes(stream[at : at + 2]) for at in range(0, head, 2)]
    return stream[head:] == text + photo + finger and words in ([len(text), len(photo)], [len(text), len(photo), len(finger)])


def _text_target() -> Target:
    seeds = [cards.text_block(one) for one in people.PEOPLE]
    return Target(
        name="id card text",
        seeds=seeds,
        source=mutate.single(seeds),
        accepts=whole(lambda data: id_card_text.parse(data, b"")),
        sound=lambda accepted, stream: all(_card_sound(card, stream) for card in accepted),
    )


def _card_sound(card: Any, stream: bytes) -> bool:
    """The number holds, and name, number and day of birth stand in the bytes."""
    facts = [text.encode("utf-16-le") for text in (card.name[:15], card.number, card.born.strftime("%Y%m%d"))]
    return _number_sound(card.number) and all(fact in stream for fact in facts)


def _number_sound(number: str) -> bool:
    """15 characters of the 2017 layout carry no check digit; 18 must divide by 11 with their weights."""
    if len(number) != 18:
        return len(number) == 15
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
    return sum(weight * (10 if digit == "X" else int(digit)) for weight, digit in zip(weights, number, strict=True)) % 11 == 1


def _redacted(seeds: list[bytes], source: mutate.Source) -> list[Target]:
    one, other = people.PEOPLE[1], people.PEOPLE[0]
    secrets = [cards.text_block(one), cards.photo(one), cards.fingerprint(one, 512), b"12345678"]
    redactor = SdtRedactor()
    redactor.feed("out", sdt.encode(Request.READ))
    public = [redactor.feed("in", _framed(b"\0\0\x90" + _read(other, None)))]  # of anybody at all the same is left
    sound = nothing_left(secrets, 8, [*public, cards.text_block(one)[188:220]])
    return [
        Target(
            name=f"sdt redacted, {request.name}",
            seeds=seeds,
            source=source,
            accepts=redacting(SdtRedactor, "in", _FLUSH, sdt.encode(request)),
            sound=sound,
            hold_limit=0x090A + 7,
        )
        for request in (Request.SELECT, Request.READ_ALL)
    ]
