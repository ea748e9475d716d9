"""What became of a ticket's paper."""

from http import HTTPStatus

from sqlalchemy import Connection, select, update

from kiosk.backend.messages import PrintState, ReportPrint, Ticket
from kiosk.office.access import Terminal
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.tickets import ticket_of
from kiosk.office.tables import ticket_prints, tickets

_FIRST = {PrintState.PRINTED, PrintState.FAILED}
_AGAIN = {PrintState.REPRINTED, PrintState.FAILED}


def report_print(office: Office, terminal: Terminal, report: ReportPrint) -> Ticket:
    """Note what became of the paper. The same report again changes nothing.

    Attempt 1 is `printed` or `failed`; each further one, taken in order, is `reprinted` or `failed`. A reprint that fails
    leaves the ticket as it was. Anything else is ProblemError `print_conflict`.
    """
    with office.database.write() as connection:
        query = select(tickets.c.hall).where(tickets.c.id == report.ticket).with_for_update()  # others wait here
        if connection.execute(query).scalar_one_or_none() != terminal.hall:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        known = _prints(connection, report.ticket)
        if report.attempt not in known:
            note_print(office, connection, report, len(known) + 1)
        elif known[report.attempt] != report.state:
            raise ProblemError(HTTPStatus.CONFLICT, "print_conflict")
        return ticket_of(office, connection, report.ticket)


def note_print(office: Office, connection: Connection, report: ReportPrint, expected: int) -> None:
    """Note the attempt that is `expected` next; ProblemError `print_conflict` for another one, or one of the wrong kind."""
    allowed = _FIRST if report.attempt == 1 else _AGAIN
    if report.attempt != expected or report.state not in allowed:
        raise ProblemError(HTTPStatus.CONFLICT, "print_conflict")
    values = {"ticket": report.ticket, "attempt": report.attempt, "state": report.state, "reported": office.now()}
    connection.execute(ticket_prints.insert().values(**values))
    change = update(tickets).where(tickets.c.id == report.ticket)
    if report.state is PrintState.REPRINTED:
        connection.execute(change.values(print_state=report.state, reprints=tickets.c.reprints + 1))
    elif report.attempt == 1:
        connection.execute(change.values(print_state=report.state))


def _prints(connection: Connection, ticket: str) -> dict[int, str]:
    """State by attempt, as reported so far."""
    query = select(ticket_prints.c.attempt, ticket_prints.c.state).where(ticket_prints.c.ticket == ticket)
    return dict(connection.execute(query).all())
