"""What reads the source: semgrep with rules of our own, bandit, and two that look for slow patterns."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from drills.findings import Drill, Outcome
from drills.migrations import DRILL as SQUAWK
from drills.place import Range
from drills.plants import BANDIT, PATTERNS, SCRIPT, SEMGREP
from drills.tools import ROOT, node_folder, python_program, said, system_program

PACKAGES = ("coproduce", "people", "principles", "events", "responses", "outcomes", "journal", "archive")
OURS = [ROOT / name for name in PACKAGES]
SCRIPTS = [path for path in sorted((ROOT / "static" / "js").rglob("*.js")) if "vendor" not in path.parts]
RULES = ROOT / "drills" / "rules.yml"
SEMGREP_PROGRAM, BANDIT_PROGRAM, REGEXPLOIT = "semgrep==1.182.0", "bandit==1.9.4", "regexploit==1.0.0"
RECHECK = ("recheck@4.5.0", "acorn@8.15.0")
type Files = list[Path]


def version_of(requirement: str, program: str = "") -> Callable[[], str]:
    def version() -> str:
        python_program(requirement, program)
        return requirement.replace("==", " ")

    return version


def drill(
    requirement: str, read: Callable[[Files], Outcome], planted: str, plants: tuple[str, ...],
    stays: dict[str, str], program: str = "",
) -> Drill:  # fmt: skip
    """A reader of Python: of ours, and of a file with what it should see."""

    def power(target: Range) -> Outcome:
        path = target.is_here("planted.py")
        path.write_text(planted)
        return read([path])

    return Drill(version_of(requirement, program), lambda _: read(OURS), power, plants, stays)


def names(path: str) -> str:
    return str(Path(path).relative_to(ROOT)) if path.startswith(str(ROOT)) else Path(path).name


def by_semgrep(files: Files) -> Outcome:
    flags = ["--metrics=off", "--disable-version-check", "--quiet", "--no-git-ignore", "--json"]
    scripts = SCRIPTS if files is OURS else []
    program = python_program(SEMGREP_PROGRAM)
    told = said([program, "scan", "--config", RULES, *flags, *files, *scripts], seconds=300, cwd=ROOT)
    found = json.loads(told[told.index("{") :])
    flaws = tuple(
        f"{one['check_id'].rpartition('.')[2]} at {names(one['path'])}:{one['start']['line']}"
        for one in found["results"]
    )
    return Outcome(flaws, f"{len(found['paths']['scanned'])} files")


def by_bandit(files: Files) -> Outcome:
    told = said([python_program(BANDIT_PROGRAM), "-q", "-r", "-f", "json", *files], seconds=300)
    found = json.loads(told[told.index("{") :])
    flaws = tuple(
        f"{one['test_id']} {one['test_name']} at {names(one['filename'])}:{one['line_number']}"
        for one in found["results"]
    )
    return Outcome(flaws, f"{found['metrics']['_totals']['loc']:,} lines")


def by_regexploit(files: Files) -> Outcome:
    modules = [path for file in files for path in ([file] if file.is_file() else sorted(file.rglob("*.py")))]
    told = said([python_program(REGEXPLOIT, "regexploit-py"), *modules], seconds=300)
    flaws = tuple(
        f"slow pattern at {names(where)}"
        for where in re.findall(r"^Vulnerable regex in (\S+)", told, re.MULTILINE)
    )
    return Outcome(flaws, f"{len(modules)} files")


def by_recheck(files: Files) -> Outcome:
    node, folder = system_program("node", "Node.js 20 or newer"), node_folder(*RECHECK)
    told = said([node, ROOT / "drills" / "scripts" / "patterns.cjs", *files], seconds=300, cwd=folder)
    found = json.loads(told[told.index("{") :])
    flaws = tuple(
        f"{one['status']} pattern at {names(one['file'])}: {one['pattern']}" for one in found["flaws"]
    )
    return Outcome(flaws, f"{found['patterns']} patterns of {len(files)} scripts")


def planted_script(target: Range) -> Outcome:
    path = target.is_here("planted.js")
    path.write_text(SCRIPT)
    return by_recheck([path])


def recheck_version() -> str:
    node_folder(*RECHECK)
    return RECHECK[0].replace("@", " ")


ESCAPED = (
    "what goes in is escaped or cleaned on the same line; tests/rules/test_stored_strings.py plants markup"
)
FROM_CODE = "only names written in the code are put in; what a visitor sends is a parameter"
BY_LETTER = "listed with its reason in tests/rules/test_hostile_requests.py"
BOUNDED = "made of a question with a limit of time, in a thread for downloads; it lasts as long as it is read"
OF_SEMGREP = {
    "no-marking-safe at archive/cite/": ESCAPED,
    "no-marking-safe at archive/search/highlight.py": ESCAPED,
    "no-marking-safe at archive/templatetags/figures.py": ESCAPED,
    "no-marking-safe at responses/models/notes.py": ESCAPED,
    "no-formatted-sql at archive/search/highlight.py": FROM_CODE,
    "no-formatted-sql at archive/search/counting.py": FROM_CODE,
    "no-formatted-sql at archive/versions.py": FROM_CODE,
    "no-formatted-sql at journal/spam/learning.py": FROM_CODE,
    "no-formatted-sql at people/limits.py": FROM_CODE,
    "no-formatted-sql at responses/live/listener.py": FROM_CODE,
    "no-formatted-sql at coproduce/serving/kept/listener.py": FROM_CODE,
    "no-marking-safe at coproduce/templatetags/languages.py": "a constant, without a word of anybody",
    "fetch-through-a-rule-of-sight at journal/feeds.py": "a tag, and only where a public post has it",
    "no-exemption-from-the-token at archive/harvest/oai_views.py": BY_LETTER,
    "no-exemption-from-the-token at outcomes/follow_views.py": BY_LETTER,
    "no-exemption-from-the-token at people/news_views.py": BY_LETTER,
    "no-exemption-from-the-token at responses/follow_views.py": BY_LETTER,
    "no-endless-answer at archive/": BOUNDED,
}
OURSELVES = "it runs a program of our own, by words written in the code"
WRITES = "it only writes XML; nothing that was sent is read by it"
OF_BANDIT = {
    "B308": ESCAPED,
    "B703": ESCAPED,
    "B405": WRITES,
    "B406": WRITES,
    "B404": OURSELVES,
    "B603": OURSELVES,
    "B606": OURSELVES,
    "B607 start_process_with_partial_path at coproduce/postgres/": OURSELVES,
    "B108 hardcoded_tmp_directory at coproduce/postgres/": "a folder of its own there, for its user alone",
    "B311 blacklist at archive/demo/": "chance that draws the demo, and keeps no secret",
    "B311 blacklist at responses/live/streams.py": "chance that spreads returning browsers over time",
    "B105 hardcoded_password_string at responses/transcription/": "a token of markup is no password",
    "B106 hardcoded_password_funcarg at archive/forgetting.py": "it empties a column called token",
    "B105 hardcoded_password_string at archive/backup/programs.py": "the name of a variable",
    "B608 hardcoded_sql_expressions at archive/": FROM_CODE,
    "B608 hardcoded_sql_expressions at coproduce/serving/kept/": FROM_CODE,
    "B608 hardcoded_sql_expressions at responses/kept_counts.py": FROM_CODE,
}
RULE_NAMES = tuple(re.findall(r"- id: (\S+)", RULES.read_text()))
IN_PYTHON = tuple(name for name in RULE_NAMES if not name.endswith("-scripts"))
DRILLS = {
    "semgrep": drill(SEMGREP_PROGRAM, by_semgrep, SEMGREP, IN_PYTHON, OF_SEMGREP),
    "bandit": drill(BANDIT_PROGRAM, by_bandit, BANDIT, ("B602", "B608", "B301"), OF_BANDIT),
    "regexploit": drill(REGEXPLOIT, by_regexploit, PATTERNS, ("slow pattern",), {}, "regexploit-py"),
    "recheck": Drill(recheck_version, lambda _: by_recheck(SCRIPTS), planted_script, ("vulnerable",), {}),
    "squawk": SQUAWK,
}
