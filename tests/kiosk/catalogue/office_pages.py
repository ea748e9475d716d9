"""An office in memory that sends a catalogue in pages."""

import itertools

from city_catalogue import a_head

from kiosk.backend.client import Changed
from kiosk.backend.messages.catalogue_requests import GuidePage, GuideTags, ListGuideTags
from kiosk.errors import BackendError, BackendReason


def tag_of(guide):
    return f"{guide.version}-{hash(guide.name['zh-CN']) % 10_000}"


class Office:
    """Answers as an office does; `versions` are in force one after the other, each for so many requests. `breaks` are requests that fail."""

    def __init__(self, *versions, guides=(), most=7, here="city", breaks=()):
        self.asked, self.etags, self.guides, self.most, self.here, self._breaks = [], [], sorted(guides, key=lambda one: one.code), most, here, breaks
        self._versions = itertools.chain.from_iterable([version] * times for version, times in versions or (("v1", 10_000),))

    @property
    def fetched(self):
        """Codes of the guides that were asked for, one after the other."""
        return [code for request in self.asked if not isinstance(request, ListGuideTags) for code in request.codes]

    def ask_changed(self, _request, etag, _abort):
        version = next(self._versions)
        self.etags.append(etag)
        return None if etag == version else Changed(a_head(version=version, here=self.here), version)

    def ask(self, request, _abort):
        self.asked.append(request)
        if len(self.asked) in self._breaks:
            raise BackendError(BackendReason.TIMEOUT)
        tags = isinstance(request, ListGuideTags)
        rest = [guide for guide in self.guides if guide.code > request.after and (tags or guide.code in request.codes)]
        page = rest[: self.most]
        after = page[-1].code if len(rest) > len(page) else None
        if tags:
            return GuideTags(version=next(self._versions), tags={guide.code: tag_of(guide) for guide in page}, next=after)
        return GuidePage(version=next(self._versions), guides=tuple(page), next=after)
