from office_help import nonce

from kiosk.office.queue import hall_acts


def test_what_clerks_do_shows_at_the_terminal(call, office):
    call.ticket(nonce(1))
    assert call.ticket(nonce(2)).json()["ahead"] == 1
    hall_acts.finish_all(office, "city")
    assert call.ticket(nonce(3)).json()["ahead"] == 0
    hall_acts.switch_counters(office, "city", on=False)
    assert {q["open_counters"] for q in call("GET", "/v1/queues").json()} == {0}
    hall_acts.switch_counters(office, "city", on=True)
    assert 0 not in {q["open_counters"] for q in call("GET", "/v1/queues").json()}
