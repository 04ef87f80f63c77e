"""A YAML document as nodes with their lines: flat memory for any depth, and aliases in place.

PyYAML's own composer descends by recursion, in C without any guard: a line of 200,000 dashes kills
the process. And it hands out an anchor's node for each alias, whose line is then the anchor's.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.resolver import Resolver

# libyaml's parser is written in C; where PyYAML was built without it, its own does the same.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
_MOST_REPEATED = 100_000
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class NotYamlError(Exception):
    """The text is no YAML document that can be read; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def compose(text: str) -> yaml.Node | None:
    """Read the only document of a text; None where it is empty. Raises `NotYamlError`."""
    odd = _UNPRINTABLE.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        raise NotYamlError(line, f"the character U+{ord(odd[0]):04X} is none of YAML's")
    building = _Building()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            building.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise NotYamlError(line, str(error.problem or error.context)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise NotYamlError(1, " ".join(str(error).split())) from None
    return building.root


@dataclass(slots=True)
class _Building:
    """The nodes that events have opened and not yet closed, the innermost last."""

    root: yaml.Node | None = None
    open: list[tuple[yaml.CollectionNode, str | None]] = field(default_factory=list)
    anchors: dict[str, yaml.Node] = field(default_factory=dict)
    resolver: Resolver = field(default_factory=Resolver)
    documents: int = 0
    repeated: int = 0

    def take(self, event: Any) -> None:  # the marks of PyYAML's types are told in two ways
        line = event.start_mark.line + 1
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise NotYamlError(line, "a second document starts; one file holds one")
            case yaml.AliasEvent():
                self._add(self._alias(event, line))
            case yaml.ScalarEvent():
                self._add(self._named(event, self._scalar(event)))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if len(self.open) == _DEEPEST:
                    raise NotYamlError(line, f"it is nested more than {_DEEPEST} levels deep")
                self.open.append((self._collection(event), event.anchor))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._close(event)

    def _scalar(self, event: Any) -> yaml.ScalarNode:
        tag = self._tag(yaml.ScalarNode, event, event.value)
        return yaml.ScalarNode(
            tag, event.value, event.start_mark, event.end_mark, style=event.style
        )

    def _collection(self, event: Any) -> yaml.CollectionNode:
        kind = yaml.MappingNode if isinstance(event, yaml.MappingStartEvent) else yaml.SequenceNode
        tag = self._tag(kind, event, None)
        return kind(tag, [], event.start_mark, event.end_mark, flow_style=event.flow_style)

    def _tag(self, kind: type[yaml.Node], event: Any, value: str | None) -> str:
        if event.tag is not None and event.tag != "!":
            return str(event.tag)
        return str(self.resolver.resolve(kind, value, event.implicit))  # type: ignore[no-untyped-call]

    def _close(self, event: Any) -> None:
        node, anchor = self.open.pop()
        node.end_mark = event.end_mark
        if isinstance(node, yaml.MappingNode):
            node.value = list(zip(node.value[::2], node.value[1::2], strict=True))
        if anchor is not None:
            self.anchors[anchor] = node
        self._add(node)

    def _named(self, event: Any, node: yaml.ScalarNode) -> yaml.ScalarNode:
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _alias(self, event: Any, line: int) -> yaml.Node:
        """Return what an anchor names, as if it stood here; an anchor inside of itself is none."""
        if event.anchor not in self.anchors:
            raise NotYamlError(line, f"*{event.anchor} names no anchor above it")
        node = copy.copy(self.anchors[event.anchor])
        self.repeated += sum(1 for _ in _below(node))
        if self.repeated > _MOST_REPEATED:
            raise NotYamlError(line, "its aliases repeat more than can be read")
        node.start_mark, node.end_mark = event.start_mark, event.end_mark
        return node

    def _add(self, node: yaml.Node) -> None:
        if self.open:
            self.open[-1][0].value.append(node)
        else:
            self.root = node


def _below(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    for each in node.value if isinstance(node, yaml.CollectionNode) else ():
        for below in each if isinstance(each, tuple) else (each,):
            yield from _below(below)
