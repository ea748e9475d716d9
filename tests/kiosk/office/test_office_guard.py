import threading

import pytest
from desk_help import at_once

from kiosk.office.access import Terminal
from kiosk.office.guard import Guard


@pytest.mark.postgres(only=True)
def test_two_terminals_that_forget_old_counts_at_once_do_not_wait_for_each_other(office, clock):
    here = (Terminal("t1", "city"), Terminal("t2", "baiyang"))

    def wrong(terminal, number, both):
        def run():
            with office.database.write() as connection:
                guard = Guard(office, connection, terminal, number)
                both.wait(20)
                guard.wrong()
            return "counted"

        return run

    for day in range(2):  # on the second each holds a row that is old for the other
        both = threading.Barrier(2)
        assert at_once(*(wrong(one, f"9{day}{one.code}", both) for one in here)) == ["counted"] * 2
        clock.go(days=2)
