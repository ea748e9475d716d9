"""From every place of every service: what nobody expects, what the office answers, a printer that dies, another catalogue, lost power."""

import logging
from dataclasses import replace
from datetime import datetime

import pytest
from city_catalogue import a_head
from exploring import CITY, CODES, answers, events, explore, failed, fork, pending, step, step_acts, touches
from made_catalogue import PENSION
from test_any_services import HELPER
from walking import CARD, GONE, NOON, ONLINE, SENTENCES, case, full, labels, ticket

from drivers.contract import (
    CardFound,
    CardRead,
    CardRemoved,
    CodeRejected,
    CodeScanned,
    Document,
    Failed,
    Frame,
    PageTaken,
    Print,
    PrintDocument,
    Printed,
)
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import Ask, GetHall, Refused, Replied, TakeTicket
from kiosk.backend.messages.applications import OpenHandOver
from kiosk.backend.messages.bookings import CheckIn, ConfirmBooking
from kiosk.catalogue.catalogue import EMPTY, Catalogue
from kiosk.documents.messages import Compose, Composed
from kiosk.errors import BackendError, BackendReason, Refusal
from kiosk.flow import CatalogueChanged
from kiosk.journal import FIELDS, Journal
from kiosk.services import Flows
from kiosk.terminal import Terminal
from kiosk.texts import text

pytestmark = pytest.mark.untraced
OUT_OF_ORDER = DeviceError(Reason.PAPER_OUT, Action.CLEAR)
NOBODYS = (  # answers that nobody waits for, and a card that is lifted
    CardRead(role="id_reader", id="nobody", card=HELPER),
    CardFound(role="id_reader", id="nobody"),
    CardRemoved(role="id_reader"),
    PageTaken(role="document_camera", id="nobody", page=Frame(jpeg=b"x", width=1, height=1, at=0.0), sharpness=1.0),
    Printed(role="receipt_printer", id="nobody"),
    Composed(id="nobody", document=Document(pdf=b"%PDF"), pages=1),
    Replied(id="nobody", reply=ticket()),
    Replied(id="nobody", reply=case()),
    Refused(id="nobody", error=BackendError(BackendReason.BROKEN)),
    *(Failed(role=role, id="nobody", error=OUT_OF_ORDER) for role in ("receipt_printer", "a4_printer", "id_reader", "office")),
)
SCANNED = (*(CodeScanned(role="scanner", text=code) for code in (*CODES, "甲\u202e\x00\ud800" * 999)), CodeRejected(role="scanner", reason="tooLong"))
TAKES_CODES = {  # where a code is waited for, or welcome without
    "lobby": {"home"}, "book": {"find", "scan"}, "check_in": {"find", "scan"}, "look_up": {"way", "code"}, "documents": {"way", "code"}, "rate": {"what", "code"},
    "position": {"scan", "shown"}, **{name: {"follow", "code"} for name in ("question", "order", "complain")},
}  # fmt: skip
ANY_LANGUAGE = TakeTicket | ConfirmBooking | CheckIn | OpenHandOver  # the office knows these again by nonce or token alone
NUMBERS = {  # what must be read where there is no paper of it
    **dict.fromkeys(("ticket", "check_in"), "A005"), **dict.fromkeys(("question", "order", "complain"), "ZX-1"), "apply": "LC9", "book": "1234 5678", "review": "YS-1",
}  # fmt: skip
RENAMED = replace(PENSION, form="gone", bookable=True, review=True, places=(), materials=())
POORER = Catalogue(
    a_head(
        version="v9", departments=(), themes=(), sites=(), notices=(), neighbours=(), forms=(), order_kinds=(), complaint_kinds=(), divisions={}, here="closed",
        rating=replace(CITY.head.rating, version=9, reasons={}),
    ),
    (RENAMED,),
)  # fmt: skip


@pytest.fixture(scope="module")
def places():
    return explore()


@pytest.fixture(scope="module")
def one_each(places):
    """One place of each step."""
    return tuple({step(walk): walk for walk in places}.values())


def printed_again(walk):
    """The places where it is printed once more, three touches away at most, and the nearest ones."""
    left = touched(walk)
    for _ in range(2):
        if again := [one for one in left if isinstance(pending(one), Print | Compose)]:
            return again
        near = {step(one): one for one in left if step(one)[0] == step(walk)[0] and pending(one) is None}
        left = [further for one in near.values() for further in touched(one)]
    return [one for one in left if isinstance(pending(one), Print | Compose)]


