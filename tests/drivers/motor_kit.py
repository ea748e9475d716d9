"""A motorised card reader on the bench with its driver, and the ways a test speaks to both."""

from drivers.contract import AcceptCard, Cancel, CheckHealth, Failed, MoveCard, Position, ReadCard, Reset

ROLE = "card_reader"
CRT, ICT = "readers.crt571", "readers.ict3k5"
MODELS = {CRT: "card_dispenser", ICT: "motor_reader"}
QUICK = {"poll_ms": 20, "health_ms": 100, "answer_ms": 400, "move_ms": 1500, "init_ms": 1500, "chip_ms": 500}


class Kit:
    """One device: `board` is its bench side, `device` the driver once started."""

    def __init__(self, driver, board, build, ear):
        self.driver = driver
        self.board = board
        self.ear = ear
        self.device = None
        self._build = build
        self._ids = 0

    def start(self, **settings):
        """Start the driver and wait until it has told a first status."""
        where = {"port": self.board.port, "baud": 115200} if self.driver == CRT else {"port": f"rfc2217://{self.board.address}"}
        self.device = self._build(self.driver, ROLE, **(where | QUICK | settings))
        self.device.start(self.ear)
        self.ear.until(self.ear.states, "a first status")
        return self

    def give(self, make, **fields):
        """Send a command; its id."""
        self._ids += 1
        self.device.do(make(role=ROLE, id=str(self._ids), **fields))
        return str(self._ids)

    def does(self, make, **fields):
        """Send a command and wait for its final answer."""
        return self.ear.answer(self.give(make, **fields))

    def fails(self, make, **fields):
        """Send a command that must fail; why it did."""
        answer = self.does(make, **fields)
        assert isinstance(answer, Failed), answer
        return answer.error

    def accept(self, who="jia"):
        """Somebody puts a card in, and it is accepted."""
        self.board.set(hand=who)
        return self.does(AcceptCard)

    def read(self):
        return self.does(ReadCard)

    def move(self, to, source=Position.TRANSPORT):
        return self.does(MoveCard, to=to, source=source)

    def reset(self, to):
        return self.does(Reset, to=to)

    def check(self, level):
        return self.does(CheckHealth, level=level)

    def cancel(self, command_id):
        self.device.do(Cancel(role=ROLE, id="c", of=command_id))

    def take(self):
        """Somebody takes the card from the gate."""
        assert self.board.get()["at"] == "gate"
        self.board.set(at="nowhere", card=None)

    def at(self):
        return self.board.get()["at"]

    def told(self, *kinds):
        """Names of the events of these kinds so far, in order."""
        return [type(event).__name__ for event in self.ear.events if isinstance(event, kinds)]

    def part(self, name):
        return self.device.status.parts[name]
