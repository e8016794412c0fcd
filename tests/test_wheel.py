"""The built wheel works away from the checkout: nothing that the package reads at run time was left behind."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pip(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", *arguments, "--quiet", "--no-index", "--no-deps"], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ROOT, "--no-build-isolation", "--wheel-dir", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    pip("install", wheel, "--target", folder)
    return folder


def run_elsewhere(installed: Path, elsewhere: Path, *command: str | Path) -> str:
    """Run Python on the installed wheel, which PYTHONPATH puts before the checkout."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    finished = subprocess.run(
        [sys.executable, *command], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_wheel_holds_every_file_of_the_package_and_the_example(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    example = {f"framing/corpus/example_data/{name}" for name in files_below(ROOT / "data" / "example")}
    code_and_tables = {f"framing/{name}" for name in files_below(ROOT / "framing")}
    assert {name for name in packed if name.startswith("framing/")} == code_and_tables | example
    assert any(name.startswith("framing/lexicons/") and name.endswith(".csv") for name in packed)
    assert "framing/py.typed" in packed


def test_wheel_holds_nothing_but_the_package(wheel):
    packed = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].partition("-")[0] for name in packed} == {"framing"}


def test_example_loads_from_the_installed_wheel(installed, tmp_path):
    program = "import framing; print(framing.__file__); print(len(framing.load_example()))"
    where, rows = run_elsewhere(installed, tmp_path, "-c", program).splitlines()
    assert Path(where).is_relative_to(installed)
    assert rows == "50"


def test_command_line_runs_from_the_installed_wheel(installed, tmp_path):
    assert "report" in run_elsewhere(installed, tmp_path, installed / "bin" / "framing", "--help")
