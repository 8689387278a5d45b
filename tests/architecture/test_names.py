"""Laws of naming and of what may stand where."""

import ast
import re
from pathlib import Path

from tests.architecture.code import ENTRY_POINTS, ROOT, all_functions, kept_files, source_files, tree_of

VAGUE_FILES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
VAGUE_NAMES = {
    "df",
    "tmp",
    "foo",
    "cfg",
    "conf",
    "ctx",
    "mgr",
    "obj",
    "val",
    "idx",
    "cnt",
    "arr",
    "dct",
    "lst",
    "utils",
}
OUR_MACHINES = re.compile(r"/(?:work|root|home/\w+)/|pypi" r"\.org|pythonhosted" r"\.org|npmjs" r"\.(?:org|com)")


def names_in(tree: ast.Module) -> set[str]:
    """Return every name that a file gives to something."""
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored | {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}


def calls_in(path: str) -> set[str]:
    """Return the names of the functions that a file calls."""
    return {ast.unparse(n.func) for n in ast.walk(tree_of(path)) if isinstance(n, ast.Call)}


def test_no_file_has_a_vague_name() -> None:
    assert [path for path in source_files() if VAGUE_FILES & set(Path(path).with_suffix("").parts)] == []


def test_no_variable_has_a_vague_name() -> None:
    found = {path: VAGUE_NAMES & names_in(tree_of(path)) for path in source_files()}
    assert {path: names for path, names in found.items() if names} == {}


def test_only_entry_points_print() -> None:
    printing = [path for path in source_files() if "print" in calls_in(path)]
    assert [path for path in printing if Path(path).name not in ENTRY_POINTS] == []


def test_callbacks_are_bound_to_an_app_in_a_factory() -> None:
    forbidden = {"callback", "dash.callback", "clientside_callback", "dash.clientside_callback", "register_page"}
    imported = {path: forbidden & calls_in(path) for path in source_files()}
    assert {path: names for path, names in imported.items() if names} == {}


def test_no_app_lives_at_module_level() -> None:
    made = {"Dash", "dash.Dash", "Flask", "OpenAPI"}
    top = {
        path: made
        & {
            ast.unparse(n.value.func)
            for n in tree_of(path).body
            if isinstance(n, ast.Assign) and isinstance(n.value, ast.Call)
        }
        for path in source_files()
        if path != "wsgi.py"
    }
    assert {path: names for path, names in top.items() if names} == {}


def test_callbacks_have_at_most_six_lines() -> None:
    callbacks = [
        f for f in all_functions() if any(".callback(" in ast.unparse(decorator) for decorator in f.node.decorator_list)
    ]
    assert [f.place for f in callbacks if f.n_lines - len(f.node.decorator_list) > 7] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {name: OUR_MACHINES.findall((ROOT / name).read_text(encoding="utf-8")) for name in kept_files()}
    assert {name: hits for name, hits in found.items() if hits} == {}
