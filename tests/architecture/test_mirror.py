"""Each source file has a test file of the same name in the same place, and each test file a source."""

import ast
from pathlib import Path

from tests.architecture.code import files_of_tests, source_files, tree_of

WITHOUT_TEST: set[str] = set()
"""Files that wait for a test of their own; this list may only shrink."""

FREE_FOLDERS = {
    "contract", "reference", "property", "simulation", "traps", "faults", "architecture", "e2e", "benchmarks", "ci",
    "certificate",
}  # fmt: skip
"""Folders of tests that cut across the source."""


def has_code(path: str) -> bool:
    """Return whether a file defines a function or a class with one."""
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree_of(path)))


def mirrors_of(path: str) -> set[str]:
    """Return where the test of a source file may stand; one of a folder's ``__init__`` bears the folder's name."""
    source = Path(path)
    name = source.parent.name if source.name == "__init__.py" else source.stem.strip("_").replace(".", "_")
    return {
        str(Path("tests") / source.parent / f"test_{name}.py"),
        str(Path("tests") / source.parent.parent / f"test_{name}.py"),
    }


def test_every_source_file_has_a_test_of_its_name() -> None:
    tests = set(files_of_tests())
    bare = {path for path in source_files() if has_code(path) and not mirrors_of(path) & tests}
    assert bare == WITHOUT_TEST


def test_every_test_file_has_a_source() -> None:
    known = {test for path in source_files() for test in mirrors_of(path)}
    tests = [Path(path) for path in files_of_tests() if Path(path).name.startswith("test_")]
    assert [str(path) for path in tests if path.parts[1] not in FREE_FOLDERS and str(path) not in known] == []


def test_tests_do_not_skip() -> None:
    skipping = [path for path in files_of_tests() if "pytest." + "skip(" in ast.unparse(tree_of(path))]
    assert skipping == ["tests/conftest.py"], "a missing part fails, it does not skip"
