"""A runbook's Markdown: its headings as GitHub links to them, its blocks of code, its links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([^`]*)$")
_ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_COMMENT = re.compile(r"^\s*<!--\s*(.*?)\s*-->\s*$")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^()\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_LINK_TEXT = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block; ``line`` is that of its first line of text, ``note`` the comment above."""

    language: str
    info: str
    text: str
    line: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link and where it stands."""

    target: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader of a Markdown file can follow or run."""

    anchors: frozenset[str]
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    unclosed: int | None = None


@dataclass(slots=True)
class _Reading:
    slugs: Counter[str] = field(default_factory=Counter)
    anchors: set[str] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    note: str = ""
    above: str = ""


def read_markdown(text: str) -> Document:
    """Read a Markdown file."""
    lines = text.splitlines()
    reading = _Reading()
    unclosed: int | None = None
    place = 0
    while place < len(lines):
        fence = _FENCE.match(lines[place])
        if fence is None:
            _read_line(reading, lines[place], place + 1)
            place += 1
            continue
        end = _end_of_block(lines, place, fence[1])
        if end is None:
            unclosed, end = place + 1, len(lines)
        info = fence[2].strip()
        reading.blocks.append(
            Block(
                language=info.split(" ", 1)[0].lower(),
                info=info.partition(" ")[2].strip(),
                text="\n".join(lines[place + 1 : end]) + "\n",
                line=place + 2,
                note=reading.note,
            )
        )
        reading.note = reading.above = ""
        place = end + 1
    return Document(
        anchors=frozenset(reading.anchors),
        blocks=tuple(reading.blocks),
        links=tuple(reading.links),
        unclosed=unclosed,
    )


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives to a heading, before it numbers equal ones.

    Markup is taken away, letters become small, what is neither letter, digit, hyphen, underscore
    nor space goes, and each space becomes a hyphen.
    """
    plain = _LINK_TEXT.sub(r"\1", heading.strip())
    plain = re.sub(r"(\*\*|__|\*|`|~~)(.+?)\1", r"\2", plain).replace("`", "")
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


def _read_line(reading: _Reading, line: str, number: int) -> None:
    comment = _COMMENT.match(line)
    if comment is not None:
        reading.note = comment[1]
        return
    heading = _ATX.match(line)
    if heading is not None:
        _add_heading(reading, heading[2] or "")
    elif reading.above and _SETEXT.match(line):
        _add_heading(reading, reading.above)
    prose = _CODE_SPAN.sub("", line)
    reading.links += [Link(target=each[1], line=number) for each in _LINK.finditer(prose)]
    if line.strip():
        reading.note = ""
    reading.above = "" if heading is not None else line.strip()


def _add_heading(reading: _Reading, text: str) -> None:
    base = slug(text)
    count = reading.slugs[base]
    reading.slugs[base] += 1
    reading.anchors.add(f"{base}-{count}" if count else base)


def _end_of_block(lines: list[str], place: int, fence: str) -> int | None:
    closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    for end in range(place + 1, len(lines)):
        if closing.match(lines[end]):
            return end
    return None


def targets(document: Document) -> Iterator[Link]:
    """Yield the links that lead to a file or heading, not to another site."""
    for link in document.links:
        if not re.match(r"[a-z][a-z0-9+.-]*:", link.target):
            yield link
