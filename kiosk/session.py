"""One citizen: the only mutable state of the core. It eats events and emits views and commands; at the end all is forgotten.

Pure and synchronous: no thread, no clock, no chance. Time comes as Tick, randomness with the touch and with `boot`.
"""

from datetime import UTC, datetime

from drivers.contract import Answer, Cancel, CardRead, CardRemoved, Command, Event, StatusChanged
from kiosk.backend.messages import OFFICE, Ask, GetHall, Hall, Replied
from kiosk.flow import Answered, AnyFlow, Around, End, Go, Hide, Open, Stay, Step, Tick
from kiosk.idle import CALM, IdleClock
from kiosk.lobby import ATTRACT, HOME, lobby
from kiosk.place import Place, Send, Show
from kiosk.roles import Roles
from kiosk.screens import Frame, View
from kiosk.texts import Label

HALL_AFTER = 600.0  # s; notices and hours change a few times a day


class Session:
    """Call `begin` once, then `handle` with every event, always from the same thread."""

    def __init__(self, place: Place, send: Send, show: Show) -> None:
        self._place, self._send, self._show = place, send, show
        self._lobby: AnyFlow = lobby(place.offers)
        self._roles = Roles(place.roles)
        self._idle = IdleClock(place.times)
        self._now, self._time = 0.0, datetime.fromtimestamp(0, UTC)
        self._hall: Label = place.hall
        self._notices: tuple[Label, ...] = ()
        self._hall_asked, self._hall_id = -HALL_AFTER, ""
        self._commands = self._number = self._place_number = 0
        self._view: View | None = None
        self._forget()

    def _forget(self) -> None:
        self._language, self._care = self._place.languages[0], False
        self._flow: AnyFlow = self._lobby
        self._path: list[tuple[str, object]] = []
        self._pending: Command | None = None
        self._card_held, self._verdict = False, CALM

    @property
    def roles(self) -> Roles:
        """How devices and office are."""
        return self._roles

    def begin(self) -> None:
        """Show the attract screen."""
        self._enter(ATTRACT, self._lobby.facts)

    def handle(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case Tick(now=now, time=time):
                self._now, self._time = now, time
                self._tick()
            case StatusChanged(role=role, status=status):
                self._roles.update(role, status, self._time)
                self._react(event)
                self._draw()
            case Answered():
                self._touched(event)
            case Replied(id=id_, reply=Hall() as hall) if id_ == self._hall_id:
                self._hall, self._notices = hall.name, hall.notices
                self._draw()
            case Answer():
                self._answered(event)
            case CardRemoved() if self._card_held:
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
        self._verdict = CALM
        if event.action.startswith("frame-"):
            self._frame_answered(event)
        elif not self._react(event):
            self._draw(fresh=True)

    def _answered(self, event: Answer) -> None:
        """An answer that is not the pending command's own comes too late, and nobody here waits for it."""
        if self._pending is None or event.id != self._pending.id:
            return
        if event.final:
            self._pending = None
        self._card_held = self._card_held or isinstance(event, CardRead)
        self._react(event)

    # -- where the citizen is ------------------------------------------------------------------------------------------------

    @property
    def _step(self) -> Step[object]:
        return self._flow.steps[self._path[-1][0]]

    def _react(self, event: Event) -> bool:
        """Let the current step react; False when the event means nothing to it."""
        name, facts = self._path[-1]
        match self._flow.steps[name].react(facts, event, self._around(self._command_id())):
            case Go(step=step, facts=new, also=also):
                self._go(step, new)
                for command in also:
                    self._send(command, None)
            case Stay(facts=new):
                self._path[-1] = (name, new)
                self._draw(fresh=True)
            case Open(service=service):
                self._open(service)
            case End(leave=leave):
                self._end() if leave else self._home()
            case None:
                return False
        return True

    def _go(self, name: str, facts: object) -> None:
        self._give_up()
        self._begin_if_new()
        if self._step.act is not None:
            self._path.clear()
        elif self._step.passing:
            self._path.pop()
        self._enter(name, facts)

    @property
    def _nobody(self) -> bool:
        return self._flow is self._lobby and self._path[-1][0] == ATTRACT

    def _begin_if_new(self) -> None:
        if self._nobody:
            self._idle.begin(self._now)

    def _enter(self, name: str, facts: object) -> None:
        step = self._flow.steps[name]
        if step.act is not None:
            self._path.clear()
        self._path.append((name, facts))
        self._place_number += 1
        self._idle.touch(self._now)
        self._verdict = CALM
        self._draw(fresh=True)
        if step.enter is not None:
            command = step.enter(facts, self._around(self._command_id()))
            self._pending = command
            self._send(command, step.act(facts) if step.act else None)

    def _open(self, service: str) -> None:
        offer = next((offer for offer in self._place.offers if offer.name == service), None)
        if offer is None or not all(map(self._roles.usable, offer.needs)):
            self._draw(fresh=True)
            return
        self._flow, self._path = self._place.flows[service], []
        self._enter(self._flow.start, self._flow.facts)

    def _wake(self, event: Event) -> None:
        """A code held to the scanner at home or on the attract screen opens the service that knows it."""
        if self._flow is not self._lobby:
            return
        for offer in self._place.offers:
            go = self._place.flows[offer.name].wake(event)
            if go is not None and all(map(self._roles.usable, offer.needs)):
                self._begin_if_new()
                self._flow, self._path = self._place.flows[offer.name], []
                self._enter(go.step, go.facts)
                return

    def _give_up(self) -> None:
        """Nobody waits for the step's command any more."""
        if self._pending is not None:
            self._send(Cancel(role=self._pending.role, id=self._command_id(), of=self._pending.id), None)
            self._pending = None

    def _home(self) -> None:
        self._give_up()
        self._flow, self._path = self._lobby, []
        self._enter(HOME, self._lobby.facts)

    def _end(self) -> None:
        self._give_up()
        self._forget()
        self.begin()

    def _back(self) -> None:
        if len(self._path) > 1:
            self._give_up()
            self._path.pop()
            self._enter(*self._path.pop())
        else:
            self._home()

    # -- the frame and the time ----------------------------------------------------------------------------------------------

    def _frame_answered(self, event: Answered) -> None:
        step = self._step
        match event.action:
            case "frame-back" if step.back and step.act is None:
                self._back()
            case "frame-end" if step.leave:
                self._end()
            case "frame-language" if event.value in self._place.languages:
                self._language = event.value
                self._start_or_draw()
            case "frame-care":
                self._care = not self._care
                self._start_or_draw()
            case _:
                self._draw(fresh=True)

    def _start_or_draw(self) -> None:
        """Choosing a language or care mode on the attract screen is a touch to start as well."""
        if self._nobody:
            self._go(HOME, self._lobby.facts)
        else:
            self._draw(fresh=True)

    def _tick(self) -> None:
        if self._roles.usable(OFFICE) and self._now - self._hall_asked >= HALL_AFTER:
            self._hall_asked, self._hall_id = self._now, self._command_id()
            self._send(Ask(id=self._hall_id, request=GetHall()), None)
        verdict = self._idle.judge(self._now, self._step.pace, care=self._care)
        if verdict.over:
            self._end()
            return
        if verdict.mask and not self._verdict.mask:
            self._react(Hide())
        self._verdict = verdict
        self._draw()

    # -- what is seen --------------------------------------------------------------------------------------------------------

    def _draw(self, *, fresh: bool = False) -> None:
        """Show the current step. `fresh` gives the view a new number: another step, or one that can be answered anew.

        What changes by itself (a tile comes back, a notice arrives) keeps it, so that a touch made in that moment still counts.
        """
        _, facts = self._path[-1]
        screen = self._step.screen(facts, self._around(""))
        frame = self._frame()
        if fresh:
            self._number += 1
        view = View(number=self._number, place=self._place_number, screen=screen, frame=frame)
        if view != self._view:
            self._view = view
            self._show(view)

    def _frame(self) -> Frame:
        step = self._step
        return Frame(
            hall=self._hall,
            back=step.back and step.act is None,
            end=step.leave,
            step=(step.place, self._flow.places) if step.place else None,
            countdown=self._verdict.countdown,
            extendable=self._verdict.extendable,
            care=self._care,
            language=self._language,
        )

    def _around(self, command_id: str) -> Around:
        language = self._language
        return Around(
            language=language,
            care=self._care,
            time=self._time,
            say=lambda label: self._place.catalogue.say(language, label),
            trouble=self._roles.trouble,
            command_id=command_id,
            hall=self._hall,
            notices=self._notices,
            human=self._place.human,
        )

    def _command_id(self) -> str:
        self._commands += 1
        return f"{self._place.boot}-{self._commands}"

