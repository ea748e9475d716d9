"""One citizen: the only mutable state of the core. It eats events and emits views and commands; at the end all is forgotten.

Pure and synchronous: no thread, no clock, no chance. Time comes as Tick, randomness with the touch and with `boot`.
"""

from datetime import UTC, datetime

from drivers.contract import Answer, Cancel, CardRead, CardRemoved, CodeRejected, CodeScanned, Event, ReadCard, StatusChanged
from kiosk.backend.messages import OFFICE, Ask, GetHall, Hall, Person, Replied
from kiosk.catalogue.catalogue import EMPTY, Catalogue
from kiosk.flow import NOTHING, ActFor, Answered, AnyFlow, Around, CatalogueChanged, End, Go, Hide, Open, Stay, Subject, Tick, Typed
from kiosk.idle import CALM, IdleClock
from kiosk.lobby import ATTRACT, HOME, Offer, lobby, unopened
from kiosk.place import Place, Send, Show
from kiosk.roles import Roles
from kiosk.screens import View
from kiosk.texts import Label
from kiosk.visit import Stop, Visit, frame

HALL_AFTER = 600.0  # s; notices and hours change a few times a day
RATE = "rate"


class Session:
    """Call `begin` once, then `handle` with every event, always from the same thread."""

    def __init__(self, place: Place, send: Send, show: Show) -> None:
        self._place, self._send, self._show = place, send, show
        self._lobby: AnyFlow = lobby(place.offers)
        self._offers = {offer.name: offer for offer in place.offers}
        self._roles = Roles(place.roles)
        self._idle = IdleClock(place.times)
        self._now, self._time = 0.0, datetime.fromtimestamp(0, UTC)
        self._hall: Label = place.hall
        self._notices: tuple[Label, ...] = ()
        self._hall_asked, self._hall_id = -HALL_AFTER, ""
        self._catalogue: Catalogue = EMPTY
        self._commands = self._number = self._place_number = 0
        self._view: View | None = None
        self._visit = self._nobody_yet()

    def _nobody_yet(self) -> Visit:
        return Visit(language=self._place.languages[0], catalogue=self._catalogue)

    @property
    def roles(self) -> Roles:
        """How devices and office are."""
        return self._roles

    def begin(self) -> None:
        """Show the attract screen."""
        self._enter(Stop(self._lobby, ATTRACT, self._lobby.facts))

    def handle(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case Answered():
                self._touched(event)
            case Typed():
                self._typed(event)
            case Answer():
                self._answered(event)
            case _:
                self._happened(event)

    def _happened(self, event: Event) -> None:
        match event:
            case Tick(now=now, time=time):
                self._now, self._time = now, time
                self._tick()
            case StatusChanged(role=role, status=status):
                self._roles.update(role, status, self._time)
                self._react(event)
                self._draw()
            case CatalogueChanged(catalogue=catalogue):
                self._catalogue = catalogue
                if self._nobody or self._visit.catalogue is EMPTY:
                    self._visit.catalogue = catalogue
            case CardRemoved() if self._visit.card_held and not isinstance(self._visit.pending, ReadCard):  # else another one is asked for
                self._idle.card_gone(self._now)
                self._tick()
            case _:
                if not self._react(event):
                    self._wake(event)

    def _touched(self, event: Answered) -> None:
        """An answer to a view that is no longer shown is dropped; any other one is followed by a view with a new number."""
        if self._view is None or event.view != self._view.number:
            return
        self._idle.touch(self._now)
        self._visit.verdict = CALM
        if event.action.startswith("frame-"):
            self._frame_answered(event)
        elif not self._react(event):
            self._draw(fresh=True)

    def _typed(self, event: Typed) -> None:
        if self._view is not None and event.place == self._view.place:
            self._idle.touch(self._now)
            self._visit.verdict = CALM
            self._react(event)

    def _answered(self, event: Answer) -> None:
        """An answer that is not the pending command's own comes too late, and nobody here waits for it."""
        if isinstance(event, Replied) and isinstance(event.reply, Hall) and event.id == self._hall_id:
            self._hall, self._notices = event.reply.name, event.reply.notices
            self._draw()
        if self._visit.pending is None or event.id != self._visit.pending.id:
            return
        if event.final:
            self._visit.pending = None
        if isinstance(event, CardRead):
            self._visit.card_held = True
            if self._visit.agent is None:
                self._visit.person = Person(number=event.card.number, name=event.card.name)
        self._react(event)

    # -- where the citizen is ------------------------------------------------------------------------------------------------

    def _react(self, event: Event) -> bool:
        """Let the current step react; False when the event means nothing to it."""
        here = self._visit.here
        match here.step.react(here.facts, event, self._around(self._command_id())):
            case Go(step=step, facts=new, also=also):
                self._go(Stop(here.flow, step, new))
                for command in also:
                    self._send(command, None)
            case Stay(facts=new, again=again):
                self._visit.path[-1] = Stop(here.flow, here.name, new)
                self._draw(fresh=isinstance(event, Answered))
                if again:
                    self._ask()
            case Open(service=service, about=about):
                self._open(service, about)
            case ActFor(person=person, agent=agent):
                self._visit.person, self._visit.agent = person, agent
                self._home()
            case End(leave=leave, rate=rate):
                self._ended(leave=leave, rate=rate)
            case None:
                return False
        return True

    def _go(self, stop: Stop) -> None:
        self._give_up()
        if self._nobody:
            self._idle.begin(self._now)
        if self._visit.leave_step():
            self._idle.acted(self._now)
        self._enter(stop)

    @property
    def _nobody(self) -> bool:
        return self._visit.here.flow is self._lobby and self._visit.here.name == ATTRACT

    def _enter(self, stop: Stop) -> None:
        self._visit.enter(stop)
        self._place_number += 1
        self._idle.touch(self._now)
        self._visit.verdict = CALM
        self._draw(fresh=True)
        self._ask()

    def _ask(self) -> None:
        """Send the step's command."""
        step, facts = self._visit.here.step, self._visit.here.facts
        if step.enter is not None:
            command = step.enter(facts, self._around(self._command_id()))
            self._visit.pending = command
            self._send(command, step.act(facts) if step.act else None)

    def _offer(self, service: str) -> Offer | None:
        """The service if it can be had now."""
        offer = self._offers.get(service)
        return offer if offer is not None and all(map(self._roles.usable, offer.needs)) else None

    def _open(self, service: str, about: Subject) -> None:
        if self._offer(service) is None:
            self._draw(fresh=True)
            return
        flow = self._place.flows[service]
        start = flow.about(about, self._around("")) if flow.about is not None and about != NOTHING else Go(flow.start, flow.facts)
        self._go(Stop(flow, start.step, start.facts))

    def _wake(self, event: Event) -> None:
        """A code held to the scanner at home or on the attract screen opens the service that knows it, or it is said why not."""
        if self._visit.here.flow is self._lobby and isinstance(event, CodeScanned | CodeRejected):
            woken = ((self._place.flows[name], self._place.flows[name].wake(event)) for name in self._offers)
            flow, go = next(((flow, go) for flow, go in woken if go is not None), (self._lobby, unopened(None, self._around(""))))
            if flow is not self._lobby and not self._offer(flow.name):
                flow, go = self._lobby, unopened(self._offers[flow.name], self._around(""))
            self._go(Stop(flow, go.step, go.facts))

    def _give_up(self) -> None:
        """Nobody waits for the step's command any more."""
        if self._visit.pending is not None:
            self._send(Cancel(role=self._visit.pending.role, id=self._command_id(), of=self._visit.pending.id), None)
            self._visit.pending = None

    def _home(self) -> None:
        """Nothing is under way here, so what begins next begins with the newest catalogue."""
        self._give_up()
        self._visit.path.clear()
        self._visit.catalogue = self._catalogue
        self._enter(Stop(self._lobby, HOME, self._lobby.facts))

    def _ended(self, *, leave: bool, rate: tuple[str, str, str] | None) -> None:
        """A service is over; it may be rated before the citizen leaves."""
        if rate is not None and self._offer(RATE):
            self._open(RATE, Subject(rated=rate))
        elif leave:
            self._end()
        else:
            self._home()

    def _end(self) -> None:
        self._give_up()
        self._visit = self._nobody_yet()
        self.begin()

    # -- the frame and the time ----------------------------------------------------------------------------------------------

    def _frame_answered(self, event: Answered) -> None:
        step = self._visit.here.step
        match event.action:
            case "frame-back" if step.back and step.act is None:
                self._give_up()
                before = self._visit.back()
                self._enter(before) if before is not None else self._home()
            case "frame-end" if step.leave:
                self._end()
            case "frame-language" if event.value in self._place.languages:
                self._visit.language = event.value
                self._start_or_draw()
            case "frame-care":
                self._visit.care = not self._visit.care
                self._start_or_draw()
            case _:
                self._draw(fresh=True)

    def _start_or_draw(self) -> None:
        """Choosing a language or care mode on the attract screen is a touch to start as well."""
        if self._nobody:
            self._go(Stop(self._lobby, HOME, self._lobby.facts))
        else:
            self._draw(fresh=True)

    def _tick(self) -> None:
        if self._roles.usable(OFFICE) and self._now - self._hall_asked >= HALL_AFTER:
            self._hall_asked, self._hall_id = self._now, self._command_id()
            self._send(Ask(id=self._hall_id, request=GetHall()), None)
        verdict = self._idle.judge(self._now, self._visit.here.step.pace, care=self._visit.care)
        if verdict.over:
            self._end()
            return
        if verdict.mask and not self._visit.verdict.mask:
            self._react(Hide())
        self._visit.verdict = verdict
        self._draw()

    # -- what is seen --------------------------------------------------------------------------------------------------------

    def _draw(self, *, fresh: bool = False) -> None:
        """Show the current step. `fresh` gives the view a new number: another step, or one that can be answered anew.

        What changes by itself (a tile comes back, a notice arrives, more is typed) keeps it, so that a touch made in that moment
        still counts.
        """
        here = self._visit.here
        screen = here.step.screen(here.facts, self._around(""))
        if fresh:
            self._number += 1
        view = View(number=self._number, place=self._place_number, screen=screen, frame=frame(self._visit, self._hall))
        if view != self._view:
            self._view = view
            self._show(view)

    def _around(self, command_id: str) -> Around:
        visit = self._visit
        return Around(
            language=visit.language,
            care=visit.care,
            time=self._time,
            say=lambda label: self._place.sentences.say(visit.language, label),
            trouble=self._roles.trouble,
            command_id=command_id,
            hall=self._hall,
            notices=self._notices,
            human=self._place.human,
            offered=self._offers.__contains__,
            catalogue=visit.catalogue,
            person=visit.person,
            agent=visit.agent,
        )

    def _command_id(self) -> str:
        self._commands += 1
        return f"{self._place.boot}-{self._commands}"