def state(walk):
    visit = walk.session._visit
    screen = replace(walk.view, frame=replace(walk.view.frame, countdown=0))
    return step(walk), screen, pending(walk), visit.person, visit.agent, [one for one in walk.sent if not (isinstance(one, Ask) and isinstance(one.request, GetHall))]


def act_of(walk):
    """The row of the step's act."""
    here = walk.session._visit.here
    return here.step.act(here.facts)


def said(walk):
    """All that is shown, in both languages."""
    shown = [label for label in labels(walk.screen) if label]
    assert all(isinstance(SENTENCES.say("en", label), str) for label in shown)
    return " ".join(SENTENCES.say("zh-CN", label) for label in shown)


def after(walk, event):
    return fork(walk).handle(event)


def touched(walk):
    """What comes of each touch of the screen."""
    return [fork(walk).touch(action, value, nonce="again") for action, value in touches(walk)]


def mattering(walk):
    """Whatever may happen next and look into the catalogue."""
    return [event for event in events(walk) if not isinstance(event, Refused)]


def asked(walk, kind):
    return [one.request for one in walk.sent if isinstance(one, Ask) and isinstance(one.request, kind)]


def test_all_steps_but_a_few_are_come_to(places):
    steps = {(name, at) for name, flow in Flows().items() for at in flow.steps}
    left = steps - {step(walk) for walk in places}
    assert len(left) <= 6, left


def test_what_nobody_waits_for_changes_nothing_anywhere(places):
    for walk in places:
        for event in NOBODYS:
            assert state(after(walk, event)) == state(fork(walk)), (step(walk), event)


def test_a_code_is_heard_only_where_it_is_waited_for_and_never_is_an_act(places):
    heard = {}
    for walk in places:
        for event in SCANNED:
            new = after(walk, event)
            assert new.acts == [], step(walk)
            assert said(new)
            if state(new) != state(fork(walk)):
                heard.setdefault(step(walk)[0], set()).add(step(walk)[1])
    assert heard == TAKES_CODES


def test_a_card_lifted_to_make_room_for_the_one_that_is_asked_for_ends_nothing(places):
    """Whoever is asked for another card must take theirs off first."""
    seen = set()
    for walk in places:
        if walk.session._visit.card_held and step(walk) in {("agent", "person"), ("look_up", "owner_card")}:
            new = after(walk, CardRemoved(role="id_reader")).tick(20)
            assert (step(new), new.view.frame.countdown) == (step(walk), 0)
            seen.add(step(walk))
    assert len(seen) == 2


def test_whatever_the_office_answers_there_is_a_word_and_a_way_on(one_each):
    errors = (*map(BackendError, BackendReason), *(BackendError(BackendReason.REFUSED, refusal=one) for one in Refusal))
    for walk in one_each:
        if isinstance(command := pending(walk), Ask):
            ends = {}
            for error in errors:
                new = after(walk, Refused(id=command.id, error=error))
                assert said(new)
                assert step(new) != step(walk) or pending(new) is not None, (step(walk), error)
                ends[step(new)] = new
            for new in ends.values():
                assert pending(new) is not None or any(state(one) != state(fork(new)) for one in touched(new)), (step(walk), step(new))


def test_an_act_nobody_knows_the_end_of_is_never_gone_back_from_and_asked_again_as_it_was(places):
    """Whatever was changed meanwhile: the frame's language is the one thing that can be."""
    seen = set()
    for walk in {(*step(walk), type(pending(walk))): walk for walk in places if step_acts(walk)}.values():
        if isinstance(command := pending(walk), Ask):
            request = command.request
            lost = after(walk, Refused(id=command.id, error=BackendError(BackendReason.TIMEOUT)))
            assert not lost.view.frame.back
            for language in ("zh-CN", "en"):
                again = [one for new in touched(fork(lost).touch("frame-language", language)) for one in asked(new, type(request))]
                assert again, step(walk)
                like = replace(request, language=language) if isinstance(request, ANY_LANGUAGE) else request
                assert all(one == like for one in again), step(walk)
            seen.add(type(request).__name__)
    assert len(seen) >= 13, seen


