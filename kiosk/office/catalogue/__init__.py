"""The catalogue: what is published, version by version, and what the other parts of the office look up in it."""

from kiosk.office.catalogue.reading import form, guide, head, is_current, rating
from kiosk.office.catalogue.recent import recent_guide, recent_heads
from kiosk.office.catalogue.source import CatalogueSource, Kind

__all__ = ["CatalogueSource", "Kind", "form", "guide", "head", "is_current", "rating", "recent_guide", "recent_heads"]
