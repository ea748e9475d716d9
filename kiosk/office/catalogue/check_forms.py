"""The publishing check of forms: kinds of fields, limits, choices, conditions."""

from collections.abc import Iterator

from kiosk.answers import LONGEST
from kiosk.backend.messages import Words
from kiosk.backend.messages.forms import Field, FieldKind, Form
from kiosk.office.catalogue.findings import Finding, bad_codes, bad_version, bad_words

_KINDS = frozenset(FieldKind)
_PICKED = {FieldKind.CHOICE, FieldKind.CHOICES}
_WRITTEN = {FieldKind.TEXT, FieldKind.NAME, FieldKind.ADDRESS}
_PREFILLS = {"", "person.name", "person.number", "person.address"}


def check_form(form: Form) -> Iterator[Finding]:
    """All there is to say about the form."""
    where, seen = f"form {form.code}", dict[str, Field]()
    yield from bad_version(where, form.version)
    if not form.fields:
        yield Finding(where, "has no fields")
    yield from bad_codes(where, (field.key for field in form.fields))
    yield from bad_words(where, _words(form))
    for field in form.fields:
        yield from _check_field(f"{where}, field {field.key}", field, seen)
        seen[field.key] = field


def _check_field(where: str, field: Field, before: dict[str, Field]) -> Iterator[Finding]:
    if field.kind not in _KINDS:
        yield Finding(where, f"has the kind {field.kind}, which today's terminals do not know: they take it as text", fault=False)
    if field.kind in _PICKED and not field.choices:
        yield Finding(where, "has nothing to choose from")
    yield from bad_codes(where, (choice.code for choice in field.choices))
    yield from (Finding(where, f"code {one.code} has a comma, which joins several") for one in field.choices if "," in one.code)
    if not 0 <= field.least <= field.most:
        yield Finding(where, f"limits {field.least} to {field.most} make no sense")
    if field.kind in _WRITTEN and field.most > LONGEST:
        yield Finding(where, f"takes {field.most} characters, of which no more than {LONGEST} can be handed in")
    if field.prefill not in _PREFILLS:
        yield Finding(where, f"prefill {field.prefill} is none of {', '.join(sorted(_PREFILLS - {''}))}")
    if field.only_if:
        yield from _check_condition(where, *field.only_if, before)


def _check_condition(where: str, key: str, value: str, before: dict[str, Field]) -> Iterator[Finding]:
    """A field may depend on one asked before it, and on a value that one can have."""
    asked = before.get(key)
    if asked is None:
        yield Finding(where, f"depends on {key}, which is not asked before it")
    elif asked.kind in _PICKED and value not in {choice.code for choice in asked.choices}:
        yield Finding(where, f"depends on {key} being {value}, which it cannot be")


def _words(form: Form) -> Iterator[Words]:
    yield from (form.title, form.declaration)
    for field in form.fields:
        yield field.label
        if field.hint:
            yield field.hint
        yield from (choice.name for choice in field.choices)
