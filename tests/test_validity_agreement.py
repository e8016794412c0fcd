"""Agreement between coders: Krippendorff's alpha as others compute it, with an interval, and where coders differ."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance

from framing import agreement
from framing.errors import InputError
from framing.validity import confusion, disagreements
from framing.validity.agreement import LEVELS, alphas_of, krippendorff_alpha

# Krippendorff's own example of four coders with gaps (Content Analysis, 2004, p. 230).
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
A = [
    2,
    1,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    2,
    1,
    2,
    1,
    1,
    2,
    2,
    1,
    1,
    1,
    2,
    0,
    2,
    2,
    0,
    1,
    2,
    1,
    0,
    2,
    2,
    2,
    0,
    0,
    2,
    0,
    1,
    0,
    0,
    1,
    1,
]
B = [
    2,
    1,
    1,
    0,
    0,
    0,
    1,
    1,
    0,
    2,
    1,
    2,
    1,
    0,
    2,
    2,
    1,
    1,
    1,
    2,
    0,
    2,
    2,
    0,
    1,
    1,
    1,
    0,
    2,
    1,
    0,
    0,
    2,
    2,
    0,
    1,
    0,
    2,
    1,
    1,
]


def long(*coders, names="ABCD"):
    rows = [
        {"unit_id": f"u{unit:02d}", "coder": name, "value": value}
        for name, values in zip(names, coders, strict=False)
        for unit, value in enumerate(values)
    ]
    return pd.DataFrame(rows).dropna(subset=["value"])


@pytest.mark.parametrize(
    ("coders", "level", "alpha"),
    [  # what the package `krippendorff` 0.8 gives
        (FOUR, "nominal", 0.743421052631579),
        (FOUR, "interval", 0.8491071428571428),
        ([A, B], "nominal", 0.7031470173790513),
        ([A, B], "interval", 0.6707526354498652),
    ],
)
def test_alpha_is_what_another_package_computes(coders, level, alpha):
    row = agreement(long(*coders), level=level).iloc[0]
    assert row["alpha"] == pytest.approx(alpha, abs=1e-12)
    assert row["alpha_low"] < alpha < row["alpha_high"]
    assert row["n_coders"] == len(coders)


VALUES = st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=4), min_size=3, max_size=12)


@given(VALUES, st.sampled_from(sorted(LEVELS)))
def test_the_fast_alpha_of_the_interval_is_nltks(units, level):
    values = sorted({value for unit in units for value in unit})
    if len(values) < 2:
        assert np.isnan(krippendorff_alpha(units, level))
        return
    data = [(coder, unit, value) for unit, given_ in enumerate(units) for coder, value in enumerate(given_)]
    distance = {"nominal": binary_distance, "interval": interval_distance}[level]
    counts = np.array([[unit.count(value) for value in values] for unit in units], dtype=float)
    matrix = np.array([[distance(a, b) for b in values] for a in values], dtype=float)
    (fast,) = alphas_of(counts, matrix, np.ones((1, len(units))))
    assert fast == pytest.approx(AnnotationTask(data=data, distance=distance).alpha(), abs=1e-9)


def test_coders_who_guess_agree_by_chance_alone():
    rng = np.random.default_rng(1)
    row = agreement(long(rng.integers(0, 2, 400).tolist(), rng.integers(0, 2, 400).tolist())).iloc[0]
    assert abs(row["alpha"]) < 0.12
    assert row["alpha_low"] < 0 < row["alpha_high"]
    assert row["share_agreed"] == pytest.approx(0.5, abs=0.08)


def test_intervals_hold_the_alpha_of_the_population():
    rng = np.random.default_rng(2)
    held = []
    for seed in range(60):
        truth = rng.random(80) < 0.5
        two = [np.where(rng.random(80) < 0.1, ~truth, truth).tolist() for _ in range(2)]
        row = agreement(long(*two).astype({"value": int}), level="nominal", seed=seed).iloc[0]
        held.append(row["alpha_low"] <= 0.64 <= row["alpha_high"])  # 1 − .18 / .5
    assert np.mean(held) > 0.85


def test_categories_are_told_apart():
    coders = ["a", "a", "b", "b", "c", "c"], ["a", "a", "b", "c", "c", "b"]
    table = agreement(long(*coders)).set_index("category")
    assert table.index.tolist() == ["all", "a", "b", "c"]
    assert table.loc["a", "alpha"] == 1
    assert table.loc["b", "alpha"] < 0.5
    assert table.loc["all", "share_agreed"] == pytest.approx(4 / 6)
    assert set(table["level"]) == {"nominal"}


def test_counts_have_a_row_for_whether_there_was_any():
    table = agreement(long([0, 1, 2, 0], [0, 2, 1, 0])).set_index("category")
    assert table.loc["any", "alpha"] == 1
    assert table.loc["all", "level"] == "interval"


def test_each_metric_has_its_rows():
    both = pd.concat([long(A, B).assign(metric="m1"), long(A, A).assign(metric="m2")])
    table = agreement(both)
    assert table.loc[table["category"] == "all", "alpha"].round(3).tolist() == [0.671, 1.0]


def test_where_all_values_are_the_same_alpha_is_missing():
    row = agreement(long([0, 0, 0], [0, 0, 0])).iloc[0]
    assert row[["alpha", "alpha_low", "alpha_high"]].isna().all()
    assert row["share_agreed"] == 1


def test_confusions_and_disagreements_are_listed():
    codings = long([0, 1, 2, 0], [0, 1, 0, 1], names=["Ada", "Ben"])
    table = confusion(codings, "Ada", "Ben")
    assert table.loc[0].tolist() == [1, 1]
    assert table.loc[2].tolist() == [1, 0]
    sheet = pd.DataFrame(
        {"unit_id": [f"u{n:02d}" for n in range(4)], "sentence": ["It rains.", "It may.", "Some say.", "No."]}
    )
    rows = disagreements(codings, sheet)
    assert rows[["unit_id", "Ada", "Ben", "sentence"]].to_numpy().tolist() == [
        ["u02", 2, 0, "Some say."],
        ["u03", 0, 1, "No."],
    ]


def test_mistakes_are_told():
    with pytest.raises(InputError, match=r"no column 'coder'; they have: unit_id, value"):
        agreement(pd.DataFrame({"unit_id": ["u1"], "value": [1]}))
    with pytest.raises(InputError, match="no unit has two coders; the coders are: A"):
        agreement(long([1, 0]))
    with pytest.raises(InputError, match="A gave two values for u00"):
        agreement(pd.concat([long(A, B), long(A)]))
    with pytest.raises(InputError, match="there is no coder 'Cy'; there are: A, B"):
        confusion(long(A, B), "A", "Cy")
    with pytest.raises(InputError, match="level must be one of nominal, interval"):
        agreement(long(A, B), level="ratio")
