"""From a saved web page to the text form that the Inspectorate publishes.

What lives here: walking the page's tags with lxml and writing its text in lines, list items with
"• " or their number. What must not: what the lines mean; the page is read like any published text
afterwards, and no tag, attribute or script of it is kept.

lxml calls a target as it reads instead of building a tree: a tree with 100,000 attributes on one
tag takes libxml2 40 seconds, and nothing here ever recurses. The page is fed in pieces, so that
tags nested too deeply are refused before libxml2 spends time on them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from lxml import etree

from inspections.report_parser.lines import normalise_spaces
from inspections.report_parser.refusals import NotAnInspectionReport

MAX_DEPTH = 256
MAX_PARTS = 100_000  # tags and runs of text; a published page has a few thousand
_PIECE_BYTES = 64 * 1024

_OPENING = re.compile(r"\s{0,1000}<(?:!doctype|!--|\?xml|[a-z])", re.IGNORECASE)
_ANYWHERE = re.compile(r"</(?:p|li|h[1-6]|td|tr|table|div|body|html)>", re.IGNORECASE)
_ENOUGH_TAGS = 3

_UNSEEN = {
    "head", "title", "script", "style", "noscript", "template", "nav", "iframe", "object", "svg",
    "math", "canvas", "audio", "video", "select", "textarea",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CELLS = {"td", "th", "tr", "dt", "dd", "caption", "summary"}
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "details", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "main", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "ul",
}  # fmt: skip


def looks_like_html(text: str) -> bool:
    """Tell a web page, or a part of one, from plain text that may mention a tag."""
    if _OPENING.match(text):
        return True
    closings = _ANYWHERE.finditer(text)
    return (
        sum(1 for _, _closing in zip(range(_ENOUGH_TAGS), closings, strict=False)) >= _ENOUGH_TAGS
    )


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page's text in lines, and whether it links to a PDF: a page that announces one does."""

    text: str
    links_to_pdf: bool


def read_web_page(html: str) -> WebPage:
    """Write the text of a page in lines, as in the published text form.

    Raises: NotAnInspectionReport if its tags are nested more than 256 deep, or far too many.
    """
    page = _Page()
    parser = etree.HTMLParser(
        target=cast("etree.ParserTarget", page), encoding="utf-8", no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    source = html.encode("utf-8", errors="replace")
    for start in range(0, len(source), _PIECE_BYTES):
        parser.feed(source[start : start + _PIECE_BYTES])
    parser.close()
    return WebPage(page.text(), page.links_to_pdf)


class _Page:
    """The target that lxml calls while it reads; it keeps the lines written so far."""

    def __init__(self) -> None:
        self.links_to_pdf = False
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._depth = 0
        self._parts = 0
        self._unseen_from: int | None = None
        self._heading_from: int | None = None
        self._preformatted_from: int | None = None
        self._lists: list[int | None] = []
        self._items: list[bool] = []
        self._mark = ""
        self._gap = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._count_part()
        if self._unseen_from is None:
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        if self._unseen_from is None:
            self._close(tag)
        elif self._unseen_from == self._depth:
            self._unseen_from = None
        self._depth -= 1

    def data(self, text: str) -> None:
        self._count_part()
        if self._unseen_from is not None:
            return
        if self._preformatted_from is None:
            self._pieces.append(text)
            return
        *whole, rest = text.split("\n")
        for line in whole:
            self._pieces.append(line)
            self._end_line(keep_blank=True)
        self._pieces.append(rest)

    def _count_part(self) -> None:
        self._parts += 1
        if self._depth > MAX_DEPTH or self._parts > MAX_PARTS:
            raise NotAnInspectionReport(
                "The page's tags are more, or nested deeper, than any report's: open the report's"
                " own web page and save it as HTML, or copy its text into a file."
            )

    def close(self) -> None:
        self._end_line()

    def text(self) -> str:
        return "\n".join(self._lines)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _UNSEEN:
            self._unseen_from = self._depth
        elif tag in {"ul", "ol"}:
            self._break(leaves_item=True)
            self._lists.append(_first_number(attributes.get("start")) if tag == "ol" else None)
        elif tag == "li":
            self._open_item(attributes)
        elif tag == "br":
            self._break_softly()
        elif tag in _BLOCKS or tag in _CELLS:
            self._open_block(tag)
        elif tag == "sup":
            self._glue()
        elif tag == "a":
            self._follow(attributes.get("href", ""))

    def _open_block(self, tag: str) -> None:
        if tag == "pre":
            self._preformatted_from = self._preformatted_from or self._depth
        if tag in _HEADINGS:
            self._heading_from = self._heading_from or self._depth
        self._break(leaves_item=tag in _HEADINGS or tag == "table", gap=tag in _BLOCKS)

    def _open_item(self, attributes: Mapping[str, str]) -> None:
        self._end_line()
        number = self._lists[-1] if self._lists else None
        if number is not None:
            number = _number(attributes.get("value"), instead=number)
            self._lists[-1] = number + 1
        self._mark = "• " if number is None else f"{number}. "
        self._items.append(True)

    def _close(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._break(leaves_item=True)
            del self._lists[-1:]
        elif tag == "li":
            self._end_line()
            self._mark = ""
            del self._items[-1:]
        elif tag in _BLOCKS or tag in _CELLS:
            self._close_block(tag)

    def _close_block(self, tag: str) -> None:
        self._break(gap=tag in _BLOCKS)
        if self._heading_from == self._depth:
            self._heading_from = None
        if self._preformatted_from == self._depth:
            self._preformatted_from = None

    def _break(self, *, leaves_item: bool = False, gap: bool = True) -> None:
        """End the line at a block's edge; blocks within one list item stay on its line.

        Headings, tables and lists within an item are a layout of their own: there the item ends.
        """
        if self._items and self._items[-1] and not leaves_item:
            self._pieces.append(" ")
            return
        self._end_line()
        self._gap = self._gap or gap
        if leaves_item and self._items:
            self._items[-1] = False
            self._mark = ""

    def _break_softly(self) -> None:
        """End the line at a <br>, except in a heading or a list item, which are one line."""
        if self._heading_from is not None or (self._items and self._items[-1]):
            self._pieces.append(" ")
        else:
            self._end_line()

    def _follow(self, address: str) -> None:
        path = address.partition("?")[0].partition("#")[0]
        self.links_to_pdf = self.links_to_pdf or path.strip().casefold().endswith(".pdf")

    def _glue(self) -> None:
        """Set a raised footnote mark directly after its word, as the published text does."""
        if self._pieces:
            self._pieces[-1] = self._pieces[-1].rstrip()

    def _end_line(self, *, keep_blank: bool = False) -> None:
        raw = "".join(self._pieces)
        self._pieces.clear()
        text = normalise_spaces(raw)
        if not text:
            self._gap = self._gap or keep_blank
            return
        if self._gap and self._lines:
            self._lines.append("")
        self._gap = False
        self._lines.append(_marked(self._mark, text))
        self._mark = ""


def _marked(mark: str, text: str) -> str:
    """Put an item's mark before its text, once: some pages write it into the text as well."""
    if not mark:
        return text
    return f"{mark}{text.removeprefix(mark.strip()).strip()}"


def _first_number(start: str | None) -> int:
    return _number(start, instead=1)


def _number(text: str | None, *, instead: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else instead  # noqa: PLR2004 - no list is longer
