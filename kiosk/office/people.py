"""Citizens as the office tells them apart: by an HMAC of their identity number, and by the name a window calls."""

import hmac
from unicodedata import normalize

from kiosk.backend.messages import Person
from kiosk.office.office import Office

_DOTS = str.maketrans(dict.fromkeys("•・．∙⋅", "·"))  # what systems write between the parts of a minority name
_TAIL = 4  # characters of a number one types to show that it is one's own


def person_key(office: Office, person: Person) -> str:
    """Hex digest that stands for the person where no number may be kept."""
    return hmac.new(office.secret, f"person:{person.number}".encode(), "sha256").hexdigest()


def tail_proof(office: Office, subject: str, number: str) -> str:
    """What is stored about `subject` in place of the last four characters of an identity number, or made of those four."""
    return hmac.new(office.secret, f"tail:{subject}:{number[-_TAIL:].upper()}".encode(), "sha256").hexdigest()


def plain_name(name: str) -> str:
    """The name as it is compared: without the differences that systems make in spaces and dots."""
    return normalize("NFC", name).translate(_DOTS).replace(" ", "")
