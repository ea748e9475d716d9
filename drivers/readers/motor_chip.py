"""The chip of a card inside a motorised reader."""

from drivers.contract import Part, SocialCard
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.readers import social_card
from drivers.readers.motor_mechanics import Mechanics, MotorSettings
from drivers.readers.motor_media import Media

_LOST = frozenset({Reason.SILENT, Reason.UNPLUGGED})
_FIRST_BYTES = (b"\x3b", b"\x3f")  # ISO/IEC 7816-3: TS of an answer to reset, direct or inverse convention


class Chip:
    """Reads the social security card that is inside."""

    def __init__(self, mechanics: Mechanics, media: Media, settings: MotorSettings) -> None:
        self._mechanics = mechanics
        self._media = media
        self._settings = settings
        self.part = Part.UNKNOWN

    def read(self, link: Link) -> SocialCard:
        """Bring the card to the contacts, read it, and switch it off again; raises `DeviceError`."""
        try:
            self._media.inward(link, chip=True)
            card = self._whole(link)
        except DeviceError as error:
            if error.reason is Reason.HARDWARE:
                self.part = Part.INOPERATIVE
            raise
        self._switch(link, on=False)
        return card

    def _whole(self, link: Link) -> SocialCard:
        """Read from the beginning, and once more when the line was disturbed: an answer is never taken for that to another question."""
        try:
            return self._read(link)
        except DeviceError as error:
            if error.reason is not Reason.GARBLED:
                raise
        return self._read(link)

    def _read(self, link: Link) -> SocialCard:
        try:
            self._power_on(link)
            return social_card.read(lambda apdu: self._exchange(link, apdu))
        except DeviceError as error:
            if error.reason not in _LOST:
                self._off(link)
            raise

    def _off(self, link: Link) -> None:
        """Switch the chip off, if it will; raises `DeviceError` only when the device does not answer any more."""
        try:
            self._switch(link, on=False)
        except DeviceError as error:
            if error.reason in _LOST:
                raise

    def _power_on(self, link: Link) -> None:
        # The protocol stands before the answer to reset; for one model the sources do not agree whether it does.
        answer = self._switch(link, on=True)
        if not any(answer[at : at + 1] in _FIRST_BYTES for at in (0, 1)):
            raise DeviceError(Reason.CARD_UNREADABLE, Action.WAIT, "no answer to reset")
        self.part = Part.OK

    def _switch(self, link: Link, *, on: bool) -> bytes:
        return self._mechanics.ask(link, self._mechanics.model.chip(on=on), self._settings.chip_ms).data

    def _exchange(self, link: Link, apdu: bytes) -> bytes:
        link.check()
        return self._mechanics.ask_once(link, self._mechanics.model.apdu(apdu), self._settings.chip_ms).data
