"""A process that lints: each line of its standard input is a request, each line out an answer.

    python lint.py

It stands alone: a process of it imports sqlfluff, and little else. The first request is
``{"style": […texts of .sqlfluff files…]}``, each later one ``{"text": …}``; an answer is
``{"said": [[code, line, message], …]}``, or ``{"refused": reason}`` and the end.
"""

from __future__ import annotations

import configparser
import gc
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from sqlfluff.core import FluffConfig, Linter
from sqlfluff.core.errors import SQLFluffUserError
from sqlfluff.core.rules import RulePack
from sqlfluff.core.types import ConfigMappingType

from harness.errors import UsageError

Row = tuple[str, int, str]
"""What sqlfluff says: its code, the line from 1, its words."""

_LONGEST = 1_000_000
# By default a file is read as it stands: sqlfluff's own default would run it through Jinja.
_PLAIN = "[sqlfluff]\ntemplater = raw\n"
# What no repository may choose: files above 20 kB would pass unseen, and `noqa` needs no reason.
_FIXED: ConfigMappingType = {
    "dialect": "postgres",
    "large_file_skip_byte_limit": 0,
    "large_file_skip_fail": True,
    "disable_noqa": True,
}


def linted(texts: Mapping[str, str], style: tuple[str, ...]) -> dict[str, list[Row]]:
    """Lint texts in the style of these `.sqlfluff` files, the later over the earlier.

    Raises `UsageError` for a configuration that sqlfluff refuses.
    """
    with _without_collecting(), _refusals():
        linter, rules = _linter(style)
        return {name: list(_said(linter, rules, text)) for name, text in texts.items()}


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A parse tree is alive as a whole or dead as a whole: looking for garbage costs a third."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (SQLFluffUserError, configparser.Error) as error:
        raise UsageError(f"sqlfluff refuses its configuration: {error}") from None


@lru_cache(maxsize=4)
def _linter(style: tuple[str, ...]) -> tuple[Linter, RulePack]:
    linter = Linter(config=FluffConfig.from_strings(_PLAIN, *style, overrides=_FIXED))
    return linter, linter.get_rulepack()


def _said(linter: Linter, rules: RulePack, text: str) -> Iterator[Row]:
    if len(text) > _LONGEST:
        yield "PRS", 1, f"{len(text)} characters are more than sqlfluff can read in a minute"
        return
    try:
        # Not parse_string: it lets a file's own `-- sqlfluff:` comments change the configuration.
        rendered = linter.render_string(text, "<text>", linter.config, "utf-8")
        found = linter.lint_parsed(linter.parse_rendered(rendered), rules).violations
    except RecursionError:
        yield "PRS", 1, "an expression is too deep for sqlfluff"
        return
    for each in found:
        yield each.rule_code(), each.line_no, each.desc()


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the starter's affair: our input ends
    gc.disable()
    style: tuple[str, ...] = ()
    for line in sys.stdin:
        request = json.loads(line)
        style = tuple(request.get("style", style))
        texts = {"": request["text"]} if "text" in request else {}
        try:
            rows = linted(texts, style).get("", [])
        except UsageError as error:
            print(json.dumps({"refused": str(error)}), flush=True)  # noqa: T201
            return
        print(json.dumps({"said": rows}), flush=True)  # noqa: T201


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:  # nobody reads any more; Python would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
