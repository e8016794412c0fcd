"""No figure of the example corpus changes unseen; `make golden` writes the tables anew when a change was meant."""

import io
from pathlib import Path

import pandas as pd
import pytest

from tests.golden import as_csv, golden_tables

FOLDER = Path(__file__).parent / "golden"
NAMES = ("articles", "attributions", "hedges", "sentiment", "comparison")


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return golden_tables()


@pytest.mark.parametrize("name", NAMES)
def test_table_is_as_recorded(name: str, tables: dict[str, pd.DataFrame]) -> None:
    fresh = pd.read_csv(io.StringIO(as_csv(tables[name])))
    recorded = pd.read_csv(FOLDER / f"{name}.csv")
    pd.testing.assert_frame_equal(fresh, recorded, rtol=1e-5, atol=1e-5)


def test_golden_tables_hold_something() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(NAMES)
    assert len(pd.read_csv(FOLDER / "articles.csv")) == 50
    assert len(pd.read_csv(FOLDER / "attributions.csv")) > 40
