"""What a function rests on: the code of its own file that it reaches, and whole files that this imports."""

import ast
from collections.abc import Iterator
from pathlib import Path


def code_behind(module: str, name: str, root: Path) -> Iterator[bytes]:
    """Yield all code that decides what a function returns, in a fixed order.

    Parameters
    ----------
    module, name : str
        Where the function stands, such as ``tests.certificate.any_look``, and its name.
    root : Path
        Top of the repository; what comes from elsewhere is left out.
    """
    reached = _reached(ast.parse(_path(module, root).read_text(encoding="utf-8")), name)
    yield from (ast.dump(node).encode() for node in reached)
    names = [name for node in reached for name in _imported(node)]
    yield from (path.read_bytes() for path in files_behind(names, root))


def files_behind(modules: list[str], root: Path) -> list[Path]:
    """Return the files of modules and of everything that they import, directly or not, in order."""
    found: dict[str, Path] = {}
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        path = _path(name, root)
        if name not in found and path.is_file():
            found[name] = path
            waiting += _imported(ast.parse(path.read_text(encoding="utf-8")))
    return [found[name] for name in sorted(found)]


def _path(module: str, root: Path) -> Path:
    return root / (module.replace(".", "/") + ".py")


def _reached(tree: ast.Module, name: str) -> list[ast.stmt]:
    """Return those statements of a file that a function reaches by name, the function included."""
    statements = {given: statement for statement in tree.body for given in _given(statement)}
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        given = waiting.pop()
        if given in statements and given not in reached:
            reached.add(given)
            waiting += [node.id for node in ast.walk(statements[given]) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(statement for given, statement in statements.items() if given in reached))


def _given(statement: ast.stmt) -> list[str]:
    """Return the names that a statement at the top of a file gives."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _imported(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names
