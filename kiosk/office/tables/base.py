"""What all tables share. Moments are stored in UTC, days are days of the hall's own calendar."""

from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect, MetaData, TypeDecorator

from kiosk.backend.messages import OpenBand

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment with offset; SQLite keeps no offset, so it is UTC on both sides."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Say that it is UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Bands(TypeDecorator[tuple[OpenBand, ...]]):
    """Opening bands as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[OpenBand, ...] | None, _dialect: Dialect) -> object:
        """Store plain maps."""
        return [asdict(band) for band in value or ()]

    def process_result_value(self, value: list[dict[str, object]] | None, _dialect: Dialect) -> tuple[OpenBand, ...]:
        """Make bands of them."""
        return tuple(OpenBand(**{**band, "weekdays": tuple(band["weekdays"])}) for band in value or ())  # type: ignore[arg-type]
