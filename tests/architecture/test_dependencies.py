"""What the code imports is pinned, what is pinned has a reason, and nothing but pins is installed."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.code import PACKAGES, ROOT, files_of_tests, source_files, tree_of

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==[0-9][A-Za-z0-9.+]*$")
OWN = {*PACKAGES, "tests", "wsgi", "_typeshed"}


def lines_of(name: str) -> list[str]:
    lines = [line.strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins_of(*names: str) -> set[str]:
    return {normal(match[1]) for name in names for line in lines_of(name) if (match := _PIN.match(line))}


def imported_modules(path: str) -> set[str]:
    """Return the top names of all modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def imports_of(paths: tuple[str, ...]) -> set[str]:
    """Return the top names of all foreign packages that the files import."""
    return set().union(*map(imported_modules, paths)) - set(sys.stdlib_module_names) - OWN


def unpinned(paths: tuple[str, ...], pins: set[str]) -> set[str]:
    sources = packages_distributions()
    return {name for name in imports_of(paths) if not pins & {normal(d) for d in sources.get(name, [])}}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_every_line_is_an_exact_pin(name: str) -> None:
    assert [line for line in lines_of(name) if not _PIN.match(line)] == []


def test_what_the_product_imports_is_pinned_for_run_time() -> None:
    assert unpinned(source_files(), pins_of("requirements.txt")) == set()


def test_what_the_tests_import_is_pinned() -> None:
    in_environments_of_their_own = {"explainerdashboard", "flexviz", "vizro"}
    pins = pins_of("requirements.txt", "requirements-dev.txt")
    assert unpinned(files_of_tests(), pins) - in_environments_of_their_own == set()


def test_every_pin_has_a_reason() -> None:
    text = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    reasons = {normal(match[1]) for match in re.finditer(r"^\| ([A-Za-z0-9._-]+) \| \S.{10,} \|$", text, re.MULTILINE)}
    assert reasons == pins_of("requirements.txt", "requirements-dev.txt")


def test_no_pin_is_given_twice() -> None:
    direct = pins_of("requirements.txt", "requirements-dev.txt")
    assert direct & pins_of("constraints.txt") == set()


def test_the_python_of_hosts_is_one_that_we_support() -> None:
    version = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    assert version.split(".")[:2] in (["3", "11"], ["3", "12"], ["3", "13"])
