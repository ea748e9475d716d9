"""What has to be known of an ESC/POS printer that it does not tell by itself."""

from typing import Annotated, Literal

import msgspec

from drivers.transport import SerialSettings

Count = Annotated[int, msgspec.Meta(ge=0)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]


class Settings(SerialSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the paper and the printer are like.

    `columns` of 12 dots: 48 on 80 mm paper (576 dots), 32 on 58 mm (384 dots). `charset` holds where GS I 69 is not answered;
    `four_byte` says that the ROM has the four-byte part of GB18030. `speed_mm_s` is the slowest the paper may move.
    `patience_s` is how long a paper stopped in the middle waits for somebody to refill or close. `roll_m` is the length of a new
    roll in metres: with it, the counted length tells that paper is low where no sensor does (0: the length is not known).

    `presenter` is the dialect of what hands the paper out: `gs_e` for GS e and DLE EOT 20 of CUSTOM's kiosk printers (VKP80,
    KPM) and Pyramid's Reliance. `present_steps` is how far it is pushed out, in steps of the model (7 mm on a Reliance, 0.625 mm
    on a KPM210). A paper that nobody takes for `retract_after_s` (0: it stays) is taken back into a bin for `bin_papers` (0: not
    known); when the next paper has to be printed, it goes after `hurry_s`.
    """

    columns: Annotated[int, msgspec.Meta(ge=16, le=96)] = 48
    charset: Literal["gb2312", "gb18030"] = "gb2312"
    four_byte: bool = False
    full_cut: bool = False
    speed_mm_s: Annotated[int, msgspec.Meta(ge=1)] = 60
    patience_s: Seconds = 60.0
    answer_ms: Annotated[int, msgspec.Meta(ge=20)] = 500
    health_ms: Annotated[int, msgspec.Meta(ge=100)] = 2000
    roll_m: Count = 0
    presenter: Literal["none", "gs_e"] = "none"
    present_steps: Annotated[int, msgspec.Meta(ge=1, le=255)] = 12
    retract_after_s: Seconds = 30.0
    hurry_s: Seconds = 5.0
    bin_papers: Count = 0

    @property
    def presents(self) -> bool:
        """Whether the printer hands its papers out and can take them back."""
        return self.presenter != "none"
