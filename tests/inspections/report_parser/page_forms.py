"""Web pages made from a report's text, in the shapes that pages come in.

What lives here: cutting the published text form into blocks, and writing them as HTML. What must
not: anything of the parser; these pages are made without it, so that it can be held to them.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

RATING = r"(Requires improvement|Inadequate|Good|Outstanding)"
TABLE_ROWS = (
    re.compile(r"(Fieldwork started .*?)(Score \d+/\d+)"),
    re.compile(rf"(Overall rating){RATING}"),
    re.compile(rf"(P \d\.\d\.? .*?){RATING}"),
    re.compile(r"(P \d\.\d\.? .*?)(Rating)"),
    re.compile(r"(Key question)(Percentage .*)"),
    re.compile(r"(.*\?)(\d+%)"),
    re.compile(rf"(.*(?:\.|probation|them)){RATING}"),
)
TITLE = re.compile(r"(?:\d\. ?)?(.*) \(Back to top\)")
FOOTNOTE_MARK = re.compile(r"(population|children\.|the home\.|rates ?|rating ?)(\d)(?=[ a-z])")


@dataclass(frozen=True)
class Block:
    """`kind` is h1, h2, p, table, ul or ol; `parts` its texts, cells of a row parted by tabs."""

    kind: str
    parts: tuple[str, ...]


def blocks_of(text: str) -> list[Block]:
    """Cut a report's text into blocks; neighbouring rows and items are one table or list."""
    blocks: list[Block] = []
    for line in text.split("\n"):
        plain = line.strip()
        if not plain:
            continue
        kind, part = classify(plain)
        if blocks and blocks[-1].kind == kind and kind in {"table", "ul", "ol"}:
            blocks[-1] = Block(kind, (*blocks[-1].parts, part))
        else:
            blocks.append(Block(kind, (part,)))
    return blocks


def classify(line: str) -> tuple[str, str]:
    if line.startswith("An inspection of"):
        return "h1", line
    if TITLE.fullmatch(line) or line == "Footnotes":
        return "h2", line
    if line.startswith("•"):
        return "ul", line.removeprefix("•").strip()
    if re.match(r"\d\. ", line) and not TITLE.fullmatch(line) and not is_group(line):
        return "ol", line[3:]
    for row in TABLE_ROWS:
        if cells := row.fullmatch(line):
            return "table", f"{cells[1]}\t{cells[2]}"
    return "p", line


def is_group(line: str) -> bool:
    return "Organisational" in line or "Service" in line


Render = Callable[[str], str]


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def page(body: str, *, newline: str = "\n") -> str:
    """Put a body into a page with a cookie banner, navigation, styles and scripts."""
    pieces = [
        "<!DOCTYPE html>", '<html lang="en">',
        "<head><meta charset=utf-8><title>An inspection of everything - HM Inspectorate</title>",
        "<style>h2::after { content: 'Ratings'; }</style></head>",
        "<body><!-- Rhagair: <p>Score 21/21</p> -->",
        '<div class="cookie-banner"><p>We use <b>cookies</b>.</p><button>Accept</button></div>',
        '<nav><ul><li><a href="/">Home</a></li><li><a>Recommendations</a></li></ul></nav>',
        "<script>document.write('<h2>Ratings</h2><p>Score 1/21');</script>",
        f"<main>{newline}{body}{newline}</main>",
        "<footer><p>All rights belong to whom they belong.</p></footer></body></html>",
    ]  # fmt: skip
    return newline.join(pieces)


def write(blocks: list[Block], inline: Render = escape, newline: str = "\n") -> str:
    return newline.join(newline.join(write_block(block, inline)) for block in blocks)


def write_block(block: Block, inline: Render) -> Iterator[str]:
    if block.kind in {"h1", "h2", "p"}:
        yield f"<{block.kind}>{inline(block.parts[0])}</{block.kind}>"
        return
    yield f"<{block.kind}>"
    for part in block.parts:
        if block.kind == "table":
            cells = (f"<td>{inline(cell)}</td>" for cell in part.split("\t"))
            yield f"<tr>{''.join(cells)}</tr>"
        else:
            yield f"<li>{inline(part)}</li>"
    yield f"</{block.kind}>"


def pretty(text: str) -> str:
    """Headings, tables and lists, each tag on a line of its own and indented."""
    body = write(blocks_of(text)).replace("><", ">\n      <")
    return page(re.sub(r">([^<\n]+)<", r">\n          \1\n      <", body))


def minified(text: str) -> str:
    return page(write(blocks_of(text), newline=""), newline="")


def without_back_to_top(text: str) -> str:
    return pretty(text.replace(" (Back to top)", ""))


def with_linked_back_to_top(text: str) -> str:
    body = write(blocks_of(text), newline="")
    return page(body.replace(" (Back to top)", '</h2><a href="#top">(Back to top)</a><h2>'))


def with_bare_fragment(text: str) -> str:
    """What somebody copies out of a page's source: no html, head or body."""
    return write(blocks_of(text))


def with_section_headings_as_buttons(text: str) -> str:
    body = write(blocks_of(text))
    return page(re.sub(r"<h2>(.*?)</h2>", r"<h2><button><span>\1</span></button></h2>", body))


def in_nested_sections(text: str) -> str:
    """Every block in sections and divs, every cell in paragraphs, the page in a layout table."""

    def inline(part: str) -> str:
        return f"<div><div><p><span>{escape(part)}</span></p></div></div>"

    blocks = blocks_of(text)
    body = "".join(
        "<section><div>" * 3
        + "".join(write_block(block, escape if block.kind in {"h1", "h2", "p"} else inline))
        + "</div></section>" * 3
        for block in blocks
    )
    return page(f"<table><tbody><tr><td><div>{body}</div></td></tr></tbody></table>")


