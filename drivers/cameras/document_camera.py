"""A camera above a desk that pictures the pages laid under it.

A page is kept when it lies still, is sharp, well lit and without glare, all judged on the picture itself at its full size; the
picture is handed on as the camera compressed it. What hinders is told when the patience is over.
"""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from drivers.cameras.camera_driver import PARTS, CameraDriver
from drivers.cameras.preview import Previews
from drivers.cameras.settings import CameraSettings
from drivers.context import Context
from drivers.contract import Answer, Capabilities, Command, Frame, HealthLevel, PageTaken, TakePage
from drivers.errors import Action, DeviceError, Reason
from drivers.link import Link
from drivers.runner import Runner, unsupported

if TYPE_CHECKING:
    from drivers.cameras.picture import Picture, Pixels

_CHECK = 60.0  # s that a person has to fetch a page
_DARK = 80  # of 255, for paper; below, print drowns in noise


class Settings(CameraSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A page may take `patience_ms` to lie still and sharp.

    `sharpness` is the least that is kept, in the unit of PageTaken: 1 is a wide blur, 2.5 perfect. `glare` is the largest share
    of the picture that may be burnt out in spots. With `crop` the page alone is kept, set upright, wherever it can be made out
    without doubt. Previews are at most `preview_width` pixels wide, `preview_fps` a second while somebody looks at them.
    """

    width: Annotated[int, Meta(ge=160, le=8192)] = 1920
    height: Annotated[int, Meta(ge=120, le=8192)] = 1080
    patience_ms: Annotated[int, Meta(ge=200, le=60_000)] = 5000
    sharpness: Annotated[float, Meta(ge=1.0, le=3.0)] = 1.45
    glare: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.01
    crop: bool = False
    preview_width: Annotated[int, Meta(ge=160, le=1920)] = 960
    preview_fps: Annotated[int, Meta(ge=2, le=30)] = 12


def build(context: Context, settings: Settings) -> "DocumentCamera":
    """The camera as a device that also has previews."""
    return DocumentCamera(context, PageDriver(settings))


class DocumentCamera(Runner):
    """A `drivers.contract.Hardware` and `drivers.contract.Preview`."""

    def __init__(self, context: Context, driver: "PageDriver") -> None:
        super().__init__(context, driver, driver.open)
        self._previews = driver.previews

    @property
    def newest(self) -> Frame | None:
        """The newest frame, at any time and from any thread; None when there is none younger than a second."""
        return self._previews.newest


class PageDriver(CameraDriver[Settings]):
    """The camera's side of the runner."""

    capabilities = Capabilities(
        commands=("TakePage",),
        parts=PARTS,
        health=(HealthLevel.INTERNAL, HealthLevel.INTERACTIVE),
        counters=("pageTakenCount", "pageRefusedCount"),
    )

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.previews = Previews(settings.preview_width, settings.preview_fps)

    def handle(self, link: Link, command: Command) -> Answer:
        """TakePage."""
        match command:
            case TakePage():
                picture, sharpness = self._counted(link)
                return PageTaken(role=link.role, id=command.id, page=self._page(picture), sharpness=sharpness)
            case _:
                raise unsupported(command)

    def check(self, link: Link, level: HealthLevel) -> Mapping[str, str]:
        """Internal: pictures come and change; interactive: a page that a person lays down is pictured, and nothing of it kept."""
        if level is not HealthLevel.INTERACTIVE:
            return super().check(link, level)
        link.ask("check-lay-page")
        picture, sharpness = self._take(link, _CHECK)
        return {"size": f"{picture.width}x{picture.height}", "sharpness": f"{sharpness:.2f}"}

    def use(self, link: Link, picture: "Picture") -> "Pixels | None":  # noqa: ARG002 - as the base has it
        """Let a screen see it."""
        self.previews.offer(picture)
        return None

    def _counted(self, link: Link) -> tuple["Picture", float]:
        try:
            taken = self._take(link, self.settings.patience_ms / 1000)
        except DeviceError as error:
            if error.reason is not Reason.CANCELED:
                link.count("pageRefusedCount")
            raise
        link.count("pageTakenCount")
        return taken

    def _take(self, link: Link, patience: float) -> tuple["Picture", float]:
        """The first good picture and how sharp it is; raises what hindered last."""
        from drivers.cameras import page_sight  # noqa: PLC0415 - OpenCV, in this device's thread

        end = time.monotonic() + patience
        hindrance = DeviceError(Reason.NO_PICTURE, Action.CLEAR, "no picture changed")
        stillness = page_sight.Stillness()
        mark: int | None = None
        link.drain()
        while (left := end - time.monotonic()) > 0:
            picture = self.see(link, left)
            if picture is None:
                continue
            luma = picture.gray() if picture.mark != mark else None  # a frozen camera does not show what lies there now
            mark = picture.mark
            self.previews.offer(picture)
            self.watch(link, picture, luma)
            if luma is None:
                continue
            sharpness, error = self._judged(luma, still=stillness.look(luma))
            if error is None:
                return picture, sharpness
            hindrance = error
        raise link.status.error or hindrance

    def _judged(self, luma: "Pixels", *, still: bool) -> tuple[float, DeviceError | None]:
        """How sharp it is, and what is wrong with it; what is quick to find out comes first."""
        from drivers.cameras import page_sight  # noqa: PLC0415 - OpenCV, in this device's thread

        light = page_sight.light(luma)
        if light.high < _DARK:
            return 0.0, DeviceError(Reason.IMAGE_DARK, Action.WAIT, f"paper at {light.high:.0f} of 255")
        if light.glare > self.settings.glare:
            return 0.0, DeviceError(Reason.IMAGE_GLARE, Action.WAIT, f"{light.glare:.1%} burnt out")
        if not still:
            return 0.0, DeviceError(Reason.IMAGE_BLURRED, Action.WAIT, "does not lie still")
        sharpness = page_sight.sharpness(luma)
        if sharpness < self.settings.sharpness:
            return sharpness, DeviceError(Reason.IMAGE_BLURRED, Action.WAIT, f"sharpness {sharpness:.2f}")
        return sharpness, None

    def _page(self, picture: "Picture") -> Frame:
        """The whole picture as it came, or the page alone where that is wished and sure."""
        from drivers.cameras import page_finder  # noqa: PLC0415 - OpenCV, in this device's thread
        from drivers.cameras.picture import encoded  # noqa: PLC0415 - the same

        luma, bgr = (picture.gray(), picture.color()) if self.settings.crop else (None, None)
        corners = None if luma is None else page_finder.find(luma)
        if bgr is None or corners is None:
            return Frame(jpeg=picture.jpeg, width=picture.width, height=picture.height, at=picture.at)
        page = page_finder.straightened(bgr, corners)
        return Frame(jpeg=encoded(page), width=page.shape[1], height=page.shape[0], at=picture.at)
