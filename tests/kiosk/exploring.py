"""Every step of every service, each with the session as it stands there: found by trying whatever can happen from where one is."""

import copy
from dataclasses import fields, replace

from city_catalogue import a_head
from flow_values import MATTER
from made_catalogue import FOOD, FORM, PENSION, w
from test_any_services import HELPER, REPLIES, choices
from walking import CARD, PAPER_OUT, full

from drivers.contract import (
    CardRead,
    CodeScanned,
    Document,
    Failed,
    Frame,
    PageTaken,
    Print,
    PrintDocument,
    Printed,
    ReadCard,
    StatusChanged,
    TakePage,
)
from drivers.errors import Action, DeviceError, Reason
from kiosk.backend.messages import Ask, Refused, Replied
from kiosk.backend.messages.forms import Field
from kiosk.backend.messages.matters import MatterKind, MattersOfPerson
from kiosk.catalogue.catalogue import Catalogue
from kiosk.documents.messages import Compose, Composed
from kiosk.errors import BackendError, BackendReason, Refusal
from kiosk.flow import Answered, Typed
from kiosk.screens import Choose, Enter
from kiosk.screens.entry import CheckAnswers, ChooseSome
from kiosk.screens.reading import Grid, HallMap, Page, Search
from kiosk.services import NAMES

TOKEN = "A" * 22
CODES = (*(f"{kind}1:{TOKEN}" for kind in ("LCZC", "LCZB", "LCZR", "LCZM")), f"https://lucheng.example/t/{TOKEN}", "nonsense")
ACTIONS = ("start", "yes", "no", "primary", "second", "done", "skip", "other", "submit", "eye", "take", "use", "again", "print", "reprint")
TYPED = ("12345678", "13900000000", "测试·甲", "40", "20260401", "0016", "示范大街一号院二单元", "几点开门，要带什么材料呢？")
VARIANTS = 2  # places that look the same, with other facts: those lead to other steps


FULLER = replace(FORM, fields=(*FORM.fields, Field(key="where", label=w("经营场所"), kind="address", least=2, most=80)))
SAMPLED = replace(FOOD, materials=tuple(replace(one, sample=(w("样本"),), form=FORM.code if one.code == "plan" else "") for one in FOOD.materials))
CITY = Catalogue(a_head(forms=(FULLER,)), (SAMPLED, PENSION))


def fork(walk):
    """The same citizen at the same place, whose further way changes nothing for the first."""
    new, session = copy.copy(walk), copy.copy(walk.session)
    new.views, new.sent, new.acts, new.session = [walk.view], [], [], session
    session._send, session._show = new._send, new.views.append
    session._visit = replace(session._visit, path=list(session._visit.path))
    session._roles, session._idle = copy.copy(session._roles), copy.copy(session._idle)
    session._roles._statuses, session._roles._since = dict(session._roles._statuses), dict(session._roles._since)
    return new


def pending(walk):
    """The command that the citizen waits for."""
    return walk.session._visit.pending


def step(walk):
    here = walk.session._visit.here
    return here.flow.name, here.name


def step_acts(walk):
    return walk.session._visit.here.step.act is not None


def where(walk):
    """Step, looks, what is known and what is asked for: what is alike in these goes on alike."""
    screen, asked, facts = walk.screen, pending(walk), walk.session._visit.here.facts
    known = (walk.session.roles.usable("receipt_printer"), *(bool(getattr(facts, one.name)) for one in fields(facts)))
    request = asked.request if isinstance(asked, Ask) else asked
    looks = (*step(walk), type(screen).__name__, repr(getattr(screen, "title", "")), known[0], getattr(facts, "moving", False))
    return looks, (known, type(request).__name__)


def answers(command):
    """What may come of a command: good ones first."""
    match command:
        case Ask(id=id_, request=request):
            replies = REPLIES.get(type(request), ())
            if isinstance(request, MattersOfPerson):
                replies = (tuple(replace(MATTER, kind=kind, number=f"{kind}-1") for kind in MatterKind), ())
            good = tuple(Replied(id=id_, reply=reply) for reply in replies)
            errors = (*map(BackendError, BackendReason), *(BackendError(BackendReason.REFUSED, refusal=one) for one in Refusal))
            return good + tuple(Refused(id=id_, error=error) for error in errors)
        case Print(id=id_, role=role) | PrintDocument(id=id_, role=role):
            return (Printed(role=role, id=id_), failed(command))
        case ReadCard(id=id_, role=role):
            return (*(CardRead(role=role, id=id_, card=card) for card in (CARD, HELPER)), failed(command))
        case Compose(id=id_):
            return (Composed(id=id_, document=Document(pdf=b"%PDF"), pages=2), failed(command))
        case TakePage(id=id_, role=role):
            pages = (PageTaken(role=role, id=id_, page=Frame(jpeg=b"x", width=1, height=1, at=0.0), sharpness=sharp) for sharp in (1.0, 0.0))
            return (*pages, failed(command))
        case _:
            return ()


def failed(command, reason=Reason.PAPER_OUT):
    return Failed(role=command.role, id=command.id, error=DeviceError(reason, Action.CLEAR))


def touches(walk):
    """Whatever the screen can be answered with, as (action, value)."""
    screen = walk.screen
    match screen:
        case Enter():
            made = [("enter", typed) for typed in TYPED] + [("skip", "")]
        case ChooseSome():
            made = [("toggle", value) for value in choices(screen)[:3]] + [("done", ""), ("skip", "")]
        case CheckAnswers():
            made = [("submit", ""), ("second", ""), *(("change", row.key) for row in screen.rows)]
        case HallMap():
            made = [("choose", area.value) for area in screen.areas[:2]] + [("done", "")]
        case Choose() | Search() | Page() | Grid():
            made = [("choose", value) for value in choices(screen)]
        case _:
            made = [("choose", value) for value in choices(screen)] + [(action, "") for action in ACTIONS]
            made += [("sign", "M 1 2 L 3 4"), ("rate", "1"), ("rate", "5"), ("frame-back", "")]
    return made


def events(walk):
    """Whatever may happen next that leads on."""
    number, place, asked = walk.view.number, walk.view.place, pending(walk)
    touched = (Answered(view=number, action=action, value=value, nonce=f"n-{number}") for action, value in touches(walk))
    typed = (Typed(place=place, text="食品"),) if isinstance(walk.screen, Search) else ()
    away = (StatusChanged(role="receipt_printer", status=PAPER_OUT, changed=("state",)),) if step_acts(walk) else ()
    return (*answers(asked), *touched, *typed, *away, *(CodeScanned(role="scanner", text=code) for code in CODES))


def explore(catalogue=CITY, begin=lambda walk: walk):
    """Every place that can be come to, as walks; a step stands in it once for each of its looks, three at most."""
    home = begin(full(catalogue)).home()
    found, seen, count, left = [home], {where(home)}, {}, [home]
    for name in NAMES:
        walk = fork(home)
        walk.choose(f"service:{name}")
        left.append(walk)
    while left:
        here = left.pop(0)
        for event in events(here):
            walk = fork(here)
            walk.handle(event)
            mark = looks, _ = where(walk)
            if mark in seen or count.get(looks, 0) >= VARIANTS or looks[0] == "lobby":
                continue
            seen.add(mark)
            count[looks] = count.get(looks, 0) + 1
            found.append(walk)
            left.append(walk)
    return found
