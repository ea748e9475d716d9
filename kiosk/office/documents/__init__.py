"""Copies of official documents: counted, marked with what they may be used for, and open to anybody's verification."""

from kiosk.office.documents.content import Content, DocumentKind
from kiosk.office.documents.copies import issue_copy

__all__ = ["Content", "DocumentKind", "issue_copy"]
