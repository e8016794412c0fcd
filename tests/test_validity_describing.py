"""What is said of agreement, accuracy and correction: never more than the interval allows."""

import pandas as pd
import pytest

from framing.errors import InputError
from framing.validity import describe_agreement_of_coders, describe_correction, describe_validation

METRIC = "hedges_per_1000_words_outlet"


def agreed(**row) -> str:
    base = {"metric": METRIC, "category": "all", "n_units": 50, "n_coders": 2, "share_agreed": 0.9}
    return describe_agreement_of_coders(pd.DataFrame([base | row]))[0]


@pytest.mark.parametrize(
    ("alpha", "low", "said"),
    [
        (0.9, 0.8, "reliable by the usual rule"),
        (0.9, 0.79, "Enough for tentative conclusions at most."),
        (0.9, 0.667, "Enough for tentative conclusions at most."),
        (0.9, 0.6, "It looks usable, but the interval reaches below .667"),
        (0.667, 0.6, "It looks usable, but"),
        (0.66, 0.5, "Too little to build on"),
        (-0.1, -0.4, "Too little to build on"),
    ],
)
def test_agreement_is_judged_by_the_lower_end(alpha, low, said):
    assert said in agreed(alpha=alpha, alpha_low=low, alpha_high=1.0)


def test_alpha_is_printed_as_journals_do():
    assert "alpha −.10 (95% interval −.40 to 1.00," in agreed(alpha=-0.1, alpha_low=-0.4, alpha_high=1.0)


def test_no_alpha_is_no_agreement():
    said = agreed(alpha=pd.NA, alpha_low=pd.NA, alpha_high=pd.NA)
    assert "can't be told from chance" in said
    assert "reliable" not in said


def test_agreement_without_a_metric_has_a_name():
    assert agreed(metric=pd.NA, alpha=0.9, alpha_low=0.85, alpha_high=1.0).startswith("What was coded: 2 coders agree")


def validated(figure: str, value: float, difference: float, low: float, high: float) -> pd.DataFrame:
    row = {"metric": METRIC, "figure": figure, "n_coded": 60, "value": value, "low": value - 0.1, "high": value + 0.1}
    apart = {"difference": difference, "difference_low": low, "difference_high": high}
    none = dict.fromkeys(apart)
    return pd.DataFrame([row | {"outlet": "all"} | none, row | {"outlet": "Herald"} | apart]).convert_dtypes()


def test_an_outlet_in_which_the_machine_errs_otherwise_is_named_with_what_that_means():
    first, second = describe_validation(validated("recall", 0.7, -0.22, -0.35, -0.09))
    assert first == (
        "Hedges in its own words (60 coded sentences, weighed to the corpus): of those in which the coders found any, "
        "the machine did in 70% (60% to 80%)."
    )
    assert "Against the others: Herald recall −22 points (−35 to −9)." in second
    assert "may be made of that, wholly or in part" in second
    assert "one in 20 would say so by chance" in second


def test_no_difference_found_is_not_called_none():
    _, second = describe_validation(validated("recall", 0.7, -0.1, -0.3, 0.1))
    assert "doesn't show that the machine errs alike" in second


def test_f1_is_not_told_beside_what_it_is_made_of():
    assert len(describe_validation(validated("f1", 0.7, -0.3, -0.4, -0.2))) == 1


def corrected(**changes) -> str:
    row = {"metric": METRIC, "outlet": "Herald", "versus": "Globe", "n_coded": 100, "difference": 6.0, "ci_low": 2.0,
           "ci_high": 10.0, "corrected": 4.0, "corrected_low": 1.0, "corrected_high": 7.0, "q_corrected": 0.01,
           "n_to_halve": 400}  # fmt: skip
    return describe_correction(pd.DataFrame([row | changes]))[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "It stands when the machine's mistakes are taken out."),
        ({"corrected_low": -1.0}, "It doesn't stand"),
        ({"corrected": -4.0, "corrected_low": -7.0, "corrected_high": -1.0}, "It turns round"),
        ({"ci_low": -2.0}, "It shows only when the machine's mistakes are taken out."),
        ({"ci_low": -2.0, "corrected_low": -1.0}, "Neither as counted nor corrected"),
        ({"q_corrected": 0.06}, "Alone it would stand, but not among all that were corrected"),
        ({"q_corrected": pd.NA}, "It stands when"),
        ({"ci_low": pd.NA, "ci_high": pd.NA, "corrected_low": -1.0}, "(95% interval – to –)"),
        ({"n_to_halve": 1234}, "About 1,234 coded sentences would halve the corrected interval."),
        ({"n_to_halve": pd.NA}, "More coding alone would not halve the corrected interval"),
    ],
)
def test_a_correction_says_whether_the_difference_stands(changes, said):
    assert said in corrected(**changes)


def test_an_edge_close_to_0_is_never_printed_as_0():
    assert "(−20.0 to −0.4)" in corrected(corrected=-10, corrected_low=-20.0, corrected_high=-0.4)


def test_numbers_have_no_more_digits_than_the_interval_allows():
    said = corrected(difference=0.0073, ci_low=-0.0469, ci_high=0.0669, corrected=-0.1945, corrected_low=-0.7150,
                     corrected_high=0.3260)  # fmt: skip
    assert "0.01 as counted (95% interval −0.05 to 0.07), −0.19 corrected" in said


@pytest.mark.parametrize("describe", [describe_agreement_of_coders, describe_validation, describe_correction])
def test_another_table_is_told(describe):
    with pytest.raises(InputError, match="table has no column 'metric'"):
        describe(pd.DataFrame({"x": [1]}))


def test_what_is_not_zero_is_not_written_as_zero():
    from framing.validity.describing import _signed

    assert [_signed(-0.0004, False), _signed(0.0, False), _signed(0.0021, True)] == ["−0.0004", "+0.00", "+0.2"]
