"""What the citizen wrote: answers against their form, the signature, where the result is to go. All faults are named at once."""

from collections.abc import Iterator, Mapping

from kiosk.answers import applies, clean, valid_phone
from kiosk.backend.messages.cases import Delivery, DeliveryKind
from kiosk.backend.messages.forms import Form
from kiosk.office.applications.signature import strokes

_LEAST_ADDRESS = 6  # characters


def cleaned(form: Form, answers: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The answers as they are kept, and the keys of those that are wrong.

    A field that is not asked for has no answer; an answer to no field of the form is wrong as `answers`.
    """
    kept, wrong = dict[str, str](), list[str]()
    for field in form.fields:
        given = answers.get(field.key)
        if not applies(field, kept):
            wrong += [field.key] if given is not None else []
            continue
        value = clean(field, given or "")
        if value is None:
            wrong.append(field.key)
        elif value:
            kept[field.key] = value
    if answers.keys() - {field.key for field in form.fields}:
        wrong.append("answers")
    return kept, tuple(wrong)


def signature_faults(form: Form, signature: str) -> Iterator[str]:
    """`signature`, where one is asked for and is none, or none is asked for and is one."""
    if not form.signed:
        yield from ("signature",) if signature else ()
        return
    try:
        strokes(signature)
    except ValueError:
        yield "signature"


def delivery_faults(delivery: Delivery) -> Iterator[str]:
    """Keys of what is missing for the post; the other ways need nothing."""
    if delivery.kind is DeliveryKind.POST:
        if not delivery.receiver.strip():
            yield "delivery.receiver"
        if not valid_phone(delivery.phone):
            yield "delivery.phone"
        if len(delivery.address.strip()) < _LEAST_ADDRESS:
            yield "delivery.address"


def plain_delivery(delivery: Delivery) -> dict[str, str]:
    """As it is stored: with an address only where something is posted."""
    if delivery.kind is not DeliveryKind.POST:
        return {"kind": delivery.kind.value}
    return {
        "kind": delivery.kind.value,
        "receiver": delivery.receiver.strip(),
        "phone": delivery.phone,
        "address": delivery.address.strip(),
    }
