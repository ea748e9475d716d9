"""Whatever happens in whatever order in any of the services: something sayable is shown, and no act leaves without its row."""

import random
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime

import pytest
from flow_values import BOOKING, DAYS, DOCUMENT, HAND_OVER, LICENCE, MATTER, POSITION, RECEIPT, REVIEW, UPLOAD
from made_catalogue import catalogue
from msgspec.structs import replace as changed
from walking import CARD, FULL, GONE, ONLINE, PAPER_OUT, SENTENCES, case, full, labels, queue, ticket

from drivers.contract import (
    CardFound,
    CardRead,
    CardRemoved,
    CodeScanned,
    Document,
    Failed,
    Frame,
    PageTaken,
    Print,
    PrintDocument,
    Printed,
    ReadCard,
    TakePage,
)
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import (
    Ask,
    CaseAct,
    CaseByToken,
    CasesOfPerson,
    CaseState,
    CaseSummary,
    FollowTicket,
    ListQueues,
    Refused,
    Replied,
    SetDelivery,
    TakeTicket,
    Urge,
    UrgeCase,
)
from kiosk.backend.messages.applications import AwaitHandOver, OpenHandOver, Submit, UploadPicture
from kiosk.backend.messages.bookings import (
    BookingByCode,
    BookingByToken,
    BookingsOfPerson,
    BookingState,
    CancelBooking,
    ChangeBooking,
    CheckIn,
    ConfirmBooking,
    HoldSlot,
    ListBookingDays,
)
from kiosk.backend.messages.documents import PrintLicence, PrintResult
from kiosk.backend.messages.matters import FileMatter, MatterByNumber, MatterByToken, MattersOfPerson, MatterState
from kiosk.backend.messages.ratings import Rate, Rated
from kiosk.backend.messages.reviews import LicencesOfPerson, ReviewByToken, SubmitReview
from kiosk.catalogue.catalogue import EMPTY
from kiosk.documents.messages import Compose, Composed
from kiosk.errors import BackendError, BackendReason, Refusal
from kiosk.flow import CatalogueChanged, Open
from kiosk.journal import FIELDS
from kiosk.screens import CaseShown, Choose, Enter, Home, Question
from kiosk.screens.entry import Camera, CheckAnswers, ChooseSome, Rating, Sign
from kiosk.screens.reading import Grid, HallMap, Page, Search
from kiosk.services import NAMES, Flows
from ui.icons import glyphs

TOKEN = "A" * 22
HELPER = changed(CARD, name="测试·帮手", number="999999198001010024")
CASE = case(acts=tuple(CaseAct), state=CaseState.OVERDUE)
SUMMARY = CaseSummary(number="1", item=CASE.item, state=CaseState.APPROVED, accepted=CASE.accepted, token=TOKEN)
REPLIES = {
    ListQueues: ((queue(ahead=9), queue("licence")), ()),
    TakeTicket: (ticket(), ticket(offline=True, follow="")),
    FollowTicket: (POSITION,),
    CheckIn: (ticket(),),
    CasesOfPerson: ((SUMMARY,), ()),
    CaseByToken: (CASE, case()),
    UrgeCase: (Urge(number="CB-1", case="1", at=datetime(2026, 3, 4, tzinfo=UTC), due=date(2026, 3, 9)),),
    SetDelivery: (CASE, case()),
    ListBookingDays: (DAYS, ()),
    HoldSlot: (replace(BOOKING, state=BookingState.HELD),),
    ConfirmBooking: (BOOKING,),
    ChangeBooking: (BOOKING,),
    CancelBooking: (replace(BOOKING, state=BookingState.CANCELLED),),
    BookingByToken: (BOOKING, replace(BOOKING, state=BookingState.MISSED, held_until=None)),
    BookingByCode: (BOOKING,),
    BookingsOfPerson: ((BOOKING,), ()),
    LicencesOfPerson: ((LICENCE,), ()),
    SubmitReview: (REVIEW, replace(REVIEW, passed=False, queue="")),
    ReviewByToken: (REVIEW,),
    UploadPicture: (UPLOAD,),
    OpenHandOver: (HAND_OVER,),
    AwaitHandOver: (HAND_OVER, replace(HAND_OVER, received=(UPLOAD,)), replace(HAND_OVER, received=(UPLOAD,), closed=True)),
    Submit: (RECEIPT,),
    PrintResult: (DOCUMENT,),
    PrintLicence: (DOCUMENT,),
    FileMatter: (MATTER,),
    MatterByNumber: (MATTER,),
    MatterByToken: (replace(MATTER, state=MatterState.ANSWERED, answer="好", can_rate=True),),
    MattersOfPerson: ((MATTER,), ()),
    Rate: (Rated(number="PJ-1", follow_up=None),),
}
FREE = ("start", "yes", "no", "primary", "second", "done", "skip", "other", "submit", "eye", "take", "use", "again", "print", "reprint")
FRAME = ("frame-back", "frame-back", "frame-end", "frame-language", "frame-care", "nonsense")
COMMANDS = (Ask, Print, PrintDocument, ReadCard, Compose, TakePage)


