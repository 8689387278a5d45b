"""What the documents say about the repository is so."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.code import ROOT

DOCUMENTS = ["README.md", "CONTRIBUTING.md", *(str(p.relative_to(ROOT)) for p in sorted((ROOT / "docs").rglob("*.md")))]
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def kept_at_the_top() -> set[str]:
    command = ["git", "-C", str(ROOT), "ls-files"]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {name.partition("/")[0] + ("/" if "/" in name else "") for name in names if not name.startswith(".")}


def test_the_tree_of_the_readme_is_the_top_of_the_repository() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = text.split("## What lies where")[1].split("```")[1]
    assert {line.split()[0] for line in tree.strip().splitlines()} == kept_at_the_top()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    targets = _LINK.findall((ROOT / document).read_text(encoding="utf-8"))
    assert [target for target in targets if not (folder / target).exists()] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_make_alone_lists_the_commands_of_the_readme() -> None:
    listed = subprocess.run(["make", "-C", str(ROOT)], check=True, capture_output=True, text=True).stdout
    for command in ("run", "test", "check", "bench", "data", "clean"):
        assert re.search(rf"^{command} ", listed, re.MULTILINE)


def test_the_command_of_ci_is_that_of_the_readme() -> None:
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("exec make test")
    assert Path(ROOT / ".ci/run").stat().st_mode & 0o111
