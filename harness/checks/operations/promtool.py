"""Prometheus's own tool: what it says of rules, of their tests and of expressions."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.errors import UsageError

PROGRAM = "promtool"
_SECONDS = 60
_RULE = re.compile(r"rule (\d+),.*?could not parse expression: (.*)")
_WHERE = re.compile(r"(?:\S+: )?(?:(?:line )?(\d+)(?::\d+)?: )?(.*)")
_TEST = re.compile(r"alertname: (\S+), time: (\w+),(.*?)(?=\n\s*alertname: |\Z)", re.DOTALL)
_HEADINGS = ("Checking", "FAILED", "SUCCESS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a call of promtool ended, and its words."""

    ok: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promtool:
    """The program, where it is installed."""

    path: str

    def check_rules(self, file: Path) -> Said:
        """Check a file of rules."""
        return self._run("check", "rules", str(file))

    def test_rules(self, file: Path) -> Said:
        """Run a file of unit tests."""
        return self._run("test", "rules", str(file))

    def refusals(self, expressions: Sequence[str]) -> dict[int, str]:
        """Say of each expression that is no PromQL, by its place, why it is none."""
        rules = [
            {"record": f"r{place}", "expr": expression}
            for place, expression in enumerate(expressions)
        ]
        document = {"groups": [{"name": "expressions", "rules": rules}]}
        with TemporaryDirectory(prefix="korevitta-promtool-") as folder:
            file = Path(folder, "expressions.yml")
            file.write_text(json.dumps(document), encoding="utf-8")  # JSON is YAML
            said = self.check_rules(file)
        return {} if said.ok else self._by_place(expressions, said)

    def _by_place(self, expressions: Sequence[str], said: Said) -> dict[int, str]:
        found = {int(match[1]) - 1: match[2].strip() for match in _RULE.finditer(said.words)}
        if found or len(expressions) == 1:
            return found or {0: said.words}
        # It spoke in other words than ours: ask about each by itself.
        alone = {place: self.refusals([each]) for place, each in enumerate(expressions)}
        return {place: words[0] for place, words in alone.items() if words}

    def _run(self, *words: str) -> Said:
        command = [self.path, *words]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UsageError(f"{' '.join(command)} does not run: {error}") from error
        return Said(ok=done.returncode == 0, words=f"{done.stdout}\n{done.stderr}".strip())


def find_promtool() -> Promtool | None:
    """Return promtool if it is on the PATH."""
    path = shutil.which(PROGRAM)
    return None if path is None else Promtool(path=path)


def complaints(said: Said) -> Iterator[tuple[int, str]]:
    """Yield what `check rules` complained of, with the line in the file (1 where it says none)."""
    for line in said.words.splitlines():
        text = line.strip()
        match = _WHERE.fullmatch(text)
        if match and match[2] and not text.startswith(_HEADINGS) and not text.endswith(":"):
            yield int(match[1] or 1), match[2]


def failures(said: Said) -> Iterator[tuple[str, str, str]]:
    """Yield each alert that `test rules` saw otherwise: its name, the moment, exp and got."""
    for match in _TEST.finditer(said.words):
        yield match[1], match[2], " ".join(match[3].split())
