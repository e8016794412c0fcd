"""What every test shares: where corpora lie, the example corpus, and settings that make a run repeatable."""

import os
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from hypothesis import settings

import framing

# Figures are drawn without a screen. Not by MPLBACKEND: the notebooks' kernels would inherit it and show no figure.
matplotlib.use("Agg")

# In CI the same examples run each time, so that a red run means a changed project; elsewhere new ones are searched.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("searching", deadline=None, print_blob=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "searching")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Folder of the public corpora, which are not part of the project."""
    named = os.environ.get("FRAMING_DATA")
    if not named:
        pytest.skip("FRAMING_DATA is not set: it names the folder of the public corpora")
    folder = Path(named)
    # A wrong folder is a mistake of the set-up: to skip would hide that nothing was measured.
    assert folder.is_dir(), f"FRAMING_DATA names {folder}, which is no folder"
    return folder


@pytest.fixture(scope="session")
def example() -> pd.DataFrame:
    """The bundled example corpus; shared by all tests, which may not change it."""
    return framing.load_example()
