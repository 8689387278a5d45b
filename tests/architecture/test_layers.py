"""Law 1 beside the contracts of import-linter: nothing imports the composition root, every package has its layer."""

import tomllib

from tests.architecture.code import ROOT, source_files
from tests.architecture.test_dependencies import imported_modules


def test_nothing_imports_the_composition_root() -> None:
    assert [path for path in source_files() if "wsgi" in imported_modules(path)] == []


def test_every_package_stands_in_the_contract_of_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = " ".join(settings["contracts"][0]["layers"]).replace("|", " ").replace("(", "").replace(")", "").split()
    packages = {path.partition("/")[0] for path in source_files() if "/" in path}
    assert packages == set(settings["root_packages"]) <= set(layers)
