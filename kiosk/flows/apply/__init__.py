"""Apply here (自助申请): a declared form, materials from camera, phone or licence store, check, sign, submit, receipt."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.reviews import LicencesOfPerson
from kiosk.flow import Act, Answered, Around, End, Flow, Go, Move, Pace, Step, Subject
from kiosk.flows.apply import fields, materials, reach, receipt, send
from kiosk.flows.apply.facts import Facts
from kiosk.screens import Message, Question
from kiosk.steps import trouble_page
from kiosk.steps.address import address_steps
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.delivery import delivery_steps
from kiosk.steps.identify import by_card, known_or, the_person
from kiosk.steps.items import item_step
from kiosk.steps.printing import by_paper
from kiosk.texts import text


def _begin(facts: Facts, around: Around) -> Question | Message:
    form = around.catalogue.form(facts.chosen_guide.form)
    if form is None or fields.applicable(facts.chosen_guide, around):
        return trouble_page(text("apply-cannot"), fields.applicable(facts.chosen_guide, around), around)
    return Question(
        title=text("apply-begin"),
        points=(
            facts.chosen_guide.name,
            text("apply-begin-fields", n=len(form.fields)),
            *([text("apply-begin-materials", n=len(facts.due))] if facts.due else ()),
            text("apply-begin-kept"),
        ),
        yes=text("apply-begin-yes"),
        no=text("button-home"),
        icon="apply",
    )


def _begun(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    form = around.catalogue.form(facts.chosen_guide.form)
    match event:
        case Answered(action="yes") if form is not None and not fields.applicable(facts.chosen_guide, around):
            return Go(known_or(around, "form"), replace(facts, form=form))
        case Answered(action="no" | "primary" | "second"):
            return End()
        case _:
            return None


def _sheet(facts: Facts, _: Around) -> Question:
    return Question(
        title=facts.the_form.title,
        points=(text("apply-sheet-known"), text("apply-sheet-rest")),
        yes=text("apply-sheet-yes"),
        no=text("button-home"),
        icon="apply",
    )


def _sheeted(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes"):
            return fields.next_field(replace(facts, answers=fields.prefilled(facts.the_form, around.person)))
        case Answered(action="no"):
            return End()
        case _:
            return None


def _opened(subject: Subject, around: Around) -> Go[Facts]:
    guide = around.catalogue.guide(subject.item)
    if guide is None:
        return Go("item", Facts())
    return Go("begin", Facts(item=guide.code, guide=guide))


def _waiting(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """Touches count while the terminal waits for the phone."""
    return materials.phone_touched(facts, event) or _AWAIT.react(facts, event, around)


_AWAIT: Step[Facts] = asking(text("apply-waiting"), materials.await_phone, materials.phone_said, refused="away_phone")

FLOW: Flow[Facts] = Flow(
    name="apply",
    start="item",
    facts=Facts(),
    places=5,
    about=_opened,
    steps={
        **item_step(text("apply-which"), fields.applicable, "begin"),
        "begin": Step(screen=_begin, react=_begun, place=1),
        **by_card("form", "begin"),
        "form": Step(screen=_sheet, react=_sheeted, place=2),
        **address_steps("field", place=2),
        "field": Step(screen=fields.field, react=fields.answered, pace=Pace.ENTRY, place=2),
        "materials": asking(
            text("look-up-busy"), lambda _, a: LicencesOfPerson(person=the_person(a)), materials.got_licences, refused="away", place=3
        ),
        "away": refused_page(text("look-up-away"), again="materials"),
        "material": Step(screen=materials.material, react=materials.chosen, pace=Pace.ENTRY, place=3),
        "camera": Step(screen=materials.camera, react=materials.shoot, pace=Pace.ENTRY, place=3),
        "shoot": Step(
            screen=materials.shooting, enter=materials.take_page, react=materials.page_taken, passing=True, pace=Pace.WORKING, place=3
        ),
        "upload": asking(text("apply-uploading"), materials.upload, materials.uploaded, refused=materials.not_uploaded, place=3),
        "not_uploaded": refused_page(text("apply-not-uploaded"), again="upload"),
        "more": Step(screen=materials.more, react=materials.more_chosen, pace=Pace.ENTRY, place=3),
        "open_phone": asking(text("apply-opening"), materials.open_phone, materials.phone_open, refused="away_open", place=3),
        "away_open": refused_page(text("look-up-away"), again="open_phone"),
        "phone_code": replace(_AWAIT, screen=materials.phone_code, react=_waiting, pace=Pace.ENTRY, place=3),
        "away_phone": refused_page(text("look-up-away"), again="phone_code"),
        "phone": Step(screen=reach.phone, react=reach.phoned, pace=Pace.ENTRY, place=4),
        **delivery_steps("check", place=4),
        "check": Step(screen=send.check, react=send.checked, pace=Pace.ENTRY, place=5),
        "sign": Step(screen=send.sign, react=send.signed, pace=Pace.ENTRY, place=5),
        "submit": asking(
            text("apply-submitting"),
            send.submit,
            send.submitted,
            refused=send.not_submitted,
            act=lambda facts: Act(kind="application", subject=facts.nonce, detail=(("item", facts.item),)),
            place=5,
        ),
        "unsent": refused_page(text("apply-unsent"), again="submit", back=False),
        "refused": Step(screen=send.refused, react=fields.after_unknown, back=False),
        **by_paper(lambda facts, around: receipt.receipt_paper(facts.given, around), kind="receipt-print", done="done"),
        "done": Step(screen=receipt.done, react=receipt.seen, back=False, place=5),
    },
)
