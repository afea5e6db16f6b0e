"""The editor: a text as parts one under another, kept as a draft with every press of a button."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.models import Event
from journal.blocks import Block, clean_words
from journal.checks import findings
from journal.comparing import compared
from journal.describing import describe_typed, with_typed
from journal.editing import (
    Sheet,
    chosen,
    is_untouched,
    laid_out,
    moved,
    new_block,
    put_in,
    sent_sheet,
    sheet_of,
    without,
    writing_if_any,
)
from journal.editor_forms import SaveForm, words_widget
from journal.merging import merged
from journal.models import Post, Writing
from journal.publishing import NotPublished, publish_text
from journal.showing import previewed_blocks, shown_things
from journal.writing import Overtaken, drop_draft, keep_draft, save_version, writing_of
from people.refusals import Refused

type Of = Event | Post
# The one style that the editing box puts into the page by itself.
EDITORS_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
EDITORS_POLICY = settings.SECURE_CSP | {"style-src": [CSP.SELF, CSP.NONCE, EDITORS_STYLE]}
# What is put in at once; the rest is asked for on a page of its own.
AT_ONCE = ("text", "quotation")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose text is edited, and the addresses of its editor."""

    of: Of
    writing: Writing

    @property
    def name(self) -> str:
        return "event" if isinstance(self.of, Event) else "post"

    def address(self, page: str = "write", *more: str) -> str:
        return reverse(f"{self.name}_{page}", args=[self.of.slug, *more])

    @property
    def write_address(self) -> str:
        return self.address()

    @property
    def draft_address(self) -> str:
        return self.address("draft")

    @property
    def together_address(self) -> str:
        return self.address("together")

    @property
    def versions_address(self) -> str:
        return self.address("versions")

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What can be put in, each with what its button says."""
        own = ("quotation", _("Quotation")) if self.name == "event" else ("illustration", _("Picture"))
        return [
            ("text", _("Text")), ("photo", _("Photographs")), own,
            ("film", _("Film")), ("file", _("File")), ("note", _("Note")), ("story", _("Story")),
        ]  # fmt: skip


def desk_of(request: HttpRequest, slug: str, what: type[Of]) -> Desk:
    """The desk of a text that this viewer may write; to others it is not there."""
    mine = what.objects.visible_to(request.viewer).run_by(request.viewer)
    of = get_object_or_404(mine, slug=slug)
    return Desk(of, writing_if_any(of))


@csp_override(EDITORS_POLICY)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, what: type[Of]) -> HttpResponse:
    """The editor. Every button keeps what is typed first."""
    desk = desk_of(request, slug, what)
    if request.method != "POST":
        return show(request, desk, sheet_of(desk.writing, request.viewer))
    sheet = sent_sheet(request.POST)
    try:
        return pressed(request, desk, sheet)
    except NotPublished as refused:
        number = len(refused.findings)
        said = ngettext(
            "Saved, and not published yet: %(number)s thing to put right.",
            "Saved, and not published yet: %(number)s things to put right.",
            number,
        )
        messages.warning(request, said % {"number": number})
        return redirect(f"{desk.address()}#before-you-publish")
    except Overtaken as overtaken:
        messages.warning(request, _("%(overtaken)s What you typed is kept.") % {"overtaken": overtaken})
        return redirect(desk.address("together" if overtaken.draft and overtaken.latest else "write"))
    except Refused as refused:
        return show(request, desk, sheet, refusal=str(refused))


def pressed(request: HttpRequest, desk: Desk, sheet: Sheet) -> HttpResponse:
    """What a button does: `act` is its name and, after a colon, the block it stands at."""
    act, _colon, at = request.POST.get("act", "save").partition(":")
    writing = writing_of(desk.of, by=request.viewer)
    if act != "drop":
        describe_typed(writing, sheet.blocks, request.POST, by=request.viewer)
    match act:
        case "save" | "publish":
            return save(request, desk, writing, sheet, publishes=act == "publish")
        case "drop":
            drop_draft(writing, by=request.viewer)
            messages.success(request, _("What you had not saved is thrown away."))
            return redirect(desk.address())
        case "up" | "down":
            blocks = moved(sheet.blocks, at, -1 if act == "up" else 1)
        case "remove":
            blocks, at = without(sheet.blocks, at), ""
        case _ if act.removeprefix("add-") in AT_ONCE:
            new = new_block(act.removeprefix("add-"))
            blocks, at = put_in(sheet.blocks, [new], at), new["id"]
        case _:
            blocks = sheet.blocks
    keep_draft(writing, blocks, by=request.viewer, based_on=sheet.based_on, number=sheet.number)
    return onward(request, desk, act, at)


def onward(request: HttpRequest, desk: Desk, act: str, at: str) -> HttpResponse:
    """The page a button leads to: for putting something in, for looking, or the same one at the block."""
    kind = act.removeprefix("add-")
    if act.startswith("add-") and kind not in AT_ONCE and kind in dict(desk.kinds):
        return redirect(f"{desk.address('enclose', kind)}?after={at}")
    if act == "preview":
        return redirect(desk.address("preview"))
    # Not `redirect`: the place in the page is not to be taken for a name.
    return HttpResponseRedirect(f"{desk.address()}#b-{at}" if at else f"{desk.address()}#parts")


def save(
    request: HttpRequest, desk: Desk, writing: Writing, sheet: Sheet, *, publishes: bool
) -> HttpResponse:
    form = SaveForm(request.POST)
    if not form.is_valid():
        return show(request, desk, sheet, form=form)
    said = {"by": request.viewer, **form.cleaned_data}
    before = writing.shown
    version = save_version(writing, sheet.blocks, based_on=sheet.based_on, **said)
    if not publishes:
        messages.success(
            request, _("Saved as version %(number)s. Readers do not see it yet.") % {"number": version.number}
        )
        return redirect(desk.address())
    publish_text(writing, seen=version.number, **said)
    said = _("The text is published, as version %(number)s.")
    if before is not None:
        said = _("The text is changed for readers too, as version %(number)s.")
    messages.success(request, said % {"number": version.number})
    return redirect(desk.of)


def show(
    request: HttpRequest, desk: Desk, sheet: Sheet, *, form: SaveForm | None = None, refusal: str = ""
) -> HttpResponse:
    """The editor with these blocks, and beside them what is still missing before readers may see them."""
    widget = words_widget()
    form = form or SaveForm(request.POST if refusal else None)
    things = shown_things(desk.writing, sheet.blocks, request.viewer)
    with_typed(things, sheet.blocks, request.POST)
    context = {
        "section": "events" if desk.name == "event" else "journal",
        "desk": desk,
        "of": desk.of,
        "sheet": sheet,
        "parts": [part_of(block, widget, number) for number, block in enumerate(sheet.blocks, 1)],
        "things": things,
        "found": findings(desk.writing, sheet.blocks, request.viewer),
        "untouched": is_untouched(sheet),
        "form": form,
        "refusal": refusal,
        "editor_media": widget.media,
    }
    failed = bool(refusal or form.errors)
    return render(request, "journal/editor.html", context, status=422 if failed else 200)


def part_of(block: Block, widget: object, number: int) -> tuple[Block, str]:
    """A block, and for words the box to type them into."""
    if block["kind"] != "text":
        return block, ""
    name = f"html-{block['id']}"
    said = {"id": name, "aria-label": _("Text, part %(number)s") % {"number": number}}
    # Sanitised once more on its way out: the box makes elements of it, whatever wrote it.
    return block, widget.render(name, laid_out(clean_words(block.get("html", ""))), said)


@require_POST
def draft(request: HttpRequest, slug: str, what: type[Of]) -> HttpResponse:
    """Keeps what is typed while it is typed; what the page's script asks for."""
    desk = desk_of(request, slug, what)
    sheet = sent_sheet(request.POST)
    try:
        writing = writing_of(desk.of, by=request.viewer)
        who = {"by": request.viewer, "based_on": sheet.based_on, "number": sheet.number}
        kept = keep_draft(writing, sheet.blocks, **who)
    except Overtaken as overtaken:
        where = desk.address("together") if overtaken.draft and overtaken.latest else desk.address()
        return JsonResponse({"sentence": str(overtaken), "address": where}, status=409)
    except Refused as refused:
        return JsonResponse({"sentence": str(refused)}, status=422)
    at = timezone.localtime(kept.saved_at)
    said = {"kept": f"{at:%H:%M}", "number": kept.number + 1}
    if "describe" in request.POST:
        try:
            describe_typed(writing, sheet.blocks, request.POST, by=request.viewer)
        except Refused as refused:
            said |= {"sentence": str(refused)}
    return JsonResponse(said)


