"""Law 10: nothing is too large to be read at once. The lists of exceptions may only shrink."""

import ast
from statistics import quantiles

from tests.architecture.code import ROOT, all_functions, source_files

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_P90_FUNCTION_LINES = 25
MAX_ARGUMENTS = 5
MAX_NESTING = 3

TOO_LONG_FILES: set[str] = set()
TOO_LONG_FUNCTIONS: set[str] = set()
TOO_MANY_ARGUMENTS: set[str] = set()
TOO_DEEP: set[str] = set()

_BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)


def depth_of(node: ast.AST) -> int:
    """Return how many blocks stand inside one another; an elif is as deep as its if."""
    depths = [0]
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        depths.append(depth_of(child) + (isinstance(child, _BLOCKS) and not is_elif))
    return max(depths)


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in source_files()}
    assert {path for path, n_lines in lengths.items() if n_lines > MAX_FILE_LINES} == TOO_LONG_FILES


def test_no_function_is_longer_than_40_lines() -> None:
    assert {f.place for f in all_functions() if f.n_lines > MAX_FUNCTION_LINES} == TOO_LONG_FUNCTIONS


def test_nine_of_ten_functions_have_at_most_25_lines() -> None:
    assert quantiles([f.n_lines for f in all_functions()], n=10)[-1] <= MAX_P90_FUNCTION_LINES


def test_no_function_takes_more_than_five_arguments() -> None:
    assert {f.place for f in all_functions() if len(f.arguments) > MAX_ARGUMENTS} == TOO_MANY_ARGUMENTS


def test_no_function_nests_deeper_than_three_blocks() -> None:
    assert {f.place for f in all_functions() if depth_of(f.node) > MAX_NESTING} == TOO_DEEP
