"""Everything once more, the signature, and the submission."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.answers import SEPARATOR
from kiosk.backend.messages.applications import GivenMaterial, Receipt, Submit
from kiosk.backend.messages.forms import Field, FieldKind
from kiosk.backend.messages.reviews import MaterialAnswer
from kiosk.errors import BackendError, Refusal
from kiosk.flow import Answered, Around, Go, Move
from kiosk.flows.apply.facts import Facts
from kiosk.flows.apply.fields import next_field
from kiosk.flows.apply.materials import next_material
from kiosk.masks import mask_number
from kiosk.screens import Message
from kiosk.screens.entry import AnswerRow, CheckAnswers, Sign
from kiosk.steps import PRINTER, trouble_page
from kiosk.steps.delivery import change_delivery, delivery_rows
from kiosk.steps.identify import the_person
from kiosk.steps.phone import hidden
from kiosk.texts import Label, text

_WORDS = {
    MaterialAnswer.LICENCE: "review-licence",
    MaterialAnswer.LATER: "review-later",
    MaterialAnswer.NOT_NEEDED: "review-not-needed",
}


def check(facts: Facts, around: Around) -> CheckAnswers:
    """Every answer, every material; the problem the office found stands beside what it is about."""
    fields = tuple(
        AnswerRow(key=f"field:{one.key}", label=one.label, value=_shown(one, facts.answers.get(one.key, ""), around))
        for one in facts.fields
    )
    materials = tuple(
        AnswerRow(
            key="" if facts.materials[one.code].answer is MaterialAnswer.LICENCE else f"material:{one.code}",
            label=one.name,
            value=_how(facts.materials[one.code]),
        )
        for one in facts.due
    )
    contact = AnswerRow(key="phone", label=text("apply-contact"), value=hidden(facts.phone))
    return CheckAnswers(
        title=text("apply-check"),
        hint=facts.wrong or facts.chosen_guide.name,
        rows=(
            *fields,
            *materials,
            *(() if facts.phone == facts.phone_in_form else (contact,)),
            *delivery_rows(facts),
        ),
        declaration=facts.the_form.declaration,
        submit=text("apply-sign" if facts.the_form.signed else "apply-submit"),
    )


def _how(given: GivenMaterial) -> Label:
    if given.answer in _WORDS:
        return text(_WORDS[given.answer])
    return text("apply-pages", n=len(given.uploads))


def _shown(one: Field, value: str, around: Around) -> Label:
    """As it may be seen over a shoulder; what was chosen, by its names."""
    match one.kind:
        case _ if not value:
            return text("apply-nothing")
        case FieldKind.CHOICE | FieldKind.CHOICES:
            names = (around.say(choice.name) for choice in one.choices if choice.code in value.split(SEPARATOR))
            return ("、" if around.language.startswith("zh") else ", ").join(names)
        case FieldKind.ID_NUMBER:
            return mask_number(value)
        case FieldKind.PHONE:
            return hidden(value)
        case _:
            return value


def checked(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """Sign and send, or give something anew."""
    match event:
        case Answered(action="change", value="phone"):
            return Go("phone", replace(facts, changing=True, wrong=""))
        case Answered(action="change", value=value):
            return change_delivery(facts, value, around) or _change(replace(facts, changing=True, wrong=""), value)
        case Answered(action="submit", nonce=nonce):
            new = replace(facts, nonce=nonce, language=around.language, changing=False, wrong="")
            return Go("sign" if facts.the_form.signed else "submit", new)
        case _:
            return None


def _change(facts: Facts, value: str) -> Move[Facts]:
    kind, _, key = value.partition(":")
    if kind == "field" and key in facts.answers:
        return next_field(replace(facts, answers={k: v for k, v in facts.answers.items() if k != key}))
    if kind == "material" and key in facts.materials:
        return next_material(replace(facts, materials={k: v for k, v in facts.materials.items() if k != key}))
    return None


def sign(facts: Facts, _: Around) -> Sign:
    """One's name under the declaration."""
    return Sign(title=text("apply-sign-title"), hint=text("apply-sign-hint"), declaration=facts.the_form.declaration, error=facts.wrong)


def signed(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Send it."""
    match event:
        case Answered(action="sign", value=path, nonce=nonce) if path:
            return Go("submit", replace(facts, signature=path, nonce=nonce))
        case _:
            return None


def submit(facts: Facts, around: Around) -> Submit:
    """Everything."""
    assert facts.delivery is not None  # noqa: S101 - it was asked before the check
    return Submit(
        nonce=facts.nonce,
        item=facts.item,
        item_version=facts.chosen_guide.version,
        form=facts.the_form.code,
        form_version=facts.the_form.version,
        person=the_person(around),
        agent=around.agent,
        phone=facts.phone,
        answers={key: value for key, value in facts.answers.items() if value},
        materials=facts.materials,
        delivery=facts.delivery,
        signature=facts.signature,
        language=facts.language,
    )


def submitted(facts: Facts, reply: object, around: Around) -> Move[Facts]:
    """The receipt, on paper where there can be one; nothing of what was typed is needed any more."""
    if not isinstance(reply, Receipt):
        return None
    new = Facts(item=facts.item, guide=facts.guide, nonce=facts.nonce, receipt=reply)
    return Go("print" if around.trouble(PRINTER) is None else "done", new)


def not_submitted(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    """What can be put right is put right without typing everything again."""
    match error.refusal:
        case None:
            return Go("unsent", facts)
        case Refusal.LICENCE_INVALID:
            return Go("materials", replace(facts, changing=True, wrong=facts.why, signature=""))
        case Refusal.FORM_INVALID | Refusal.MATERIAL_MISSING | Refusal.PROMISE_BARRED:
            return Go("check", replace(facts, wrong=facts.why, signature=""))
        case _:
            return Go("refused", facts)


def refused(facts: Facts, around: Around) -> Message:
    """Why it is not taken."""
    return trouble_page(text("apply-refused"), facts.why, around)
