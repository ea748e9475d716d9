"""Social security cards (`social_card`): what a chip answers, in order, damaged, doubled, left out, or to an earlier command."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import mutate
from feeding import whole
from target import Target

from drivers.bench import people
from drivers.bench.motor_mechanism import MECHANISM
from drivers.bench.social_chip import Chip
from drivers.errors import Action, DeviceError, Reason
from drivers.readers import social_card

_KINDS = ({"generation": 1}, {"generation": 2}, {"generation": 2, "t0": True}, {"generation": 3, "fetch": True}, {"by_tag": False}, {"locked": [8]})
_ENDINGS = [bytes.fromhex(status) for status in ("9000", "6a83", "6982", "6100", "61ff", "6c00", "6c14", "6d00", "6f00")]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)


def social_targets() -> list[Target]:
    sessions = [_session(person.key, kind) for person in people.PEOPLE[:5] for kind in _KINDS]
    seeds = [_packed(session) for session in sessions]
    stray = [answer for session in sessions for answer in session] + _ENDINGS
    source = mutate.single(seeds, lambda rng: _packed(_mishap(rng, list(rng.choice(sessions)), stray)))
    return [Target(name="social card", seeds=seeds, source=source, accepts=whole(_read), sound=_sound)]


def _session(key: str, kind: dict[str, Any]) -> list[bytes]:
    """All that a card answers while it is read."""
    chip = Chip({**MECHANISM, "t0": False, "fetch": False, "by_tag": True, "locked": [], "records": {}, "answers": {}, "card": key, **kind})
    said = []

    def exchange(command: bytes) -> bytes:
        said.append(chip.answer(command))
        return said[-1]

    social_card.read(exchange)
    return said


def _packed(answers: list[bytes]) -> bytes:
    return b"".join(len(answer).to_bytes(2) + answer for answer in answers)


def _unpacked(stream: bytes) -> Iterator[bytes]:
    at = 0
    while at + 2 <= len(stream):
        size = int.from_bytes(stream[at : at + 2])
        yield stream[at + 2 : at + 2 + size]
        at += 2 + size


def _mishap(rng: random.Random, answers: list[bytes], stray: list[bytes]) -> list[bytes]:
    """One or two answers are damaged, lost, come twice, or are those to other commands."""
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(len(answers))
        answers[at : at + 1] = rng.choice(
            (
                [mutate.damaged(rng, answers[at], stray)],
                [mutate.damaged(rng, answers[at][:-2], stray) + answers[at][-2:]],
                [answers[at][:-2] + rng.choice(_ENDINGS)],
                [],
                [answers[at]] * 2,
                [rng.choice(stray)],
            )
        )
    return answers


def _read(stream: bytes) -> Any:
    answers = _unpacked(stream)

    def exchange(command: bytes) -> bytes:
        if (answer := next(answers, None)) is None:
            raise DeviceError(Reason.CARD_MOVED, Action.WAIT, "the card is gone")
        return answer

    return social_card.read(exchange)


def _sound(accepted: list[Any], stream: bytes) -> bool:
    """Each field is, in a whole record with the right tag, in what the chip said, and the identity number can be one."""
    (card,) = accepted
    said = b"".join(answer[:-2] for answer in _unpacked(stream))
    texts = {0x07: card.number, 0x08: card.id_number}
    days = {0x05: card.issued, 0x06: card.valid_to}
    return (
        bool(card.number)
        and all(not text or _record(tag, text.encode("ascii"), said) for tag, text in texts.items())
        and all(day is None or _record(tag, bytes.fromhex(date.strftime(day, "%Y%m%d").zfill(8)), said) for tag, day in days.items())
        and _number(card.id_number)
        and all(char in said.decode("gb18030", "ignore") or char.encode("gb18030") in said for char in card.name)
        and (not card.sex or card.sex in "0129")
        and (not card.ethnicity or _record(0x0B, bytes.fromhex(card.ethnicity), said))
    )


def _record(tag: int, value: bytes, said: bytes) -> bool:
    """Whether the value stands after its tag and a length that reaches over it, padding aside."""
    at = -1
    while (at := said.find(bytes([tag]), at + 1)) >= 0:
        size = said[at + 1] if at + 1 < len(said) else 0
        if said[at + 2 : at + 2 + size].strip(b"\0 \xff") == value.strip(b"\0 \xff"):
            return True
    return False


def _number(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdecimal() or number[17] not in "0123456789X":
        return True
    return sum(weight * (10 if digit == "X" else int(digit)) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11 == 1
