"""Devices on the other side of the wire: each model's firmware, one process per device, speaking the bytes of the real one."""
