"""The materials of an application: each is pictured, found in the licence store, promised or not needed, as its guide allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy import Connection, select, update

from kiosk.backend.messages.applications import GivenMaterial, Submit
from kiosk.backend.messages.catalogue import Guide, Material, MaterialStage
from kiosk.backend.messages.reviews import MaterialAnswer, Promise
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.licences.store import licence_by_token
from kiosk.office.office import Office
from kiosk.office.people import person_key
from kiosk.office.problems import ProblemError
from kiosk.office.reviews import promises
from kiosk.office.reviews.words import CONSEQUENCE
from kiosk.office.tables import licences, uploads
from kiosk.office.tokens import fingerprint
from kiosk.office.uploads.store import KEPT
from kiosk.office.workdays import WorkCalendar

_Given = Mapping[str, GivenMaterial]
_REFUSALS = (Refusal.MATERIAL_MISSING, Refusal.NOT_DEFERRABLE, Refusal.LICENCE_INVALID, Refusal.UPLOAD_INVALID)  # told in this order


@dataclass(frozen=True, slots=True)
class Checker:
    """Looks at the materials of one application, inside its transaction."""

    connection: Connection
    office: Office
    terminal: Terminal
    request: Submit

    def check(self, guide: Guide) -> None:
        """ProblemError with the codes of the materials that are not as the guide wants them, or `promise_barred`."""
        given = self.request.materials
        if given.keys() - {material.code for material in guide.materials}:
            raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", fields=("body.materials",))
        unknown = self._unknown_pictures()
        faults = {material.code: self._fault(material, given.get(material.code), unknown) for material in guide.materials}
        for refusal in _REFUSALS:
            if codes := tuple(code for code, fault in faults.items() if fault is refusal):
                raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, refusal, fields=codes)
        if any(one.answer is MaterialAnswer.LATER for one in given.values()) and self._barred():
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.PROMISE_BARRED)

    def _fault(self, material: Material, given: GivenMaterial | None, unknown: frozenset[str]) -> Refusal | None:
        """What is wrong with what is given; a material that is looked at on site may be left out."""
        if given is None or given.answer in {MaterialAnswer.MISSING, MaterialAnswer.FAULTY}:
            optional = material.stage is MaterialStage.SITE_CHECK or (given is None and self._is_the_form(material))
            return None if optional else Refusal.MATERIAL_MISSING
        if unknown & set(given.uploads) or (given.uploads and given.answer is not MaterialAnswer.HAVE):
            return Refusal.UPLOAD_INVALID
        match given.answer:
            case MaterialAnswer.HAVE:
                return None if given.uploads or self._is_the_form(material) else Refusal.MATERIAL_MISSING
            case MaterialAnswer.LICENCE:
                return None if self._holds(material.licence, given.licence) else Refusal.LICENCE_INVALID
            case MaterialAnswer.LATER:
                return None if material.deferrable or material.stage is MaterialStage.SITE_CHECK else Refusal.NOT_DEFERRABLE
            case _:  # not needed
                return None if material.needed_if else Refusal.MATERIAL_MISSING

    def _is_the_form(self, material: Material) -> bool:
        """The declared form stands for the one on paper."""
        return bool(material.form) and material.form == self.request.form

    def _unknown_pictures(self) -> frozenset[str]:
        """Pictures that are not this terminal's, taken already, forgotten, or named twice."""
        named = [upload for one in self.request.materials.values() for upload in one.uploads]
        ours = (uploads.c.terminal == self.terminal.code, uploads.c.case.is_(None), uploads.c.kept >= self.office.now() - KEPT)
        there = set(self.connection.execute(select(uploads.c.id).where(uploads.c.id.in_(named), *ours)).scalars())
        return frozenset(upload for upload in named if upload not in there or named.count(upload) > 1)

    def _holds(self, kind: str, token: str) -> bool:
        """Whether the token opens a valid licence of this kind, and the applicant's."""
        key = (licences.c.token_hash == fingerprint(token), licences.c.person == person_key(self.office, self.request.person))
        if self.connection.execute(select(licences.c.id).where(*key)).one_or_none() is None:
            return False
        licence = licence_by_token(self.connection, self.office, token)
        return licence is not None and licence.valid and licence.kind == kind

    def _barred(self) -> bool:
        return promises.barred(self.connection, person_key(self.office, self.request.person), self.office.today())


def take_pictures(connection: Connection, case: str, given: _Given) -> None:
    """The pictures are the case's from now on, in the order of the application."""
    for material, one in given.items():
        for position, upload in enumerate(one.uploads):
            taken = update(uploads).where(uploads.c.id == upload, uploads.c.case.is_(None))
            if connection.execute(taken.values(case=case, material=material, hand_over=None, position=position)).rowcount != 1:
                raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, Refusal.UPLOAD_INVALID, fields=(material,))


def promised(guide: Guide, given: _Given, office: Office, days: WorkCalendar) -> Sequence[Promise]:
    """What is to follow, and by when."""
    later = [one for one in guide.materials if one.code in given and given[one.code].answer is MaterialAnswer.LATER and one.deferrable]
    return [
        Promise(material=one.code, name=one.name, due=days.shift(office.today(), max(one.defer_days, 1)), consequence=CONSEQUENCE)
        for one in later
    ]


def plain_materials(connection: Connection, office: Office, given: _Given) -> dict[str, dict[str, str]]:
    """As they are stored: a licence by its kind and number, since its token opens it."""
    plain: dict[str, dict[str, str]] = {}
    for code, one in given.items():
        plain[code] = {"answer": one.answer.value}
        licence = licence_by_token(connection, office, one.licence) if one.answer is MaterialAnswer.LICENCE else None
        if licence:
            plain[code] |= {"kind": licence.kind, "number": licence.number}
    return plain
