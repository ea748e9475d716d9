"""Where every session begins and ends: the attract screen, home with its quick acts and entrances, and an entrance's services."""

from dataclasses import dataclass, replace

from drivers.contract import Event
from kiosk.flow import Answered, Around, Flow, Go, Open, Pace, Step
from kiosk.screens import Attract, Choose, Home, Option, Tone
from kiosk.texts import Label, text

ATTRACT, HOME = "attract", "home"

ENTRANCES = ("look", "query", "act", "ask", "rate")  # 我要看 我要查 我要办 我要问 我要评


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service as home offers it: `needs` are the roles without which it is not available, `prefers` those it can do without."""

    name: str
    entrance: str
    quick: bool
    needs: tuple[str, ...]
    prefers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Which entrance is open; `notice` is what there is to say of a code that was held to the scanner."""

    entrance: str = ""
    notice: Label = ""


def option(offer: Offer, around: Around) -> Option:
    """The offer as a card: disabled with the reason where something it needs is away, a warning where it only prefers it."""
    missing = _first_trouble(offer.needs, around)
    lacking = _first_trouble(offer.prefers, around)
    card = Option(
        value=f"service:{offer.name}",
        title=text(f"service-{offer.name}"),
        about=text(f"service-{offer.name}-about"),
        icon=offer.name,
    )
    if missing is not None:
        return replace(card, enabled=False, why=missing, tone=Tone.WARN)
    if lacking is not None:
        return replace(card, note=lacking, tone=Tone.WARN)
    return card


def _first_trouble(roles: tuple[str, ...], around: Around) -> Label | None:
    return next((trouble for role in roles if (trouble := around.trouble(role)) is not None), None)


def _search(offers: tuple[Offer, ...], around: Around) -> Option | None:
    """The search of the guides, where this terminal has them."""
    guides = next((offer for offer in offers if offer.name == "guides"), None)
    return replace(option(guides, around), title=text("home-search"), icon="look_up") if guides else None


def _entrance(name: str) -> Option:
    return Option(
        value=f"entrance:{name}", title=text(f"entrance-{name}"), about=text(f"entrance-{name}-about"), icon=f"entrance-{name}"
    )


def lobby(offers: tuple[Offer, ...]) -> Flow[Facts]:
    """The flow around all others, for the services this terminal offers; entrances without a service are not shown."""
    entrances = tuple(_entrance(name) for name in ENTRANCES if any(offer.entrance == name for offer in offers))

    def attract(_: Facts, around: Around) -> Attract:
        ready = (offer for offer in offers if not any(map(around.trouble, offer.needs)))
        return Attract(hall=around.hall, can_do=tuple(text(f"service-{offer.name}") for offer in ready), notices=around.notices)

    def home(facts: Facts, around: Around) -> Home:
        quick = tuple(option(offer, around) for offer in offers if offer.quick)
        return Home(hall=around.hall, quick=quick, entrances=entrances, search=_search(offers, around), notice=facts.notice)

    def services(facts: Facts, around: Around) -> Choose:
        inside = tuple(option(offer, around) for offer in offers if offer.entrance == facts.entrance)
        return Choose(title=text(f"entrance-{facts.entrance}"), hint=text(f"entrance-{facts.entrance}-about"), options=inside)

    return Flow(
        name="lobby",
        start=ATTRACT,
        facts=Facts(),
        steps={
            ATTRACT: Step(screen=attract, react=_started, pace=Pace.IDLE, back=False, leave=False),
            HOME: Step(screen=home, react=_chosen, back=False),
            "services": Step(screen=services, react=_chosen),
        },
    )


def unopened(offer: Offer | None, around: Around) -> Go[Facts]:
    """Home, with what keeps the service of a scanned code; without an `offer` the code is none of ours."""
    return Go(HOME, Facts(notice=option(offer, around).why if offer else text("code-none-of-ours")))


def _started(facts: Facts, event: Event, _: Around) -> Go[Facts] | None:
    match event:
        case Answered(action="start"):
            return Go(HOME, facts)
        case _:
            return None


def _chosen(facts: Facts, event: Event, _: Around) -> Go[Facts] | Open | None:
    match event:
        case Answered(action="choose", value=value):
            return _behind(facts, value)
        case _:
            return None


def _behind(facts: Facts, value: str) -> Go[Facts] | Open | None:
    match value.split(":"):
        case ["service", name]:
            return Open(name)
        case ["entrance", name] if name in ENTRANCES:
            return Go("services", replace(facts, entrance=name))
        case _:
            return None
