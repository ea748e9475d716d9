"""Whatever the office refuses to whichever request: the citizen is told why, and nothing is offered that must fail again."""

import random
import re
from pathlib import Path

import pytest
from test_any_services import REPLIES, answer, touch
from walking import SENTENCES, full, labels

from kiosk.backend.messages import Ask, Refused
from kiosk.errors import BackendError, BackendReason, Refusal
from kiosk.services import NAMES
from kiosk.texts import Text

OFFICE = Path(__file__).parents[2] / "kiosk/office"
BY_OTHERS = {Refusal.EXPIRED, Refusal.HAND_OVER_EXPIRED, Refusal.NUMBERS_USED_UP}  # told the terminal itself, or a phone
TAKEN_AS_DONE = {Refusal.RATED_ALREADY}
EVERYWHERE, MOST = 260, 1_000  # seeds in every service, and in all


def documented(request):
    return {Refusal(word) for word in re.findall(r"`([a-z_]+)`", request.__doc__) if word in tuple(Refusal)}


POSSIBLE = {(request, refusal) for request in REPLIES for refusal in documented(request)}


def test_every_refusal_of_the_office_is_in_the_contract_of_a_request_and_has_words():
    raised = {Refusal[name] for path in OFFICE.rglob("*.py") for name in re.findall(r"Refusal\.([A-Z_]+)", path.read_text(encoding="utf-8"))}
    assert raised == set(Refusal)
    assert raised - {refusal for _, refusal in POSSIBLE} == BY_OTHERS
    for language in ("zh-CN", "en"):
        for refusal in Refusal:
            assert SENTENCES.say(language, Text(BackendError(BackendReason.REFUSED, refusal=refusal).key))


def check_refused(walk, ask, refusal):
    """It is said why, or what was asked goes on in another way; the same is not asked again by the first button."""
    before, error = len(walk.sent), BackendError(BackendReason.REFUSED, refusal=refusal)
    walk.handle(Refused(id=ask.id, error=error))
    told = [one.request for one in walk.sent[before:] if isinstance(one, Ask)]
    words = " ".join(walk.say(one) for one in read(walk.screen))
    assert told or refusal in TAKEN_AS_DONE or walk.say(Text(error.key)) in words or walk.name == "Question", (walk.here, refusal, words)
    if walk.name == "Message":
        again = len(walk.sent)
        walk.touch("primary")
        assert ask.request not in [one.request for one in walk.sent[again:] if isinstance(one, Ask)], (walk.here, refusal)


def read(screen):
    return labels(screen)


def asked(seed, found):
    """A visit that stands before the first request with a refusal that nobody was told yet; the request and that refusal."""
    chance = random.Random(seed)
    service = NAMES[seed % len(NAMES)] if seed < EVERYWHERE else "look_up"  # whose acts are far in
    walk = full().home().choose(f"service:{service}")
    for _ in range(60):
        touch(walk, chance)
        ask = walk.sent[-1] if walk.sent and isinstance(walk.sent[-1], Ask) else None
        if ask is not None and (left := sorted(refusal for request, refusal in found if request is type(ask.request))):
            return walk, ask, left[0]
        answer(walk, chance)
    return None


@pytest.mark.untraced
def test_each_refusal_of_each_request_is_told_with_a_way_on():
    left, seed = set(POSSIBLE), 0
    while left and seed < MOST:
        if (found := asked(seed, left)) is None:
            seed += 1
            continue
        walk, ask, refusal = found
        left.remove((type(ask.request), refusal))
        check_refused(walk, ask, refusal)
    assert left == set()
