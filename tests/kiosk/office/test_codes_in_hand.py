"""Codes where they open nothing, and those of numbers that were given while there was no office."""

import pytest
from citizen import qr
from test_paper_in_hand import catalogue, client, clock, fetched, running, someone, ticking

from kiosk.backend.messages import ReportOffline, ReserveNumbers, TakeTicket
from kiosk.backend.numbers import Numbers
from kiosk.receipt import Slip, encode
from kiosk.texts import text

__all__ = ["catalogue", "client", "clock", "running", "someone", "ticking"]  # fixtures

PLACES = (
    ("look_up", ("code",), Slip.CASE),
    ("rate", ("code",), Slip.CASE),
    ("documents", ("code",), Slip.CASE),
    ("check_in", ("code",), Slip.BOOKING),
    ("book", ("find", "code"), Slip.BOOKING),
    ("question", ("follow", "code"), Slip.MATTER),
    ("complain", ("follow", "code"), Slip.MATTER),
    ("position", (), "ticket"),
)
CODES = {slip: encode("A" * 22, slip) for slip in Slip} | {"ticket": f"https://office.invalid/t/{'A' * 22}"}


@pytest.mark.parametrize(("service", "ways", "own"), PLACES, ids=[place[0] for place in PLACES])
def test_a_paper_of_another_service_is_told_what_it_is_and_where_it_is_good(someone, service, ways, own):
    for kind, code in CODES.items():
        citizen = someone().opens(service, *ways)
        before = len(citizen.sent)
        citizen.holds(code)
        if kind == own:
            assert citizen.name != "Present" or len(citizen.sent) > before
        else:
            assert (citizen.name, len(citizen.sent)) == ("Present", before)
            assert (
                citizen.say(text("code-of-other", paper=text(f"paper-of-{kind.name.lower() if kind != 'ticket' else kind}")))
                in citizen.shows()
            )


@pytest.mark.parametrize("kind", CODES, ids=str)
def test_a_paper_nobody_knows_says_so_and_offers_no_trying_again(someone, kind):
    """A slip of an office that was set up anew, or of long ago."""
    citizen = someone().holds(CODES[kind])
    assert citizen.say(text("code-unknown")) in citizen.shows()


@pytest.mark.parametrize("code", ["https://lucheng.example/x", "6901234567892", "LCZC1:short", "LCZP1:" + "A" * 22], ids=str)
def test_a_code_that_is_none_of_our_papers_is_answered_at_home_too(someone, code):
    citizen = someone().holds(code)
    assert (citizen.name, citizen.say(text("code-none-of-ours")) in citizen.shows()) == ("Home", True)


@pytest.fixture
def numbers(tmp_path, client):
    kept = Numbers(tmp_path / "numbers.db")
    kept.keep(client.ask(ReserveNumbers()))
    yield kept
    kept.close()


class Away:
    """What the terminal says by itself while there is no office."""

    def __init__(self, numbers, clock):
        self.numbers, self.clock = numbers, clock

    def answer(self, request):
        return self.numbers.take(request, self.clock()) if isinstance(request, TakeTicket) else self.numbers.queues(self.clock().date())


def test_a_ticket_given_without_the_office_is_followed_and_rated_once_it_is_back(running, someone, client, clock, numbers):
    taking = someone()
    taking.numbers = Away(numbers, clock)
    taking.opens("ticket", "business")
    paper, number = taking.papers[-1], taking.screen.number
    taking.numbers = None
    assert taking.touch("done").touch("rate", "5").name in {"ChooseSome", "Message"}
    thanks = taking.touch("skip") if taking.name == "ChooseSome" else taking
    assert thanks.say(text("rate-recorded")) in thanks.shows()
    (report,) = numbers.unreported()
    assert isinstance(report, ReportOffline)
    assert client.ask(report).number == number
    assert number in someone().holds(qr(paper)).shows()
    assert fetched(running, qr(paper)).status_code == 200
