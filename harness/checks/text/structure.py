"""The rules of layout and manifest; the plan finds the faults, the rules say what they mean."""

from __future__ import annotations

from collections.abc import Iterable

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.subjects import PlanRead


def _of_rule(rule: Rule[PlanRead], read: PlanRead) -> Iterable[Finding]:
    for fault in read.faults:
        if fault.rule == rule.id:
            yield rule.finding(
                fault.message,
                file=fault.file,
                line=fault.line,
                migration=fault.migration,
                object=fault.object,
                fix=fault.fix,
            )


def _rule(id: str, title: str, *, effect: str, fix: str) -> Rule[PlanRead]:  # noqa: A002
    return Rule(id=id, title=title, effect=effect, fix=fix, proof=Proof.TEXT, check=_of_rule)


CONTRACT_SAME_RELEASE = Rule(
    id="contract-same-release",
    title="a contract in the release of the expand that it completes",
    effect="while the release rolls out, the previous version of the application still uses "
    "what the contract removes",
    fix="move the contract to a phase of a later release",
    proof=Proof.BOTH,
    check=_of_rule,
)
"""What the manifest does not tell, the catalog does: who created what a contract drops."""

RULES: tuple[Rule[PlanRead], ...] = (
    _rule(
        "manifest-invalid",
        "an unknown key, a wrong type, a duplicate or a value out of range in the manifest",
        effect="a misspelt key is a setting that nobody reads: the run would prove something "
        "other than the manifest seems to say",
        fix="write the key and the type that the message names",
    ),
    _rule(
        "file-name",
        "a file below migrations/ or rollback/ whose name does not follow the convention",
        effect="version, domain and change type are read from the name; without them the file "
        "has no place in the order and no rule of its kind is applied",
        fix="name it V{phase}{seq}__{domain}__{expand|contract}__{slug}.sql, the slug in "
        "lower-case words joined by underscores",
    ),
    _rule(
        "folder-differs-from-name",
        "a file that stands in the folder of another phase or domain than its name says",
        effect="operators choose files by folder; this one would be run, reviewed or rolled back "
        "with the wrong phase",
        fix="move it to migrations/<phase>/<domain>/, and its rollback to the mirror folder",
    ),
    _rule(
        "domain-unknown",
        "a file whose domain its phase does not list",
        effect="a misspelt domain puts objects where no owner looks for them",
        fix="correct the name of the file, or add the domain to the phase's `domains`",
    ),
    _rule(
        "manifest-missing-file",
        "an entry of the manifest without a file that can be read",
        effect="the phase cannot be applied: everything after this entry is unproven",
        fix="add the file, or remove the entry",
    ),
    _rule(
        "manifest-unlisted-file",
        "a file below migrations/ or seeds/ that the manifest does not list",
        effect="it never runs, in no environment, and nobody is told",
        fix="list it in its phase, in the order of versions, or delete it",
    ),
    _rule(
        "manifest-order",
        "an entry that the manifest lists after one with a higher version",
        effect="a reader sees one order and the versions say another: environments drift apart",
        fix="list entries in the order of their versions, or give the file a later version",
    ),
    _rule(
        "version-duplicate",
        "two files with one version",
        effect="the ledger knows a migration by its version, so the second would never be applied",
        fix="give the later file the next free version, and its rollback the same",
    ),
    _rule(
        "rollback-missing",
        "a migration without its rollback file",
        effect="when the release has to be taken back at night, there is nothing to run",
        fix="write the mirror file below rollback/, with R in place of V",
    ),
    _rule(
        "rollback-orphan",
        "a rollback file whose migration does not exist",
        effect="it undoes something that was never done, or hides a renamed migration that has "
        "lost its rollback",
        fix="delete it, or name it after its migration",
    ),
    _rule(
        "rollback-name-differs",
        "a rollback file that is not named like its migration",
        effect="operators build the rollback's path from the migration's name and do not find it",
        fix="give it the migration's name, with R in place of V",
    ),
    _rule(
        "seed-name",
        "a seed file whose name or folder does not follow the convention",
        effect="the order of seeds is read from their names; this one has none",
        fix="name it seeds/<phase>/S{phase}{seq}__{domain}__{slug}.sql",
    ),
    _rule(
        "released-file-changed",
        "a file of a released phase that differs from what was released",
        effect="databases that have applied the old text keep it: production and a fresh "
        "installation are no longer the same",
        fix="restore the file (git checkout <release> -- <file>) and write a new migration",
    ),
    _rule(
        "contract-undeclared",
        "a contract that does not say what it completes (`after`) and when it may run (`ready`)",
        effect="nothing stops it from removing what the backfill has not yet copied",
        fix='- path: …\n  after: [V200006]\n  ready: "SELECT count(*) FROM … WHERE …"  # 0 = ready',
    ),
    CONTRACT_SAME_RELEASE,
    _rule(
        "encoding",
        "a file that is not UTF-8 without byte order mark and with LF line ends",
        effect="checksums differ from one machine to the next, and psql refuses or mangles "
        "characters",
        fix="save the file as UTF-8 without BOM, with LF line ends",
    ),
    _rule(
        "empty-file",
        "a file without a single statement that does something",
        effect="a version is used up for nothing, and an empty rollback looks like a proven one",
        fix="write the statements, or delete the file and its entry",
    ),
)