def test_a_paper_that_does_not_come_leaves_the_number_and_is_offered_again_and_nothing_is_done_twice(one_each):
    jobs = [walk for walk in one_each if isinstance(pending(walk), Print | PrintDocument | Compose)]
    for walk in jobs:
        job, kinds = pending(walk), {act_of(walk).kind} if step_acts(walk) else set()
        for reason in (Reason.PAPER_OUT, Reason.SILENT, Reason.UNPLUGGED):
            new = fork(walk).status(job.role, GONE).handle(failed(job, reason))
            assert step(new) != step(walk)
            assert SENTENCES.say("zh-CN", text(DeviceError(reason, Action.WAIT).key)) in said(new), step(walk)
            assert NUMBERS.get(step(walk)[0], "") in said(new), step(walk)
        again = printed_again(new.status(job.role, ONLINE).status("a4_printer", ONLINE))
        assert again, step(walk)
        for one in again:
            assert not isinstance(job, Print) or pending(one).paper == job.paper, step(walk)
            assert {act.kind for _, act in one.acts} <= kinds, step(walk)
    assert {step(walk)[0] for walk in jobs} >= {*NUMBERS, "guides", "documents", "look_up"}


def test_a_printer_that_dies_before_the_act_is_answered_is_not_asked_and_the_number_is_read(places):
    seen = set()
    for walk in places:
        if isinstance(pending(walk), Ask) and step_acts(walk) and walk.session.roles.usable("receipt_printer"):
            for answer in answers(pending(walk)):
                if isinstance(answer, Replied) and isinstance(pending(after(walk, answer)), Print):
                    new = fork(walk).status("receipt_printer", GONE).handle(answer)
                    assert not [one for one in new.sent if isinstance(one, Print)]
                    assert NUMBERS[step(walk)[0]] in said(new)
                    assert any(isinstance(pending(one), Print) for one in touched(new.status("receipt_printer", ONLINE))), step(walk)
                    seen.add(step(walk)[0])
    assert seen == NUMBERS.keys() - {"review"}  # which is on A4, when it is wished for


@pytest.mark.parametrize("new", [POORER, EMPTY], ids=["poorer", "empty"])
def test_another_catalogue_in_the_middle_changes_nothing_under_anybodys_finger(one_each, new):
    for walk in one_each:
        switched = fork(walk).handle(CatalogueChanged(catalogue=new)).tick(1)
        assert switched.view == fork(walk).tick(1).view, step(walk)
        for event in mattering(walk):
            was, now = after(walk, event), after(switched, event)
            if step(was)[0] != "lobby":
                assert (step(now), now.screen) == (step(was), was.screen), (step(walk), event)


def test_a_catalogue_that_comes_to_a_machine_without_one_finds_every_service_sayable():
    """Without a catalogue a booking is checked in, a case looked up, a ticket taken, and what needs one opens as soon as it is there."""
    without = explore(EMPTY, lambda walk: walk.status("catalogue", GONE))
    found = {step(walk)[0] for walk in without}
    assert found >= {"ticket", "check_in", "look_up", "mine", "position", "documents", "rate", "agent"}
    for walk in {step(walk): walk for walk in without}.values():
        new = fork(walk).handle(CatalogueChanged(catalogue=POORER)).status("catalogue", ONLINE).tick(1)
        for event in mattering(new):
            assert said(after(new, event)), step(walk)


def test_power_lost_behind_any_act_is_known_at_the_next_start_and_names_nobody(places, tmp_path, caplog):
    """The row was there before the command: what had no end is said by its kind, once, and asked for again by nobody."""
    acts = {act.kind: act for act in map(act_of, filter(step_acts, places))}
    assert acts.keys() == FIELDS.keys()
    path, sent = tmp_path / "journal.db", []
    before = Journal(path)
    for kind, act in acts.items():
        before.begin(kind, act, NOON)
    place = full().session._place
    for shut in (before.close, lambda: None):
        terminal = Terminal(place, {}, Journal(path), show=lambda _: None, post=sent.append, clock=lambda: datetime.now().astimezone())
        terminal.begin()
        with caplog.at_level(logging.WARNING):
            terminal.start()
            terminal.stop()
        shut()
    interrupted = [record.getMessage() for record in caplog.records if "interrupted" in record.getMessage()]
    assert sorted(line.split()[2] for line in interrupted) == sorted(acts)
    assert sent == []
    written = path.read_bytes().decode("utf-8", "replace") + " ".join(interrupted)
    assert not [secret for secret in (CARD.name, CARD.number, HELPER.number, "13900000000", "几点开门") if secret in written]
