"""Agreement on spans: the same as over characters written out, whatever the order of rows."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

import framing
from framing.errors import InputError

COLUMNS = ["unit_id", "coder", "start", "end", "category", "length"]


def table(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


# Three coders, three texts; Cem found nothing in the second and didn't code the third.
SPANS = table(
    ("u1", "Ada", 0, 8, "epistemic", 40),
    ("u1", "Ben", 3, 8, "epistemic", 40),
    ("u1", "Ben", 20, 29, "doxastic", 40),
    ("u1", "Cem", 20, 30, "doxastic", 40),
    ("u2", "Ada", 5, 12, "doxastic", 25),
    ("u2", "Ben", 5, 12, "epistemic", 25),
    ("u2", "Cem", None, None, None, 25),
    ("u3", "Ada", 1, 2, "epistemic", 10),
    ("u3", "Ben", 1, 3, "epistemic", 10),
)


def written_out(spans: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Every character's label by every coder, as NLTK wants it."""
    data = []
    for (unit, coder), rows in spans.groupby(["unit_id", "coder"]):
        for place in range(int(rows["length"].iloc[0])):
            inside = (rows["start"] <= place) & (place < rows["end"])
            data.append((coder, f"{unit} {place}", "+".join(sorted(rows.loc[inside, "category"]))))
    return data


def test_spans_agree_as_their_characters_do():
    found = framing.agreement_of_spans(SPANS).set_index("category")
    assert found.loc["all", "alpha"] == pytest.approx(AnnotationTask(data=written_out(SPANS)).alpha())
    assert found.loc["all", ["n_units", "n_coders", "n_characters"]].tolist() == [3, 3, 75]


def test_every_row_is_what_the_package_krippendorff_gives():
    # krippendorff 0.9.0, krippendorff.alpha(value_counts=…, level_of_measurement="nominal"), one line a character.
    found = framing.agreement_of_spans(SPANS).set_index("category")["alpha"]
    expected = {"all": 0.277027027, "any": 0.315957708, "doxastic": 0.259666260, "epistemic": 0.224637681}
    assert found.index.tolist() == list(expected)
    assert found.tolist() == pytest.approx(list(expected.values()))


def test_share_agreed_is_visible_arithmetic():
    two = table(("u", "Ada", 0, 4, "a", 10), ("u", "Ben", 0, 8, "a", 10))
    row = framing.agreement_of_spans(two).iloc[0]
    # 6 of 10 characters are the same; labels are 12 a and 8 none, so that 2·12·8 of 20·19 pairs would differ.
    assert row["share_agreed"] == pytest.approx(0.6)
    assert row["alpha"] == pytest.approx(1 - 0.4 / (2 * 12 * 8 / (20 * 19)))
    assert pd.isna(row["alpha_low"])  # one unit can't be redrawn


PIECE = st.tuples(st.integers(0, 11), st.integers(1, 6), st.sampled_from("ab"))
UNIT = st.fixed_dictionaries({coder: st.lists(PIECE, max_size=3) for coder in ("Ada", "Ben", "Cem")})


@given(units=st.lists(UNIT, min_size=1, max_size=4), order=st.randoms())
def test_any_spans_agree_as_their_characters_do(units, order):
    rows = []
    for number, unit in enumerate(units):
        for coder, pieces in unit.items():
            one_category = {(start, min(start + size, 12)): kind for start, size, kind in pieces}
            rows += [(f"u{number}", coder, a, b, kind, 12) for (a, b), kind in one_category.items() if b > a]
            if not one_category:
                rows.append((f"u{number}", coder, None, None, None, 12))
    spans = table(*rows).drop_duplicates()
    data = [(c, u, "+".join(sorted(set(label.split("+"))))) for c, u, label in written_out(spans)]
    shuffled = spans.sample(frac=1, random_state=order.randint(0, 1000))
    found = framing.agreement_of_spans(spans)
    pd.testing.assert_frame_equal(found, framing.agreement_of_spans(shuffled))
    if len({label for _, _, label in data}) < 2:
        assert pd.isna(found.loc[0, "alpha"])
    else:
        assert found.loc[0, "alpha"] == pytest.approx(AnnotationTask(data=data).alpha())


def test_length_of_text_costs_nothing():
    long = table(("u", "Ada", 0, 10**9, "a", 10**12), ("u", "Ben", 0, 10**9, "a", 10**12))
    assert framing.agreement_of_spans(long)["alpha"].tolist() == [1.0]


def test_perfect_agreement_on_nothing_is_not_called_agreement():
    nothing = table(("u", "Ada", None, None, None, 10), ("u", "Ben", None, None, None, 10))
    row = framing.agreement_of_spans(nothing).iloc[0]
    assert row["share_agreed"] == 1.0
    assert pd.isna(row["alpha"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(columns="start"), "no column 'start'"),
        (lambda t: t.assign(start=["x"] * len(t)), "must hold whole numbers"),
        (lambda t: t.assign(start=0.5), "must hold whole numbers"),
        (lambda t: t.assign(end=np.where(t.index == 0, 0, t["end"])), "ends before it begins"),
        (lambda t: t.assign(end=np.where(t.index == 0, 41, t["end"])), "ends behind the text"),
        (lambda t: t.assign(length=np.where(t.index == 0, 41, t["length"])), "two lengths"),
        (lambda t: t.assign(end=np.where(t.index == 0, np.nan, t["end"])), "only one of start and end"),
        (lambda t: t.assign(category=np.where(t.index == 0, None, t["category"])), "has no category"),
        (lambda t: t[t["coder"] == "Ada"], "no unit with any text has two coders"),
    ],
)
def test_mistakes_are_told(change, said):
    with pytest.raises(InputError, match=said):
        framing.agreement_of_spans(change(SPANS.copy()))
