"""Pre-reviews: the materials are judged before the ticket, all faults are said at once, what may follow later is promised."""

from kiosk.office.reviews.linking import PassedReview, for_ticket, of_person

__all__ = ["PassedReview", "for_ticket", "of_person"]