@require_safe
def preview(request: HttpRequest, slug: str, what: type[Of]) -> HttpResponse:
    """The text as readers would see it."""
    desk = desk_of(request, slug, what)
    sheet = sheet_of(desk.writing, request.viewer)
    context = {
        "section": "events" if desk.name == "event" else "journal",
        "desk": desk,
        "of": desk.of,
        "blocks": previewed_blocks(desk.writing, sheet.blocks, request.viewer),
    }
    return render(request, "journal/editor_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, slug: str, what: type[Of]) -> HttpResponse:
    """Two texts that were written at once, side by side; block by block one of them, or both, is taken."""
    desk = desk_of(request, slug, what)
    sheet = sheet_of(desk.writing, request.viewer)
    if not sheet.is_overtaken:
        return redirect(desk.address())
    base = desk.writing.versions.filter(number=sheet.based_on).first()
    both = merged(base.blocks if base else [], sheet.blocks, sheet.latest.blocks)
    if request.method == "POST":
        blocks = both if request.POST.get("act") == "merge" and both is not None else _chosen(request, sheet)
        who = {"by": request.viewer, "based_on": sheet.latest.number, "number": sheet.number}
        keep_draft(desk.writing, blocks, **who)
        messages.success(request, _("Both texts are in here now. Look it over, then save."))
        return redirect(desk.address())
    context = {
        "section": "events" if desk.name == "event" else "journal",
        "desk": desk,
        "of": desk.of,
        "sheet": sheet,
        "rows": _rows(sheet),
        "comparison": compared(sheet.latest.blocks, sheet.blocks),
        "may_merge": both is not None,
    }
    return render(request, "journal/editor_together.html", context, status=409)


def _chosen(request: HttpRequest, sheet: Sheet) -> list[Block]:
    take = {name.removeprefix("take-"): which for name, which in request.POST.items()}
    return chosen(sheet.blocks, sheet.latest.blocks, take)


def _rows(sheet: Sheet) -> list[tuple[str, Block | None, Block | None]]:
    """The blocks that differ, each as its id, mine and theirs."""
    mine = {block["id"]: block for block in sheet.blocks}
    theirs = {block["id"]: block for block in sheet.latest.blocks}
    names = [*theirs, *(name for name in mine if name not in theirs)]
    return [(name, mine.get(name), theirs.get(name)) for name in names if mine.get(name) != theirs.get(name)]
