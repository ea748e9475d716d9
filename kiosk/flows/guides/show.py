"""The guide itself: the short one with what can be done, the full one, the materials one by one, frequent questions."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.catalogue.found import Narrowing
from kiosk.flow import Answered, Around, End, Go, Open, Subject
from kiosk.flows.guides.facts import Facts, Move
from kiosk.flows.guides.search import searching
from kiosk.screens import Choose, Option, Screen
from kiosk.screens.reading import Badge, Page
from kiosk.steps import trouble_page
from kiosk.steps.printing import A4_PRINTER
from kiosk.texts import text
from kiosk.views import guide_page
from kiosk.views.guide_facts import badges, spared
from kiosk.views.guide_ways import ways

_MAP = "hall_info"
_TAKE = Option(value="take", title=text("guide-take"), icon="phone")


def guide(facts: Facts, around: Around) -> Screen:
    """The short guide; where the item is no more in the catalogue, that it is not, and how to go on."""
    if facts.guide is None:
        retry = text("guide-by-search") if around.catalogue.version else None
        return trouble_page(text("guide-gone"), text("guide-gone-why"), around, retry=retry)
    shown = facts.guide
    return Page(
        title=shown.name, badges=badges(shown), sections=guide_page.brief(shown, around.catalogue), actions=tuple(_actions(facts, around))
    )


def _actions(facts: Facts, around: Around) -> list[Option]:
    shown = facts.shown
    place = guide_page.place_here(shown, around.catalogue)
    return [
        *([Option(value="ways", title=text("guide-ways"), icon="apply")] if ways(shown, around) else []),
        _TAKE,
        *([Option(value="materials", title=text("guide-materials", n=len(shown.materials)), icon="material")] if shown.materials else []),
        Option(value="full", title=text("guide-full"), icon="guide"),
        *([Option(value="questions", title=text("guide-questions"), icon="question")] if shown.questions else []),
        *([Option(value="map", title=text("guide-map"), icon="map")] if place and place.area and around.offered(_MAP) else []),
    ]


def guide_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """On to one of its parts; from the page of a missing one to the search, or home."""
    match event:
        case Answered(action="choose", value="ways" | "take" | "materials" | "full" | "questions" as part) if facts.guide is not None:
            return Go(part, facts)
        case Answered(action="choose", value="map") if facts.guide is not None:
            return Open(_MAP, Subject(item=facts.guide.code))
        case Answered(action="primary") if facts.guide is None and around.catalogue.version:
            return searching(facts, Narrowing())
        case Answered(action="primary" | "second") if facts.guide is None:
            return End()
        case _:
            return None


def offers(facts: Facts, around: Around) -> Choose:
    """What can be done about the item on this terminal; what cannot be had now says why."""
    return Choose(title=text("guide-ways"), hint=facts.shown.name, options=ways(facts.shown, around))


def offer_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """Open that service about this item."""
    match event:
        case Answered(action="choose", value=service) if any(o.value == service and o.enabled for o in ways(facts.shown, around)):
            place = guide_page.place_here(facts.shown, around.catalogue)
            return Open(service, Subject(item=facts.shown.code, queue=place.queue if place and service == "ticket" else ""))
        case _:
            return None


def full(facts: Facts, around: Around) -> Page:
    """Every standard element."""
    sections = guide_page.full(facts.shown, around.catalogue, around.human)
    return Page(title=facts.shown.name, badges=badges(facts.shown), sections=sections, actions=(_TAKE,))


def questions(facts: Facts, around: Around) -> Page:
    """Frequent questions; one's own is asked by another service."""
    ask = [Option(value="question", title=text("guide-way-question"), icon="ask")] if around.offered("question") else []
    return Page(title=facts.shown.name, sections=guide_page.questions(facts.shown), actions=(*ask, _TAKE))


def page_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """From a page of the guide: take it along, or ask."""
    match event:
        case Answered(action="choose", value="take"):
            return Go("take", facts)
        case Answered(action="choose", value="question") if around.offered("question"):
            return Open("question", Subject(item=facts.shown.code))
        case _:
            return None


def materials(facts: Facts, _: Around) -> Choose:
    """What to bring, each with why it may be spared."""
    options = tuple(
        Option(value=str(at), title=one.name, about=one.needed_if or one.source, icon="material", note=spared(one))
        for at, one in enumerate(facts.shown.materials)
    )
    return Choose(title=text("guide-materials", n=len(options)), hint=facts.shown.name, options=options)


def material_chosen(facts: Facts, event: Event, _: Around) -> Move:
    """Open one of them."""
    match event:
        case Answered(action="choose", value=at) if at.isdecimal() and at.isascii() and int(at) < len(facts.shown.materials):
            return Go("material", replace(facts, material=int(at)))
        case _:
            return None


def material(facts: Facts, around: Around) -> Page:
    """All about one, with its form to print, and the way to the next; from the last one, to take it all along."""
    every = facts.shown.materials
    found, more = every[facts.material], facts.material + 1 < len(every)
    after = Option(value="next", title=text("guide-material-next"), icon="arrow-right") if more else _TAKE
    forms = form_options(found.form, around) if found.form else ()
    which = Badge(label=text("guide-material-of", at=facts.material + 1, of=len(every)))
    return Page(title=found.name, badges=(which,), sections=guide_page.material_page(found), actions=(after, *forms))


def form_options(code: str, around: Around) -> tuple[Option, ...]:
    """A form blank and as a filled sample, printed on A4; none where the catalogue lacks the form."""
    form, trouble = around.catalogue.form(code), around.trouble(A4_PRINTER)
    if form is None:
        return ()
    kinds = (("form", text("take-form", form=form.title)), ("sample", text("take-sample", form=form.title)))
    return tuple(
        Option(value=f"{kind}:{code}", title=title, icon=kind, enabled=trouble is None, why=trouble or "") for kind, title in kinds
    )


def in_material(facts: Facts, event: Event, around: Around) -> Move:
    """The next one, all of it to take along, or its form on paper."""
    match event:
        case Answered(action="choose", value="next") if facts.material + 1 < len(facts.shown.materials):
            return Go("material", replace(facts, material=facts.material + 1))
        case Answered(action="choose", value="take"):
            return Go("take", facts)
        case Answered(action="choose", value=paper, nonce=nonce):
            form = facts.shown.materials[facts.material].form
            can = any(option.value == paper and option.enabled for option in form_options(form, around))
            return Go("print_a4", replace(facts, paper=paper, nonce=nonce)) if can else None
        case _:
            return None