def icons_of(value):
    if is_dataclass(value):
        names = {field.name: getattr(value, field.name) for field in fields(value)}
        return {names["icon"] for _ in names if "icon" in names}.union(*(icons_of(one) for one in names.values()))
    return set().union(*map(icons_of, value)) if isinstance(value, tuple) else set()


def choices(screen):
    """What can be touched on it, and something that cannot."""
    match screen:
        case Choose() | ChooseSome():
            options = screen.options
        case Search():
            options = (*screen.results, *screen.chips)
        case Page():
            options = screen.actions
        case Grid():
            options = tuple(one for group in screen.groups for one in group.options)
        case Home():
            options = (*screen.quick, *screen.entrances)
        case CaseShown():
            options = screen.more
        case _:
            options = ()
    return [option.value for option in options] + ["nonsense", "", "9"]


TYPED = ("12345678", "13900000000", "测试·甲", "40", "20260401", "1010", "GD-1", "几点开门呢？", "", "\u202e\x00", "甲" * 600)


def touch(walk, chance):  # noqa: C901 - one case a screen
    screen = walk.screen
    match screen:
        case Choose() | Search() | Page() | Grid() | Home():
            action, value = "choose", chance.choice(choices(screen))
        case CaseShown():
            action, value = chance.choice(["choose"] * 4 + ["print", "eye", "done"]), chance.choice(choices(screen))
        case ChooseSome():
            action, value = chance.choice(["toggle", "toggle", "done", "skip"]), chance.choice(choices(screen))
        case Enter():
            action, value = chance.choice(["enter"] * 5 + ["skip"]), chance.choice(TYPED)
        case CheckAnswers():
            action, value = chance.choice(["submit", "submit", "change"]), chance.choice([row.key for row in screen.rows] + ["x"])
        case HallMap():
            action, value = chance.choice(["floor", "choose", "done"]), chance.choice([area.value for area in screen.areas] + ["x"])
        case Sign():
            action, value = "sign", "M 1 2 L 3 4"
        case Rating():
            action, value = chance.choice(["rate", "rate", "skip"]), chance.choice("12345")
        case Camera():
            action, value = chance.choice(["take", "use", "use", "again", "other"]), ""
        case Question():
            action, value = chance.choice(["yes", "yes", "yes", "no"]), ""
        case _:
            action, value = chance.choice(FREE), ""
    if chance.random() < 0.04:
        action, value = chance.choice(FREE + FRAME), ""
    walk.touch(action, value, nonce=f"nonce-{len(walk.views)}-{len(walk.sent)}")


def answer(walk, chance):
    match chance.choice([one for one in walk.sent if isinstance(one, COMMANDS)][-1:] or [None]):
        case Ask(id=id_, request=request) if type(request) in REPLIES:
            walk.handle(Replied(id=id_, reply=chance.choice(REPLIES[type(request)])))
        case Print(id=id_, role=role) | PrintDocument(id=id_, role=role):
            walk.handle(Printed(role=role, id=id_))
        case ReadCard(id=id_, role=role):
            card = chance.choice((CARD, HELPER))
            walk.handle(chance.choice([CardFound(role=role, id=id_), CardRead(role=role, id=id_, card=card)]))
        case Compose(id=id_):
            walk.handle(Composed(id=id_, document=Document(pdf=b"%PDF"), pages=2))
        case TakePage(id=id_, role=role):
            walk.handle(PageTaken(role=role, id=id_, page=Frame(jpeg=b"x", width=1, height=1, at=0.0), sharpness=1.0))


