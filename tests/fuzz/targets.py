"""Every parser of device bytes."""

from target import Target
from target_cabinet import cabinet_targets
from target_escpos import escpos_targets
from target_files import file_targets
from target_ipp import ipp_targets
from target_motor import motor_targets
from target_pictures import picture_targets
from target_scanners import scanner_targets
from target_sdt import sdt_targets
from target_social import social_targets


def all_targets() -> list[Target]:
    """Made when asked for: some import what is heavy."""
    return [*sdt_targets(), *motor_targets(), *cabinet_targets(), *escpos_targets(), *ipp_targets(), *scanner_targets(), *social_targets(), *picture_targets(), *file_targets()]
