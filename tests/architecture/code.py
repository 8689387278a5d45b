"""The product's source as these tests see it: files, syntax trees, functions."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("semantic", "config", "analytics", "model", "etl", "dashboard", "api")
ENTRY_POINTS = ("__main__.py", "gunicorn.conf.py")

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function or method and where it stands.

    Attributes
    ----------
    place : str
        Such as ``semantic/cube.py:Cuboid.select``.
    node : FunctionDef
        Its syntax.
    is_public : bool
        Neither it nor what it stands in begins with an underscore.
    """

    place: str
    node: AnyFunction
    is_public: bool

    @property
    def arguments(self) -> list[str]:
        """Names of its arguments without self and cls, in order."""
        given = self.node.args
        extra = [a for a in (given.vararg, given.kwarg) if a]
        names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs, *extra)]
        return [name for name in names if name not in ("self", "cls")]

    @property
    def n_lines(self) -> int:
        """Its length without the docstring."""
        has_docstring = ast.get_docstring(self.node, clean=False) is not None
        first = self.node.body[0]
        docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
        return (self.node.end_lineno or 0) - self.node.lineno + 1 - docstring


@cache
def source_files() -> tuple[str, ...]:
    """Return the paths of the product's Python files, from the top of the repository."""
    tops = [ROOT / "wsgi.py", ROOT / "gunicorn.conf.py"]
    files = [top for top in tops if top.exists()]
    files += [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple(str(path.relative_to(ROOT)) for path in files)


def files_of_tests() -> tuple[str, ...]:
    """Return the paths of the tests' Python files, from the top of the repository."""
    return tuple(str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").rglob("*.py")))


def kept_files() -> tuple[str, ...]:
    """Return the paths of all text files under version control, from the top of the repository."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(name for name in names if name and (ROOT / name).is_file() and _is_text(ROOT / name))


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\0" not in file.read(2048)


@cache
def tree_of(path: str) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), path)


def functions_of(path: str) -> list[Function]:
    """Return every function of a file, nested ones too."""
    return list(_functions(tree_of(path), f"{path}:", is_public=True, is_nested=False))


def all_functions() -> list[Function]:
    """Return every function of the product."""
    return [function for path in source_files() for function in functions_of(path)]


def _functions(node: ast.AST, prefix: str, *, is_public: bool, is_nested: bool) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, AnyFunction):
            visible = is_public and not is_nested and not child.name.startswith("_")
            yield Function(prefix + child.name, child, visible)
            yield from _functions(child, f"{prefix}{child.name}.", is_public=visible, is_nested=True)
        elif isinstance(child, ast.ClassDef):
            visible = is_public and not child.name.startswith("_")
            yield from _functions(child, f"{prefix}{child.name}.", is_public=visible, is_nested=is_nested)
        else:
            yield from _functions(child, prefix, is_public=is_public, is_nested=is_nested)
