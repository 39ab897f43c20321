"""The action for pull requests: well formed, hard to misuse, and run in a toy repository as GitHub runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.links.server import Server, reply

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
SCRIPTS = {step["id"]: step for step in STEPS if "run" in step}
COMMAND = shutil.which("sitecheck", path=str(Path(sys.executable).parent))
BASH = shutil.which("bash")
VALIDATORS = Path(os.environ.get("SITECHECK_VALIDATORS") or ROOT / "tests" / "validators" / "node_modules")
DOCUMENTS = ["README.md", "docs/ci.md", "docs/adopting.md", "docs/releasing.md"]

BROKEN, MENDED = "JosÃ©\n", "José\n"
RULE = '''
import os
from pathlib import Path
from sitecheck import Example, PageRule

class NosyRule(PageRule):
    """Everything is written down.

    Who wrote this wants to know secrets.
    """

    examples = (Example("fine"),)

    def check(self, page):
        Path(os.environ["RUNNER_TEMP"], "seen").write_text(repr(dict(os.environ)))
        return ()
'''
AUTHOR = {f"GIT_{who}_{what}": "nobody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
"""of every commit here"""

SECRET = "s3cret"  # noqa: S105 - it opens nothing
GH = """#!/bin/sh
case "$2" in
  list) cat open 2>/dev/null || true ;;
  *) echo "$@" >> log; for file; do :; done; cat "$file" >> log ;;
esac
"""
"""stands in for GitHub's program: says which issue is open, and writes down what it is told"""

runs = pytest.mark.skipif(not (BASH and COMMAND), reason="bash, or the command sitecheck, is not there")


