"""Taking a guide along: on the phone, or on paper with its forms."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.documents.sheets import Sheets
from kiosk.flow import Answered, Around, End, Go
from kiosk.flows.guides.facts import Facts, Move, url_of
from kiosk.flows.guides.show import form_options
from kiosk.screens import Choose, Message, Option, Tone
from kiosk.screens.reading import ShowCode
from kiosk.steps.printing import A4_PRINTER
from kiosk.texts import text
from kiosk.views.guide_sheets import form_sheets, guide_sheets, theme_sheets


def options(facts: Facts, around: Around) -> tuple[Option, ...]:
    """Phone first, it costs no paper; then the guide, then each form of the item blank and filled in."""
    shown, trouble = facts.shown, around.trouble(A4_PRINTER)
    on_phone = Option(value="phone", title=text("take-phone"), about=text("take-phone-about"), icon="phone")
    if not url_of(shown, around):
        on_phone = replace(on_phone, enabled=False, why=text("take-phone-none"))
    on_paper = Option(value="guide", title=text("take-guide"), about=text("take-guide-about"), icon="print")
    if trouble is not None:
        on_paper = replace(on_paper, enabled=False, why=trouble)
    forms = dict.fromkeys((shown.form, *(material.form for material in shown.materials)))
    return (on_phone, on_paper, *(option for code in forms if code for option in form_options(code, around)))


def take(facts: Facts, around: Around) -> Choose:
    """The ways to take it along."""
    return Choose(title=text("guide-take"), hint=facts.shown.name, options=options(facts, around))


def taken(facts: Facts, event: Event, around: Around) -> Move:
    """Show the code, or print."""
    match event:
        case Answered(action="choose", value=value, nonce=nonce) if any(o.value == value and o.enabled for o in options(facts, around)):
            return Go("phone", facts) if value == "phone" else Go("print_a4", replace(facts, paper=value, nonce=nonce))
        case _:
            return None


def phone(facts: Facts, around: Around) -> ShowCode:
    """The code that opens the guide on a phone."""
    return ShowCode(
        title=text("take-phone-title"),
        hint=facts.shown.name,
        code=url_of(facts.shown, around),
        points=(text("take-phone-scan"), text("take-phone-what"), text("take-phone-no-data")),
        done=text("guide-back"),
    )


def phone_done(facts: Facts, event: Event, _: Around) -> Move:
    """Back to the guide."""
    match event:
        case Answered(action="done"):
            return Go("guide", facts)
        case _:
            return None


def sheets(facts: Facts, around: Around) -> Sheets:
    """What is printed."""
    match facts.paper.split(":", 1):
        case ["form" | "sample" as kind, code] if (form := around.catalogue.form(code)) is not None:
            return form_sheets(form, around, sample=kind == "sample")
        case ["theme"]:
            return theme_sheets(facts.theme, around)
        case _:
            return guide_sheets(facts.shown, around, url=url_of(facts.shown, around))


def printed(facts: Facts, around: Around) -> Message:
    """Where the sheets are, or why there are none."""
    failed = bool(facts.unprinted)
    return Message(
        title=text("sheets-failed" if failed else "sheets-done"),
        points=(facts.unprinted,) if failed else (text("sheets-take"),),
        tone=Tone.WARN if failed else Tone.DONE,
        human=around.human if failed else "",
        primary=text("theme-see-items" if facts.paper == "theme" else "guide-back"),
        second=text("button-done"),
    )


def after_print(facts: Facts, event: Event, _: Around) -> Move:
    """On with the guide, or out; what was printed may be rated."""
    match event:
        case Answered(action="primary"):
            return Go("theme" if facts.paper == "theme" else "guide", replace(facts, unprinted=""))
        case Answered(action="second"):
            return End(leave=True, rate=None if facts.unprinted else ("visit", "guides", facts.nonce))
        case _:
            return None
