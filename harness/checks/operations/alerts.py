"""alert-invalid: rules that Prometheus accepts, that can fire, and that lead to a runbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from harness.checks.finding import Finding, Proof, Rule, Severity
from harness.checks.operations.document import Mapping, read_mapping
from harness.checks.operations.fault import Fault
from harness.checks.operations.files import Kind, OperationFile
from harness.checks.operations.known import KnownMetrics
from harness.checks.operations.markdown import read_markdown
from harness.checks.operations.promtool import Promtool, Said, complaints, failures

_ANNOTATIONS = ("summary", "description", "runbook_url")
_NO_PROMTOOL = "not proven: promtool is not installed (it comes with Prometheus)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEvidence:
    """A file of rules or of their tests, read, checked and held against what it refers to."""

    file: str
    faults: tuple[Fault, ...] = ()
    must_be_proven: bool = False


def gather_alerts(
    file: OperationFile,
    *,
    repository: Path,
    known: KnownMetrics,
    tested: frozenset[str],
    promtool: Promtool | None,
) -> tuple[Fault, ...]:
    """Say what is wrong with a file of rules; ``tested`` names alerts that a test sees fire."""
    top, faults = _read(file.path)
    if faults:
        return faults
    found = [*_said_of_rules(file.path, promtool)]
    for rule in _rules(top):
        found += _unknown_metrics(rule, known)
        if rule.text("alert") is not None:
            found += _faults_of_alert(rule, repository, tested)
    return tuple(found)


def gather_alert_tests(file: OperationFile, promtool: Promtool | None) -> tuple[Fault, ...]:
    """Say what is wrong with a file of unit tests: promtool runs them."""
    top, faults = _read(file.path)
    if faults:
        return faults
    missing = [*_missing_rule_files(file.path, top)]
    if missing:
        return tuple(missing)
    if promtool is None:
        return (Fault(line=1, message=_NO_PROMTOOL, proven=False),)
    said = promtool.test_rules(file.path)
    return () if said.ok else tuple(_failed_tests(top, said))


def tested_alerts(files: Iterable[OperationFile]) -> frozenset[str]:
    """Name the alerts that some unit test expects to fire."""
    found: set[str] = set()
    for file in files:
        if file.kind is Kind.ALERT_TESTS:
            for test in _read(file.path)[0].mappings("tests"):
                for case in test.mappings("alert_rule_test"):
                    if case.listed("exp_alerts"):
                        found.add(case.text("alertname") or "")
    return frozenset(found)


def _read(path: Path) -> tuple[Mapping, tuple[Fault, ...]]:
    return read_mapping(path.read_text(encoding="utf-8", errors="replace"))


def _failed_tests(top: Mapping, said: Said) -> Iterator[Fault]:
    """Say of each alert that a test saw otherwise, where the test stands."""
    found = tuple(failures(said))
    for name, time, words in found:
        line = next(_cases_of(top, name, time), 1)
        yield Fault(line=line, message=f"{name} at {time}: {words}", object=name)
    if not found:
        yield Fault(line=1, message=f"promtool test rules: {said.words}")


def _cases_of(top: Mapping, name: str, time: str) -> Iterator[int]:
    """Yield the lines of an alert's cases, those of that moment first."""
    cases = [
        case
        for test in top.mappings("tests")
        for case in test.mappings("alert_rule_test")
        if case.text("alertname") == name
    ]
    for case in sorted(cases, key=lambda each: each.text("eval_time") != time):
        yield case.line


def _rules(top: Mapping) -> Iterator[Mapping]:
    for group in top.mappings("groups"):
        yield from group.mappings("rules")


def _said_of_rules(path: Path, promtool: Promtool | None) -> Iterator[Fault]:
    if promtool is None:
        yield Fault(line=1, message=_NO_PROMTOOL, proven=False)
        return
    said = promtool.check_rules(path)
    if not said.ok:
        found = tuple(complaints(said)) or ((1, said.words),)
        for line, words in found:
            yield Fault(line=line, message=f"promtool check rules: {words}")


def _unknown_metrics(rule: Mapping, known: KnownMetrics) -> Iterator[Fault]:
    name = rule.text("alert") or rule.text("record")
    for said in known.objections(rule.text("expr") or ""):
        yield Fault(line=rule.line_of("expr"), message=f"{name}: {said}", object=name)


def _faults_of_alert(rule: Mapping, repository: Path, tested: frozenset[str]) -> Iterator[Fault]:
    name = rule.text("alert") or ""
    if rule.mapping("labels").text("severity") is None:
        yield Fault(line=rule.line, message=f"{name} has no label severity", object=name)
    annotations = rule.mapping("annotations")
    for key in _ANNOTATIONS:
        if not annotations.text(key):
            said = f"{name} has no annotation {key}"
            yield Fault(line=rule.line_of("annotations"), message=said, object=name)
    url = annotations.text("runbook_url")
    nowhere = _leads_nowhere(url, repository) if url else None
    if nowhere is not None:
        line = annotations.line_of("runbook_url")
        yield Fault(line=line, message=f"{name}: {nowhere}", object=name)
    if name not in tested:
        yield Fault(line=rule.line, message=f"no unit test sees {name} fire", object=name)


def _leads_nowhere(url: str, repository: Path) -> str | None:
    target, _, anchor = unquote(url).partition("#")
    if "://" in target:
        return f"{url} is on another site, where nothing can be proven: give a path of this one"
    path = repository / target
    if not path.is_file():
        return f"runbook_url leads to {target}, which does not exist"
    if not anchor:
        return f"runbook_url leads to {target} as a whole, and not to what to do: add #heading"
    if anchor not in read_markdown(path.read_text(encoding="utf-8", errors="replace")).anchors:
        return f"runbook_url leads to #{anchor}, and {target} has no such heading"
    return None


def _missing_rule_files(path: Path, top: Mapping) -> Iterator[Fault]:
    names = top.texts("rule_files")
    if not names:
        yield Fault(line=1, message="the tests name no rule_files, so they test nothing")
    for name in names:
        if not any(path.parent.glob(name)):
            said = f"there is no file {name} beside the tests"
            yield Fault(line=top.line_of("rule_files"), message=said)


def _alert_invalid(rule: Rule[AlertEvidence], seen: AlertEvidence) -> Iterable[Finding]:
    for fault in sorted(seen.faults):
        is_error = fault.proven or seen.must_be_proven
        yield rule.finding(
            fault.message,
            file=seen.file,
            line=fault.line,
            object=fault.object,
            fix=fault.fix,
            severity=Severity.ERROR if is_error else Severity.WARNING,
        )


RULE = Rule(
    id="alert-invalid",
    title="an alert that Prometheus refuses, that cannot fire, or that leads to no runbook",
    effect="nobody is woken when it matters, or somebody is and does not know what to do",
    fix="name metrics and labels that a collector defines, test that the alert fires, and give"
    " severity, summary, description and runbook_url: path/of/runbook.md#heading",
    proof=Proof.TEXT,
    check=_alert_invalid,
)