class Job:
    """A shallow clone of a repository in which somebody asks for a merge, and a runner's folders and variables."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.clone, self.temp = (folder / name for name in ("origin", "clone", "temp"))
        for made in (self.origin, self.temp):
            made.mkdir()
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT")} | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PYTHONUTF8": "1",
            "SITECHECK_CACHE_DIR": str(self.temp / "cache"),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
            "GITHUB_WORKSPACE": str(self.clone),
            **AUTHOR,
        }
        self.git(self.origin, "init", "--quiet", "--initial-branch=main")
        self.base = self.commit({"old.md": BROKEN, "two words.md": BROKEN})
        self.git(self.origin, "checkout", "--quiet", "-b", "request")

    def git(self, folder: Path, *arguments: str) -> str:
        command = ("git", *arguments)
        return subprocess.run(
            command, cwd=folder, env=self.environment, capture_output=True, encoding="utf-8", check=True
        ).stdout.strip()

    def commit(self, files: dict[str, str]) -> str:
        """Commit files at the origin, and give the commit's id."""
        for name, text in files.items():
            file = self.origin / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self.git(self.origin, "add", "--all")
        self.git(self.origin, "commit", "--quiet", "--message=change")
        return self.git(self.origin, "rev-parse", "HEAD")

    def check_out(self) -> None:
        """As actions/checkout does: the newest commit alone."""
        self.git(self.temp, "clone", "--quiet", "--depth=1", "--branch=request", self.origin.as_uri(), str(self.clone))

    def step(self, name: str, *, trusted: bool = True, folder: str = ".", **inputs: str) -> tuple[int, str]:
        """Run a step with these inputs, the others as they are by default. Gives its status and what it printed."""
        known = {key: str(value["default"]) for key, value in ACTION["inputs"].items()} | {"changed-since": self.base}
        known |= {key.replace("_", "-"): value for key, value in inputs.items()}
        values = {f"${{{{ inputs.{key} }}}}": value for key, value in known.items()} | {
            "${{ steps.install.outputs.command }}": COMMAND or "",
            "${{ steps.python.outputs.python-path }}": sys.executable,
        }
        given = SCRIPTS[name].get("env", {})
        variables = {key: values.get(value, str(trusted).lower()) for key, value in given.items()}
        script = self.temp / "step.sh"
        script.write_text(SCRIPTS[name]["run"], encoding="utf-8")
        done = subprocess.run(
            [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # what `shell: bash` stands for
            cwd=self.clone / folder, env=self.environment | variables,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        return done.returncode, done.stdout

    def output(self) -> dict[str, str]:
        file = Path(self.environment["GITHUB_OUTPUT"])
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


def annotated(printed: str) -> list[str]:
    return re.findall(r"^::\w+ file=(.*?),", printed, re.MULTILINE)


def schema_errors(schema: str, *files: Path) -> str:
    """What the schema that GitHub's users share says of the files."""
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_the_action_is_one() -> None:
    assert schema_errors("vendor.github-actions", ROOT / "action.yml") == ""


def samples(language: str = "yaml") -> list[tuple[str, Any]]:
    found = []
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        found += re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [(text, yaml.safe_load(text)) for text in found]


@pytest.mark.parametrize(
    ("schema", "key"),
    [("vendor.github-workflows", "jobs"), ("vendor.gitlab-ci", "sitecheck"), ("vendor.azure-pipelines", "steps")],
)
def test_samples_in_the_documents_are_what_servers_take(tmp_path: Path, schema: str, key: str) -> None:
    texts = [text for text, sample in samples() if key in sample]
    files = [tmp_path / f"{number}.yml" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")

    assert texts
    assert schema_errors(schema, *files) == ""


def test_workflows_in_the_documents_give_inputs_that_exist() -> None:
    workflows = [sample for _, sample in samples() if "jobs" in sample]
    steps = [step for workflow in workflows for job in workflow["jobs"].values() for step in job["steps"]]
    used = {name for step in steps if "sitecheck@" in step.get("uses", "") for name in step.get("with", {})}

    assert used <= set(ACTION["inputs"])


def test_no_expression_stands_in_a_script() -> None:
    assert [name for name, step in SCRIPTS.items() if "${{" in step["run"]] == []


AUTH = "${{ inputs.github-token }}"
"""goes to the step that asks GitHub, and to nobody whom the step does not trust"""


def test_scripts_are_given_no_token_but_for_links() -> None:
    given = [value for step in SCRIPTS.values() for value in step.get("env", {}).values()]

    assert [value for value in given if re.search("token|secrets", value, re.IGNORECASE)] == [AUTH]


def test_actions_of_others_have_a_version() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]

    assert [name for name in used if not re.search(r"@(v\d+(\.\d+)*|[0-9a-f]{40})$", name)] == []


OWN, FORK, GONE = {"repo": {"full_name": "lab/site"}}, {"repo": {"full_name": "mallory/site"}}, {"repo": None}


@pytest.mark.parametrize(
    ("event", "head", "trusted"),
    [
        ("push", None, True),
        ("schedule", None, True),
        ("pull_request", OWN, True),
        ("pull_request", FORK, False),
        ("pull_request", GONE, False),
        ("pull_request_target", FORK, False),
        ("pull_request_target", OWN, False),
        ("workflow_run", None, False),
        ("issue_comment", None, False),
    ],
)
def test_who_may_have_rules_run(event: str, head: dict[str, Any] | None, trusted: bool) -> None:
    github = {"event_name": event, "repository": "lab/site", "event": {"pull_request": head and {"head": head}}}

    assert evaluated(SCRIPTS["check"]["env"]["TRUSTED"], github) == str(trusted).lower()


def test_what_is_compared_with() -> None:
    base = ACTION["inputs"]["changed-since"]["default"]

    assert evaluated(base, {"event": {"pull_request": {"base": {"sha": "0123abc"}}}}) == "0123abc"
    assert evaluated(base, {"event": {}}) == ""


def evaluated(expression: str, github: dict[str, Any]) -> str:
    """What GitHub's own library makes of an expression."""
    node = shutil.which("node")
    library = VALIDATORS / "@actions" / "expressions" / "dist" / "index.js"
    if node is None or not library.exists():
        pytest.skip("@actions/expressions is not there: npm install --prefix tests/validators")
    script = f"""
        import {{Lexer, Parser, Evaluator, data}} from {json.dumps(library.as_uri())};
        const [expression, github] = {json.dumps([expression.strip().removeprefix("${{").removesuffix("}}"), github])};
        const typed = value => value === null ? new data.Null()
            : typeof value === "string" ? new data.StringData(value)
            : new data.Dictionary(...Object.entries(value).map(([key, each]) => ({{key, value: typed(each)}})));
        const tree = new Parser(new Lexer(expression).lex().tokens, ["github"], []).parse();
        process.stdout.write(new Evaluator(tree, typed({{github}})).evaluate().coerceString());
    """
    command = [node, "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@runs
def test_a_pull_request_is_annotated_where_it_changes_something(job: Job) -> None:
    job.commit({"new.md": BROKEN, "old.md": BROKEN + "Fine.\n"})
    job.check_out()

    assert job.step("fetch") == (0, "")
    status, printed = job.step("check")
    assert (status, annotated(printed)) == (1, ["new.md"])
    assert "`mojibake`" in (job.temp / "summary.md").read_text(encoding="utf-8")


@runs
def test_what_a_pull_request_leaves_alone_does_not_fail_it(job: Job) -> None:
    job.commit({"new.md": MENDED})
    job.check_out()
    job.step("fetch")

    assert job.step("check")[0] == 0


@runs
def test_without_the_fetch_the_user_is_told_what_lacks(job: Job) -> None:
    job.commit({"new.md": BROKEN})
    job.check_out()
    status, printed = job.step("check")

    assert status == 2
    assert "fetch-depth: 0" in printed


@runs
def test_a_push_is_checked_as_a_whole(job: Job) -> None:
    job.commit({"new.md": BROKEN})
    job.check_out()
    status, printed = job.step("check", changed_since="")

    assert (status, sorted(annotated(printed))) == (1, ["new.md", "old.md", "two words.md"])


@runs
def test_inputs_are_taken_as_they_are_written(job: Job) -> None:
    job.commit({"a/*.md": BROKEN, "$(touch pwned).md": BROKEN})
    job.check_out()
    job.step("fetch")
    paths, args = "two words.md\n\n$(touch pwned).md\n", "--statistics\n --color never"
    status, printed = job.step("check", paths=paths, args=args, changed_since="", fail_on="never")

    assert (status, annotated(printed)) == (0, ["$(touch pwned).md", "two words.md"])
    assert job.step("check", args="; touch pwned")[0] == 2
    assert not (job.clone / "pwned").exists()


@runs
def test_a_site_in_a_folder_is_named_from_the_root(job: Job) -> None:
    job.commit({"site/new.md": BROKEN, "new.md": BROKEN})
    job.check_out()
    job.step("fetch", folder="site")

    assert annotated(job.step("check", folder="site")[1]) == ["site/new.md"]


@runs
def test_sarif_has_all_findings_for_code_scanning(job: Job) -> None:
    job.commit({"new.md": BROKEN})
    job.check_out()
    job.step("fetch")
    status, _ = job.step("check", sarif="true")
    report = json.loads(Path(job.output()["sarif-file"]).read_text(encoding="utf-8"))
    places = [result["locations"][0]["physicalLocation"] for result in report["runs"][0]["results"]]

    assert status == 1
    assert sorted(place["artifactLocation"]["uri"] for place in places) == ["new.md", "old.md", "two%20words.md"]


@runs
@pytest.mark.parametrize("trusted", [True, False])
def test_own_rules_run_for_those_who_may_write_and_see_no_secret(job: Job, trusted: bool) -> None:
    job.environment |= {"GITHUB_TOKEN": "s3cret", "DEPLOY_KEY": "s3cret", "ACTIONS_ID_TOKEN_REQUEST_URL": "s3cret"}
    job.commit({"sitecheck.toml": 'local-rules = "own"\n', "own/site/nosy_rule.py": RULE, "new.md": MENDED})
    job.check_out()
    job.step("fetch")
    status, printed = job.step("check", trusted=trusted)
    seen = job.temp / "seen"

    assert status == 0, printed
    assert seen.exists() == trusted
    assert "s3cret" not in (seen.read_text(encoding="utf-8") if trusted else "")


@runs
@pytest.mark.parametrize("online", ["true", "false"])
def test_the_token_for_links_is_seen_by_no_rule(job: Job, online: str) -> None:
    job.commit({"sitecheck.toml": 'local-rules = "own"\n', "own/site/nosy_rule.py": RULE, "new.md": MENDED})
    job.check_out()
    job.step("fetch")
    status, printed = job.step("check", online=online, github_token=SECRET)

    assert status == 0, printed
    assert SECRET not in (job.temp / "seen").read_text(encoding="utf-8")


@runs
def test_links_that_a_pull_request_adds_are_asked_for_and_kept(job: Job) -> None:
    with Server() as server:
        server.routes["/ok"] = reply(200)
        job.commit({"new.md": f"[a]({server.url('/ok')}) [b]({server.url('/gone')})\n"})
        job.check_out()
        job.step("fetch")
        for _ in range(2):
            status, printed = job.step("check", online="true", args="--allow-private --retries=0")

    assert (status, annotated(printed)) == (1, ["new.md"])
    assert "404 from the host itself" in printed
    assert server.asked("/ok") == ["HEAD"]
    assert server.asked("/gone") == ["HEAD", "GET"] * 2


def test_the_store_is_kept_even_if_a_run_fails() -> None:
    (restore,) = [step for step in STEPS if "cache/restore" in step.get("uses", "")]
    (save,) = [step for step in STEPS if "cache/save" in step.get("uses", "")]

    assert restore["with"]["path"] == save["with"]["path"] == "${{ runner.temp }}/sitecheck-links"
    assert save["if"] == "${{ always() && inputs.online == 'true' }}"
    assert STEPS.index(restore) < STEPS.index(SCRIPTS["check"]) < STEPS.index(save)
    assert '"$RUNNER_TEMP/sitecheck-links"' in SCRIPTS["check"]["run"]


@runs
@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not there")
def test_the_weekly_workflow_tells_what_has_died_since(tmp_path: Path) -> None:
    (workflow,) = [sample for _, sample in samples() if sample.get("name") == "links"]
    script = next(step["run"] for step in workflow["jobs"]["links"]["steps"] if "gh issue" in step.get("run", ""))
    for program, text in {
        "gh": GH,
        "sitecheck": f'#!/bin/sh\nexec "{COMMAND}" --allow-private --retries=0 "$@"\n',
    }.items():
        (tmp_path / program).write_text(text)
        (tmp_path / program).chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_ACTIONS": "true"}

    def week() -> str:
        log = tmp_path / "log"
        log.unlink(missing_ok=True)
        command = [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return log.read_text() if log.exists() else ""

    with Server() as server:
        server.routes["/a"] = server.routes["/b"] = reply(200)
        (tmp_path / "index.md").write_text(f"[a]({server.url('/a')}) [b]({server.url('/b')}) [c]({server.url('/c')})\n")
        first = week()
        assert "issue create" in first
        assert f"`{server.url('/c')}`: 404 from the host itself (index.md:1)" in first
        assert week() == ""
        del server.routes["/b"]
        (tmp_path / ".links" / "store.sqlite3").unlink()
        (tmp_path / "open").write_text("7\n")
        later = week()
    assert "issue comment 7" in later
    assert "/b" in later
    assert "/c" not in later


@runs
@pytest.mark.slow
def test_it_is_installed_although_the_repository_has_modules_of_its_own(job: Job) -> None:
    """A fork's pip.py must not run, where GitHub has the step run in the workspace."""
    hostile = "raise SystemExit('a file of the repository was run')\n"
    job.commit(dict.fromkeys(("pip.py", "venv.py", "sitecheck.py", "yaml.py"), hostile) | {"new.md": BROKEN})
    job.check_out()
    action = job.temp / "action"
    shutil.copytree(ROOT, action, ignore=shutil.ignore_patterns(".*", "bench", "build", "node_modules", "__pycache__"))
    job.environment["GITHUB_ACTION_PATH"] = str(action)
    status, printed = job.step("install")
    if status and "connection" in printed.lower() and not os.environ.get("CI"):
        pytest.skip("the package index cannot be reached")
    assert status == 0, printed

    done = subprocess.run(
        [job.output()["command"], "--format=concise", "new.md"], cwd=job.clone, env=job.environment,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "new.md:1:4: error[mojibake]" in done.stdout
