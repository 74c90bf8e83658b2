"""Draw a page of a document that nobody looked at before, in a process of its own."""

from __future__ import annotations

from django_tasks import task

from kaoji.documents.guarded.process import GuardedReader
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.platform.files.models import Document
from kaoji.subjects.intake.models import PagePicture


def picture_of(document: Document, page: int) -> bytes | None:
    """The page as PNG; None while it is being drawn, and for a page that there is not."""
    found = PagePicture.objects.filter(document=document, page=page).first()
    if found is None:
        draw_page.enqueue(document.pk, page)
        found = PagePicture.objects.filter(document=document, page=page).first()
    return bytes(found.picture) if found else None


@task(queue_name="reading")
def draw_page(document: int, page: int) -> None:
    """Draw it, unless somebody did."""
    held = Document.objects.filter(pk=document).first()
    if held is None or PagePicture.objects.filter(document=held, page=page).exists():
        return
    try:
        with GuardedReader() as reader:
            picture = reader.picture(bytes(held.content), page)
    except UnreadableDocument:
        return
    PagePicture.objects.get_or_create(document=held, page=page, defaults={"picture": picture})
