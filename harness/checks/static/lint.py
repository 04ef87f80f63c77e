"""A process that lints: texts on its standard input, what sqlfluff says on its output, as JSON.

    python -m harness.checks.static.lint < request.json

The request is ``{"style": […texts of .sqlfluff files…], "texts": {checksum: text}}``; the answer
is ``{"said": {checksum: [[code, line, message], …]}}``, or ``{"refused": reason}``.
"""

from __future__ import annotations

import configparser
import gc
import json
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sqlfluff.core import FluffConfig, Linter
from sqlfluff.core.errors import SQLFluffUserError
from sqlfluff.core.types import ConfigMappingType

from harness.checks.static.cache import Said
from harness.errors import UsageError

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


def linted(texts: Mapping[str, str], style: tuple[str, ...]) -> dict[str, tuple[Said, ...]]:
    """Lint texts in the style of these `.sqlfluff` files, the later over the earlier.

    Raises `UsageError` for a configuration that sqlfluff refuses.
    """
    was_collecting = gc.isenabled()
    gc.disable()  # a parse tree is alive as a whole or dead as a whole: collecting costs a third
    try:
        linter = _linter(style)
        return {name: tuple(_said(linter, text)) for name, text in texts.items()}
    except (SQLFluffUserError, configparser.Error) as error:
        raise UsageError(f"sqlfluff refuses its configuration: {error}") from None
    finally:
        if was_collecting:
            gc.enable()


@lru_cache(maxsize=4)
def _linter(style: tuple[str, ...]) -> Linter:
    return Linter(config=FluffConfig.from_strings(_PLAIN, *style, overrides=_FIXED))


def _said(linter: Linter, text: str) -> Iterator[Said]:
    if len(text) > _LONGEST:
        message = f"{len(text)} characters are more than sqlfluff can read in a minute"
        yield Said(code="PRS", line=1, message=message)
        return
    try:
        found = linter.lint_string(text).violations
    except RecursionError:
        yield Said(code="PRS", line=1, message="an expression is too deep for sqlfluff")
        return
    for each in found:
        yield Said(code=each.rule_code(), line=each.line_no, message=each.desc())


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    try:
        found = linted(request["texts"], tuple(request["style"]))
    except UsageError as error:
        json.dump({"refused": str(error)}, sys.stdout)
        return
    said = {
        name: [[each.code, each.line, each.message] for each in words]
        for name, words in found.items()
    }
    json.dump({"said": said}, sys.stdout)


if __name__ == "__main__":
    main()
