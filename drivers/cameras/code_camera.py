"""A camera that reads bar and QR codes from phones and papers.

Every picture is shown to zxing-cpp; what is new in one in which it finds none is tried once more after one step of preparation, and
now and then shown to other decoders in a slower lane. While nobody is at the camera, which is most of the day, those two happen rarely and
pictures are looked at in half their size; while a code stays in sight that has been told, it is looked at ten times a second. A
code is told once, and again only after it has been out of sight.
"""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from drivers.cameras.camera_driver import PARTS, CameraDriver
from drivers.cameras.settings import CameraSettings
from drivers.cameras.sightings import Sightings
from drivers.code_text import text_of
from drivers.context import Context
from drivers.contract import Capabilities, CodeRejected, CodeScanned, Hardware, HealthLevel, MediaTo, Status
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.runner import Runner

if TYPE_CHECKING:
    from drivers.cameras.decoder import Decoder
    from drivers.cameras.picture import Picture, Pixels
    from drivers.cameras.second_opinion import SecondOpinion
    from drivers.cameras.stir import Stir

_ENDS = b"\r\n"  # around a code they belong to whoever made it, as with a serial scanner
_CHECK = 60.0  # s that a person has to fetch a code
_LEAST_AGAIN = 1000  # ms: the slower lane looks every half second, and may miss a code once without it being gone
_RARELY = 15  # pictures: of so many without anybody there, one is looked at whole and given a second try
_RARELY_SECOND = 120  # and one a second opinion
_IN_SIGHT = 0.09  # s between two looks at a code that has been told

Lane = Literal["first", "rescue", "second"]
Sighting = tuple[bytes, Lane, float]  # payload, how it was found, at what time it was pictured
_COUNTERS = {"rescue": "rescuedScanCount", "second": "secondOpinionCount"}


class Settings(CameraSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`formats` are the kinds of codes to look for: each one more costs time. `limit` is in bytes.

    The same code is told again after it was out of sight for `again_after_ms`. `wechat_models` is the folder of the four files
    `detect.prototxt`, `detect.caffemodel`, `sr.prototxt`, `sr.caffemodel` of OpenCV's WeChat detector, "" for none.
    """

    formats: Annotated[
        tuple[Literal["qr", "microqr", "datamatrix", "pdf417", "code128", "code39", "ean13"], ...], Meta(min_length=1)
    ] = ("qr",)
    limit: Annotated[int, Meta(ge=1, le=7089)] = 512
    again_after_ms: Annotated[int, Meta(ge=_LEAST_AGAIN)] = 2000
    wechat_models: str = ""


def build(context: Context, settings: Settings) -> Hardware:
    """The camera as a device."""
    driver = CodeCamera(settings)
    return Runner(context, driver, driver.open)


class CodeCamera(CameraDriver[Settings]):
    """The camera's side of the runner."""

    capabilities = Capabilities(
        events=("CodeScanned", "CodeRejected"),
        parts=PARTS,
        health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE),
        counters=("goodScanCount", "rejectedScanCount", "rescuedScanCount", "secondOpinionCount"),
    )

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._sightings = Sightings(settings.again_after_ms / 1000)
        self._decoder: Decoder | None = None
        self._second: SecondOpinion | None = None
        self._stir: Stir | None = None
        self._quiet = 0  # pictures since somebody was there
        self._pause_until = 0.0

    def connect(self, link: Link) -> Status:
        """Wait for pictures, and start the slower lane."""
        from drivers.cameras import decoder, second_opinion, stir  # noqa: PLC0415 - OpenCV and zxing-cpp, in this device's thread

        self._decoder = decoder.Decoder(self.settings.formats)
        self._stir = stir.Stir()
        others = second_opinion.readers(self.settings.formats, self.settings.wechat_models)
        self._second = self.capture.keep(second_opinion.SecondOpinion(others))
        status = super().connect(link)
        self._sightings.resume(time.monotonic())
        return status

    def reset(self, link: Link, to: MediaTo) -> None:
        """Open the camera anew; a code that is still in sight is told again."""
        super().reset(link, to)
        self._sightings.clear()

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: pictures come and change; interactive: a code that a person holds up is read."""
        if level is not HealthLevel.INTERACTIVE:
            return super().check(link, level)
        link.ask("check-hold-code")
        end = time.monotonic() + _CHECK
        while (left := end - time.monotonic()) > 0:
            if picture := self.see(link, left):
                luma, found = self._found(picture)
                self.watch(link, picture, luma)
                for payload, lane, _ in self._late() + found:
                    if text := text_of(payload):
                        return {"length": str(len(text)), "lane": lane}
        raise DeviceError(Reason.TIMEOUT, Action.MAINTENANCE, "no code was read")

    def use(self, link: Link, picture: "Picture") -> "Pixels | None":
        """Tell the codes in this picture that were not there before."""
        late = self._late()
        if picture.at < self._pause_until and not late:
            return None
        luma, found = self._found(picture)
        fresh = [self._tell(link, payload, lane, at) for payload, lane, at in late + found]
        self._pause_until = picture.at + _IN_SIGHT if found and not any(fresh) else 0.0
        return luma

    def _late(self) -> list[Sighting]:
        """What the slower lane has found in an earlier picture."""
        opinions = [] if self._second is None else self._second.take()
        return [(payload.strip(_ENDS), "second", one.at) for one in opinions for payload in one.payloads]

    def _found(self, picture: "Picture") -> tuple["Pixels | None", list[Sighting]]:
        """The codes of this picture, and its luma."""
        luma = self._looked_at(picture)
        if luma is None or self._decoder is None or self._second is None or self._stir is None:
            return luma, []
        found = self._decoder.read(luma)
        if not found.payloads and self._quiet % _RARELY == 0:
            found = self._decoder.rescue(self._stir.where(luma))
        if not found.payloads and self._quiet % _RARELY_SECOND == 0:
            self._second.offer(self._stir.where(luma), picture.at)
        lane: Lane = "rescue" if found.rescued else "first"
        return luma, [(payload.strip(_ENDS), lane, picture.at) for payload in found.payloads]

    def _looked_at(self, picture: "Picture") -> "Pixels | None":
        """The picture's luma: at half its size while nobody is there, at its own as soon as somebody is, and now and then."""
        whole = (self._quiet + 1) % _RARELY == 0 or self._quiet == 0
        luma = picture.gray() if whole else picture.half()
        if luma is None or self._stir is None:
            return luma
        self._quiet = 0 if self._stir.look(luma) else self._quiet + 1
        return picture.gray() if not whole and self._quiet % _RARELY == 0 else luma

    def _tell(self, link: Link, payload: bytes, lane: Lane, at: float) -> bool:
        """Tell this code, if it is new; whether it was."""
        text = text_of(payload)
        if not payload or not self._sightings.new(payload if text is None else text, at):
            return False
        if text is None or len(payload) > self.settings.limit:
            link.count("rejectedScanCount")
            link.emit(CodeRejected(role=link.role, reason="notText" if text is None else "tooLong"))
            return True
        link.count("goodScanCount")
        if lane in _COUNTERS:
            link.count(_COUNTERS[lane])
        link.emit(CodeScanned(role=link.role, text=text))
        return True
