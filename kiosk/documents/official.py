"""A decision or a copy of an electronic licence as an A4 document: what it says, its copy number, what it is for, how to verify it."""

from kiosk.backend.messages.documents import OfficialDocument
from kiosk.documents.sheets import Block, Code, Para, Rows, Sheets
from kiosk.flow import Around
from kiosk.texts import text


def official(document: OfficialDocument, around: Around) -> Sheets:
    """The document in the session's language; its facts are the office's own."""
    say = around.say
    expires = f"{document.expires:%Y-%m-%d}" if document.expires else say(text("document-no-end"))
    facts = tuple((say(fact.label), fact.value) for fact in document.facts)
    blocks: tuple[Block, ...] = (
        Rows(((say(text("document-number")), document.number), *facts)),
        *(Para(say(line)) for line in document.text),
        Rows(
            (
                (say(text("document-issuer")), say(document.issuer)),
                (say(text("document-issued")), f"{document.issued:%Y-%m-%d}"),
                (say(text("document-expires")), expires),
                (say(text("document-copy")), say(text("document-copy-number", n=document.copy))),
                (say(text("document-purpose")), say(document.purpose)),
                (say(text("document-copy-until")), f"{document.valid_until:%Y-%m-%d}"),
                (say(text("document-verify-code")), document.verify_code),
            )
        ),
        Code(document.verify_url, say(text("document-verify"))),
    )
    mark = text("document-watermark", purpose=document.purpose, n=document.copy)
    return Sheets(
        title=say(document.title),
        blocks=blocks,
        header=say(around.hall),
        footer=say(text("document-printed", at=f"{document.printed:%Y-%m-%d %H:%M}")),
        watermark=say(mark),
        language=around.language,
    )