def fail(walk, chance):
    match chance.choice([one for one in walk.sent if isinstance(one, COMMANDS)][-2:] or [None]):
        case Ask(id=id_):
            errors = [BackendError(reason) for reason in BackendReason] * 3 + [BackendError(BackendReason.REFUSED, refusal=one) for one in Refusal]
            walk.handle(Refused(id=id_, error=chance.choice(errors)))
        case None:
            pass
        case command:
            walk.handle(Failed(role=command.role, id=command.id, error=DeviceError(chance.choice(list(Reason)), Action.WAIT)))


def stray(walk, chance):
    codes = ["LCZC1:", "LCZB1:", "LCZR1:", "LCZM1:", "https://lucheng.example/t/", "\x1b@"]
    events = [*(CodeScanned(role="scanner", text=code + TOKEN) for code in codes * 2), CardRemoved(role="id_reader")]
    walk.handle(chance.choice([*events, CatalogueChanged(catalogue=catalogue(version="v2"))]))


def happen(walk, chance):
    match chance.choice(("touch",) * 12 + ("answer",) * 12 + ("fail", "stray", "tick", "status", "type")):
        case "touch":
            touch(walk, chance)
        case "answer":
            answer(walk, chance)
        case "fail":
            fail(walk, chance)
        case "stray":
            stray(walk, chance)
        case "tick":
            walk.tick(chance.choice([0, 1, 1, 1, 21, 65, 95, 1000]))
        case "type":
            walk.type(chance.choice(TYPED))
        case "status":
            walk.status(chance.choice(FULL), chance.choice([ONLINE] * 5 + [GONE, PAPER_OUT]))


def check(walk):
    for label in labels(walk.screen):
        assert isinstance(SENTENCES.say(walk.view.frame.language, label), str)
    assert icons_of(walk.screen) <= glyphs().keys() | {""}
    if walk.name == "Attract":
        visit = walk.session.__dict__["_visit"]
        assert "甲一" not in repr([stop.facts for stop in visit.path])
        assert (visit.person, visit.agent) == (None, None)
        walk.home()


ACTS = (TakeTicket, HoldSlot, ConfirmBooking, ChangeBooking, CancelBooking, CheckIn, SubmitReview, Submit, FileMatter, Rate, UrgeCase, SetDelivery, PrintResult, PrintLicence)


def visit(seed):
    """One citizen in one service; the steps that were seen."""
    chance, seen = random.Random(seed), set()
    walk = full().home().choose(f"service:{NAMES[seed % len(NAMES)]}")
    for _ in range(60):
        happen(walk, chance)
        check(walk)
        seen.add((walk.session._visit.here.flow.name, walk.here))
    ids = [command.id for command in walk.sent]
    assert len(set(ids)) == len(ids)
    for _, act in walk.acts:
        assert {name for name, _ in act.detail} <= FIELDS[act.kind]
    rows = {id_ for id_, _ in walk.acts}
    acts = [one for one in walk.sent if isinstance(one, Print | PrintDocument) or (isinstance(one, Ask) and isinstance(one.request, ACTS))]
    assert [one.id for one in acts if one.id not in rows] == []
    return seen


FEW, MANY = range(240), range(240, 1_200)  # what a few go over counts for coverage; tracing the rest would take three times as long


@pytest.mark.parametrize("seeds", [FEW, pytest.param(MANY, marks=[pytest.mark.untraced, pytest.mark.timeout(1800)])], ids=["few", "many"])
def test_whatever_happens_in_any_service_is_shown_and_no_act_leaves_without_its_row(heavy, seeds):
    seeds = range(MANY.start, 20_000) if heavy and seeds is MANY else seeds
    seen = set()
    for seed in seeds:
        try:
            seen |= visit(seed)
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
    steps = {(name, step) for name, flow in Flows().items() for step in flow.steps}
    print(f"{seeds}: {len(seen & steps)} of {len(steps)} steps seen")  # noqa: T201 - a failure shows it
    assert len(seen & steps) > (0.6 if seeds is FEW else 0.8) * len(steps), sorted(steps - seen)


def test_every_service_opens_with_every_role_and_without_any():
    for name in NAMES:
        walk = full().service(name)
        assert walk.name != "Home", name
        check(walk)
        walk = full(EMPTY)
        for role in FULL:
            walk.status(role, GONE)
        walk.service(name)
        assert walk.name == "Home", name


def test_opening_a_service_that_is_not_here_leaves_one_where_one_is():
    assert Open("nothing").service == "nothing"
    walk = full().home().choose("service:nothing")
    assert walk.name == "Home"
