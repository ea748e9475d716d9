"""Looking without typing: by department, or by what one has in mind (一件事) with all it takes."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.catalogue.found import Narrowing
from kiosk.flow import Answered, Around, End, Go
from kiosk.flows.guides.facts import Facts, Move
from kiosk.flows.guides.search import searching
from kiosk.screens import Choose, Option, Screen, Tone
from kiosk.screens.reading import Page
from kiosk.steps import trouble_page
from kiosk.steps.printing import A4_PRINTER
from kiosk.texts import text
from kiosk.views.theme_view import guides_of, item_options, needs_sections, theme_of


def departments(_: Facts, around: Around) -> Choose:
    """All departments that have items, in the office's order."""
    options = tuple(Option(value=one.code, title=one.name, icon="department") for one in around.catalogue.head.departments)
    return Choose(title=text("guide-departments"), options=options)


def department_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """Search within it."""
    match event:
        case Answered(action="choose", value=code) if any(one.code == code for one in around.catalogue.head.departments):
            return searching(facts, Narrowing(department=code))
        case _:
            return None


def themes(facts: Facts, around: Around) -> Choose:
    """The themes for people, or those for business."""
    found = (one for one in around.catalogue.head.themes if one.business == facts.business)
    options = tuple(
        Option(value=one.code, title=one.name, about=one.about, icon=one.icon or "theme", note=text("theme-items", n=len(one.items)))
        for one in found
    )
    return Choose(title=text("guide-by-business" if facts.business else "guide-by-person"), options=options)


def theme_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """Open it."""
    match event:
        case Answered(action="choose", value=code) if theme_of(around.catalogue, code) is not None:
            return Go("theme", replace(facts, theme=code))
        case _:
            return None


def theme(facts: Facts, around: Around) -> Screen:
    """Its items in order, and before them what they want in all."""
    found = theme_of(around.catalogue, facts.theme)
    if found is None:
        return trouble_page(text("guide-gone"), text("guide-gone-why"), around)
    needs = Option(value="needs", title=text("theme-needs"), about=text("theme-needs-about"), icon="material", tone=Tone.DONE)
    options = (needs, *item_options(guides_of(found, around.catalogue)))
    return Choose(title=found.name, hint=text("theme-hint"), options=options)


def in_theme(facts: Facts, event: Event, around: Around) -> Move:
    """One of the items, or all they want."""
    match event:
        case Answered(action="choose", value="needs"):
            return Go("theme_needs", facts)
        case Answered(action="choose", value=value) if (guide := around.catalogue.guide(value.removeprefix("item:"))) is not None:
            return Go("guide", replace(facts, guide=guide))
        case Answered(action="primary"):
            return End()
        case _:
            return None


def theme_needs(facts: Facts, around: Around) -> Page:
    """What to bring for all its items together."""
    found = theme_of(around.catalogue, facts.theme)
    assert found is not None  # noqa: S101 - one comes here from the theme itself
    trouble = around.trouble(A4_PRINTER)
    out = Option(value="print", title=text("theme-print"), icon="print", enabled=trouble is None, why=trouble or "")
    return Page(title=found.name, sections=needs_sections(guides_of(found, around.catalogue)), actions=(out,))


def needs_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """Print the list."""
    match event:
        case Answered(action="choose", value="print", nonce=nonce) if around.trouble(A4_PRINTER) is None:
            return Go("print_a4", replace(facts, paper="theme", nonce=nonce))
        case _:
            return None
