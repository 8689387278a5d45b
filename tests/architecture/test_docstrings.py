"""What is public says what it returns, in numpydoc, and its sections agree with its signature."""

import ast
import re

from tests.architecture.code import Function, all_functions, source_files, tree_of

SECTIONS = ("Attributes", "Parameters", "Returns", "Yields", "Raises", "Warns", "Notes", "References", "Examples")
MANY_ARGUMENTS = 4
WITHOUT_PARAMETERS: set[str] = set()
_HEADING = re.compile(r"^([A-Z][A-Za-z ]+)\n(-{3,})$", re.MULTILINE)


def is_documented_elsewhere(function: Function) -> bool:
    """Return whether Python or the function that a signature overloads says what it does."""
    decorators = {ast.unparse(decorator) for decorator in function.node.decorator_list}
    return function.node.name.startswith("__") or "overload" in decorators


PUBLIC = [f for f in all_functions() if f.is_public and not is_documented_elsewhere(f)]


def docstring_of(function: Function) -> str:
    return ast.get_docstring(function.node) or ""


def section(text: str, title: str) -> str:
    """Return what stands under a heading; empty where the heading is absent."""
    parts = _HEADING.split(text)
    found = dict(zip(parts[1::3], parts[3::3], strict=True))
    return found.get(title, "")


def described(text: str) -> list[str]:
    """Return the names that a Parameters section describes."""
    lines = [line for line in section(text, "Parameters").splitlines() if line and not line.startswith(" ")]
    return [name.lstrip("*") for line in lines for name in re.split(r"\s*,\s*", line.partition(" :")[0].strip())]


def test_every_module_says_its_role() -> None:
    assert [path for path in source_files() if not ast.get_docstring(tree_of(path))] == []


def test_every_public_function_has_a_docstring() -> None:
    assert [f.place for f in PUBLIC if not docstring_of(f)] == []


def test_the_first_line_is_a_sentence() -> None:
    first = {f.place: docstring_of(f).split("\n\n")[0].rstrip() for f in PUBLIC}
    assert {place: line for place, line in first.items() if not re.match(r"(?s)^[A-Z`].*[.:]$", line)} == {}


def test_sections_are_numpydoc_in_order() -> None:
    titles = {f.place: [title for title, _ in _HEADING.findall(docstring_of(f))] for f in PUBLIC}
    ordered = {place: [title for title in SECTIONS if title in found] for place, found in titles.items()}
    assert titles == ordered


def test_headings_are_underlined_in_full() -> None:
    headings = {f.place: _HEADING.findall(docstring_of(f)) for f in PUBLIC}
    assert [p for p, found in headings.items() if any(len(title) != len(line) for title, line in found)] == []


def test_described_parameters_are_those_of_the_signature() -> None:
    found = {f.place: (described(docstring_of(f)), f.arguments) for f in PUBLIC}
    assert {place: names for place, names in found.items() if names[0] and names[0] != names[1]} == {}


def test_functions_of_many_arguments_describe_them() -> None:
    bare = {f.place for f in PUBLIC if len(f.arguments) >= MANY_ARGUMENTS and not described(docstring_of(f))}
    assert bare == WITHOUT_PARAMETERS
