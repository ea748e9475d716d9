"""Guides (办事指南): find an item, read what it takes, take it along, and go on to whatever can be done about it. Needs no office."""

from kiosk.flow import Around, Flow, Go, Pace, Step, Subject
from kiosk.flows.guides import browse, search, show, take
from kiosk.flows.guides.facts import Facts
from kiosk.steps.printing import by_document


def _about(subject: Subject, around: Around) -> Go[Facts]:
    """The guide of an item; where the catalogue has none of it, the page says so."""
    return Go("guide", Facts(guide=around.catalogue.guide(subject.item)))


FLOW: Flow[Facts] = Flow(
    name="guides",
    start="search",
    facts=Facts(),
    about=_about,
    steps={
        "search": Step(screen=search.search, react=search.searched, pace=Pace.ENTRY),
        "themes": Step(screen=browse.themes, react=browse.theme_chosen),
        "theme": Step(screen=browse.theme, react=browse.in_theme),
        "theme_needs": Step(screen=browse.theme_needs, react=browse.needs_chosen),
        "departments": Step(screen=browse.departments, react=browse.department_chosen),
        "guide": Step(screen=show.guide, react=show.guide_chosen),
        "ways": Step(screen=show.offers, react=show.offer_chosen),
        "full": Step(screen=show.full, react=show.page_chosen),
        "questions": Step(screen=show.questions, react=show.page_chosen),
        "materials": Step(screen=show.materials, react=show.material_chosen),
        "material": Step(screen=show.material, react=show.in_material, passing=True),
        "take": Step(screen=take.take, react=take.taken),
        "phone": Step(screen=take.phone, react=take.phone_done, passing=True),
        **by_document(take.sheets, kind="guide-print", done="printed"),
        "printed": Step(screen=take.printed, react=take.after_print, back=False),
    },
)
