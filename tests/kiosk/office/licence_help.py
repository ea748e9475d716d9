"""Licences for tests."""

from booking_help import JIA, words

from kiosk.backend.messages import Person
from kiosk.office.licences.store import licence_token
from kiosk.office.people import person_key
from kiosk.office.tables import licences
from kiosk.office.tokens import fingerprint


def put_licence(office, name, issued, *, kind="id-card", person=JIA, expires=None, revoked=None):
    """Put one into the store; its token."""
    token = licence_token(office, name)
    row = {
        "id": name,
        "token_hash": fingerprint(token),
        "person": person_key(office, Person(**person)),
        "holder": person["name"],
        "kind": kind,
        "name": words(f"证照{name}", f"Licence {name}"),
        "number": f"NO-{name}",
        "issuer": words("鹿城市样例局", "Sample Office of Lucheng"),
        "issued": issued,
        "expires": expires,
        "revoked": revoked,
        "facts": [{"label": words("姓名", "Name"), "value": person["name"]}],
        "text": [words("本证有效。", "This is valid.")],
    }
    with office.database.write() as connection:
        connection.execute(licences.insert().values(**row))
    return token