def in_nested_lists(text: str) -> str:
    """Lists as the only item of outer lists, and the whole page in a list of sections."""
    body = write(blocks_of(text))
    body = body.replace("<ul>", "<ul><li>\n<ul><li><ul>").replace(
        "</ul>", "</ul></li></ul></li></ul>"
    )
    body = body.replace("<ol>", "<ul><li><ol>").replace("</ol>", "</ol></li></ul>")
    return page("<ul><li>" + body.replace("<h2>", "</li><li><h2>") + "</li></ul>")


def in_nested_tables(text: str) -> str:
    body = write(blocks_of(text))
    body = body.replace("<table>", "<table><tr><td><table>").replace(
        "</table>", "</table></td></tr></table>"
    )
    return page(body.replace("<td>", "<td><blockquote>").replace("</td>", "</blockquote></td>"))


def with_divisions_for_tables(text: str) -> str:
    body = write(blocks_of(text))
    return page(re.sub(r"<(/?)(?:table|tr|td)>", r"<\1div>", body))


def with_definition_lists_for_tables(text: str) -> str:
    body = write(blocks_of(text)).replace("<table>", "<dl>").replace("</table>", "</dl>")
    body = re.sub(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", r"<dt>\1</dt><dd>\2</dd>", body)
    return page(body)


def with_subheadings_for_standards(text: str) -> str:
    """Titles of standards as headings over tables, "Strengths:" as headings over lists."""
    body = write(blocks_of(text))
    body = re.sub(
        r"<table>\s*<tr><td>(P \d.*?)</td><td>Rating</td></tr>", r"<h3>\1</h3><table>", body
    )
    return page(re.sub(r"<p>(Strengths|Areas for improvement):</p>", r"<h4>\1</h4>", body))


def with_inline_tags(text: str) -> str:
    """Words in strong and span; footnote marks raised and linked."""

    def inline(part: str) -> str:
        marked = FOOTNOTE_MARK.sub(r'\1<sup id="r\2"><a href="#fn">\2</a></sup>', escape(part))
        words = re.sub(r"\b(the|and|of)\b(?![^<]*>)", r"<span class='x'>\1</span>", marked, count=3)
        return f"<strong>{words}</strong>"

    return page(write(blocks_of(text), inline))


def with_line_breaks(text: str) -> str:
    """Tables and numbered lists as paragraphs with <br>; breaks within headings and items too."""
    written = []
    for block in blocks_of(text):
        if block.kind == "table":
            rows = (escape(part).replace("\t", " <br/>") for part in block.parts)
            written.append(f"<p>{'<br>'.join(rows)}</p>")
        elif block.kind == "ol":
            items = (f"{number}. {escape(part)}" for number, part in enumerate(block.parts, 1))
            written.append(f"<p>{'<BR>'.join(items)}</p>")
        else:
            broken = lambda part: escape(part).replace(" ", "<br> ", 1)  # noqa: E731
            written.extend(write_block(block, broken if block.kind != "p" else escape))
    return page("\n".join(written))


def with_entities(text: str) -> str:
    def inline(part: str) -> str:
        named = escape(part).replace("\u00a0", "&nbsp;").replace("’", "&rsquo;")
        return "".join(c if ord(c) < 128 else f"&#x{ord(c):X};" for c in named).replace(
            "%", "&percnt;"
        )

    return page(write(blocks_of(text), inline))


def with_marks_written_out(text: str) -> str:
    """Items that carry their bullet or number in their text as well."""
    written = []
    for block in blocks_of(text):
        mark = {"ul": "• {}", "ol": "{n}. {}"}.get(block.kind, "{}")
        parts = tuple(mark.format(part, n=n) for n, part in enumerate(block.parts, 1))
        written.append(Block(block.kind, parts))
    return page(write(written))


def with_list_paragraphs(text: str) -> str:
    body = write(blocks_of(text))
    return page(body.replace("<li>", "<li>\n <p>").replace("</li>", "</p>\n</li>"))


def with_unclosed_tags(text: str) -> str:
    return page(re.sub(r"</(?:p|li|td|tr)>", "", write(blocks_of(text))))


def in_capital_tags(text: str) -> str:
    return re.sub(r"</?[a-z0-9]+", lambda tag: tag[0].upper(), minified(text))


def as_preformatted_text(text: str) -> str:
    """What a browser saves of a text file."""
    return f"<html><head></head><body><pre>{escape(text)}</pre></body></html>"


def with_a_contents_list(text: str) -> str:
    titles = [block.parts[0] for block in blocks_of(text) if block.kind == "h2"]
    links = "".join(
        f'<div><a href="#x">{escape(title).replace(" (Back to top)", "")}</a></div>'
        for title in titles
    )
    return page(write(blocks_of(text)).replace("</h1>", f"</h1><div class='toc'>{links}</div>", 1))


FORMS: list[Render] = [
    pretty,
    minified,
    without_back_to_top,
    with_linked_back_to_top,
    with_bare_fragment,
    with_section_headings_as_buttons,
    in_nested_sections,
    in_nested_lists,
    in_nested_tables,
    with_divisions_for_tables,
    with_definition_lists_for_tables,
    with_subheadings_for_standards,
    with_inline_tags,
    with_line_breaks,
    with_entities,
    with_marks_written_out,
    with_list_paragraphs,
    with_unclosed_tags,
    in_capital_tags,
    as_preformatted_text,
    with_a_contents_list,
]
