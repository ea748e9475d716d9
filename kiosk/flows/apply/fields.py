"""The form: one question a screen, in the way each kind of field is best answered; what is wrong is said and kept to be corrected."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.answers import SEPARATOR, applies, clean
from kiosk.backend.messages import Person
from kiosk.backend.messages.catalogue import Guide
from kiosk.backend.messages.forms import Field, FieldKind, Form
from kiosk.flow import Answered, Around, End, Go, Move, Stay
from kiosk.flows.apply.facts import Facts
from kiosk.screens import Choose, Enter, Option, Pad, Screen
from kiosk.screens.entry import ChooseSome
from kiosk.steps import address
from kiosk.texts import Label, text

_PADS = {
    FieldKind.TEXT: Pad.TEXT,
    FieldKind.NAME: Pad.TEXT,
    FieldKind.ID_NUMBER: Pad.ID_NUMBER,
    FieldKind.PHONE: Pad.DIGITS,
    FieldKind.NUMBER: Pad.DIGITS,
    FieldKind.DATE: Pad.DIGITS,
    FieldKind.PLATE: Pad.PLATE,
}
_GROUPS = {FieldKind.ID_NUMBER: (6, 8, 4), FieldKind.PHONE: (3, 4, 4), FieldKind.DATE: (4, 2, 2)}
_LENGTHS = {
    FieldKind.ID_NUMBER: (18, 18),
    FieldKind.PHONE: (11, 12),
    FieldKind.DATE: (8, 8),
    FieldKind.PLATE: (7, 8),
}
_ONE_LINE = 40  # characters


def applicable(guide: Guide, around: Around) -> Label:
    """Why this cannot be applied for here, "" where it can: no form, or one with a field this program cannot ask for."""
    form = around.catalogue.form(guide.form) if guide.form else None
    if form is None:
        return text("apply-no-form")
    return "" if all(one.kind in tuple(FieldKind) for one in form.fields) else text("apply-newer-form")


def after_unknown(_: Facts, event: Event, _around: Around) -> Move[Facts]:
    """Home."""
    match event:
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None


def prefilled(form: Form, person: Person | None) -> dict[str, str]:
    """What the card says already is not asked again."""
    known = {"person.name": person.name, "person.number": person.number} if person else {}
    return {one.key: known[one.prefill] for one in form.fields if one.prefill in known}


def next_field(facts: Facts) -> Go[Facts]:
    """The next one that applies and is not answered; then the materials. A changed answer leads back to the check."""
    fields = facts.the_form.fields
    answers = {key: value for key, value in facts.answers.items() if any(one.key == key and applies(one, facts.answers) for one in fields)}
    new = replace(facts, answers=answers, picks=(), picked=(), wrong="")
    for at, one in enumerate(fields):
        if one.key not in answers and applies(one, answers):
            step = "division" if one.kind == FieldKind.ADDRESS else "field"
            return Go(step, replace(new, at=at, asked=one.label))
    return Go("check", replace(new, phone=new.phone_in_form or new.phone)) if facts.changing else Go("materials", new)


def field(facts: Facts, around: Around) -> Screen:
    """The question, as its kind is asked."""
    one = facts.asked_field
    match one.kind:
        case FieldKind.CHOICE:
            options = tuple(Option(value=choice.code, title=choice.name, icon="check") for choice in one.choices)
            skip = () if one.required else (Option(value="", title=text("apply-skip"), icon="minus-circle"),)
            return Choose(title=one.label, hint=one.hint or "", options=(*options, *skip))
        case FieldKind.CHOICES:
            options = tuple(Option(value=choice.code, title=choice.name) for choice in one.choices)
            return ChooseSome(
                title=one.label,
                hint=one.hint or text("apply-some"),
                options=options,
                picked=facts.picks,
                least=1 if one.required else 0,
                done=text("apply-next"),
            )
        case FieldKind.ADDRESS:
            street = address.street(facts, around, facts.wrong, facts.picks[0] if facts.picks else "")
            room = max(street.least, min(street.most, one.most - len(address.written(facts, ""))))
            return replace(street, most=room, skip=None if one.required else text("apply-skip"))
        case _:
            return _typed(facts, one)


def _typed(facts: Facts, one: Field) -> Enter:
    kind = FieldKind(one.kind)
    least, most = (1, len(str(one.most))) if kind is FieldKind.NUMBER else _LENGTHS.get(kind, (max(one.least, 1), one.most))
    return Enter(
        title=one.label,
        hint=one.hint or text(f"apply-hint-{kind}"),
        pad=_PADS[kind],
        least=least,
        most=most,
        groups=_GROUPS.get(kind, ()),
        value=facts.picks[0] if facts.picks else "",
        error=facts.wrong,
        lines=3 if kind is FieldKind.TEXT and one.most > _ONE_LINE else 1,
        skip=None if one.required else text("apply-skip"),
    )


def answered(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Taken when it is right; else it is said what is wrong, and it stays to be corrected."""
    one = facts.asked_field
    match event:
        case Answered(action="toggle", value=code) if any(choice.code == code for choice in one.choices):
            left = tuple(pick for pick in facts.picks if pick != code)
            return Stay(replace(facts, picks=left if code in facts.picks else (*facts.picks, code)))
        case Answered(action="done"):
            return _take(facts, SEPARATOR.join(facts.picks))
        case Answered(action="skip"):
            return _take(facts, "")
        case Answered(action="choose", value=code):
            return _take(facts, code)
        case Answered(action="enter", value=typed):
            return _take(facts, _as_sent(facts, one, typed), typed)
        case _:
            return None


def _as_sent(facts: Facts, one: Field, typed: str) -> str:
    match one.kind:
        case FieldKind.DATE if len(typed) == len("20260131"):
            return f"{typed[:4]}-{typed[4:6]}-{typed[6:]}"
        case FieldKind.ADDRESS:
            return address.written(facts, typed)
        case _:
            return typed


def _take(facts: Facts, value: str, typed: str = "") -> Move[Facts]:
    one = facts.asked_field
    right = clean(one, value)
    if right is None:
        return Go("field", replace(facts, wrong=text(f"apply-wrong-{one.kind}"), picks=(typed,) if typed else facts.picks))
    return next_field(replace(facts, answers={**facts.answers, one.key: right}))
