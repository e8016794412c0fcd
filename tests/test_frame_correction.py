"""Frames of one's own as a measure like the others: drawn, coded, validated, calibrated and corrected."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from benchmarks.correction import coded
from benchmarks.frame_correction import METRIC, one_run, simulated
from framing.comparison import compare_outlets
from framing.errors import InputError
from framing.validity import (
    calibration,
    correct,
    describe_agreement_of_coders,
    describe_correction,
    describe_validation,
    disagreements,
    list_mistakes,
    validate,
)
from framing.validity.calibrating import calibration_figures, wilson
from framing.validity.sampling import draw_units
from framing.validity.units import numerator_of, sentence_units, unit_of
from tests.command_line import run

PLACE = ["article_id", "field", "sentence"]
MONEY, LAW = "share_frame_money", "share_frame_law"
WORDS = {
    "money": "The budget and its costs and prices",
    "law": "The court, the judges and a vote",
    "harm": "A storm, a flood and the injured",
}


def taught(unit: str = "paragraph") -> framing.FrameModel:
    rows = [{"text": f"{text} {n % 4}.", "label": label} for label, text in WORDS.items() for n in range(12)]
    return framing.train_frames(pd.DataFrame(rows), unit=unit)


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    return framing.load_example()


@pytest.fixture(scope="module")
def analysis(corpus: pd.DataFrame) -> framing.Analysis:
    return framing.add_frames(framing.analyze(corpus, progress=False), corpus, taught())


@pytest.fixture(scope="module")
def case():
    analysis, truth, _ = simulated(np.random.default_rng(7))
    comparison = compare_outlets(analysis.articles, [METRIC], n_resamples=999)
    return analysis, truth, comparison


def said(analysis, sample, metric):
    """What the machine says of the sampled texts."""
    units = sentence_units(analysis, metric)
    return sample.key.merge(units, on=PLACE, how="left", suffixes=("", "_"))["machine"].astype(int)


# --- an analysis with frames ------------------------------------------------------------------------------------


def test_an_analysis_keeps_which_text_has_which_frame(analysis, corpus, tmp_path):
    texts = corpus.set_index("article_id")["text"]
    n = analysis.frames.groupby("article_id").size()
    articles = analysis.articles.set_index("article_id")
    assert articles["n_frame_texts"].reindex(n.index).tolist() == n.tolist()
    law = (analysis.frames["frame"] == "law").groupby(analysis.frames["article_id"]).mean()
    assert articles[LAW].reindex(law.index).astype(float).tolist() == pytest.approx(law.tolist())
    for row in analysis.frames.head(30).itertuples():
        cut = texts[row.article_id][row.start : row.end]
        assert cut.strip()
        assert row.unit == "paragraph"
    assert analysis.frames["article_id"].drop_duplicates().tolist() == list(analysis.articles["article_id"])
    assert analysis.provenance["frames"]["labels"] == ["harm", "law", "money"]
    loaded = framing.Analysis.load(analysis.save(tmp_path))
    pd.testing.assert_frame_equal(loaded.frames, analysis.frames)
    framing.analyze(corpus.head(2), progress=False).save(tmp_path)  # frames of before are gone
    assert framing.Analysis.load(tmp_path).frames.empty


def test_frames_of_an_analysis_are_those_of_its_article_table(analysis, corpus):
    plain = framing.add_frames(analysis.articles[["article_id", "outlet"]], corpus, taught())
    assert plain[LAW].tolist() == analysis.articles[LAW].tolist()
    with pytest.raises(InputError, match="corpus is not the one that was analysed"):
        framing.add_frames(framing.analyze(corpus.head(3), progress=False), corpus.head(3).assign(text="No."), taught())


def test_a_frame_called_texts_is_refused(corpus):
    rows = [{"text": f"{word} {n % 3}", "label": word} for word in ("texts", "court") for n in range(10)]
    with pytest.raises(InputError, match="n_frame_texts counts all texts"):
        framing.add_frames(corpus, corpus, framing.train_frames(pd.DataFrame(rows)))


# --- drawing and coding -----------------------------------------------------------------------------------------


def test_paragraphs_are_drawn_blind_and_balanced_over_outlets_and_frames(analysis, corpus):
    sample = framing.sample_for_coding(analysis, corpus, metrics=[LAW, MONEY], n=100, seed=1)
    assert list(sample.sheet) == ["unit_id", "before", "paragraph", "after", LAW, MONEY]
    assert repr(sample) == f"CodingSample of 100 paragraphs, to be coded for {LAW}, {MONEY}"
    assert sample.key["outlet"].value_counts().tolist() == [20] * 5
    assert {part.split(" · ")[1] for part in sample.key["stratum"]} == {
        "machine said law",
        "machine said money",
        "machine said another",
    }
    assert (
        sample.key.groupby("stratum").size() / sample.key["n_stratum"].groupby(sample.key["stratum"]).first()
    ).round(9).tolist() == sample.key.groupby("stratum")["probability"].first().round(9).tolist()
    texts = corpus.set_index("article_id")[["text", "outlet"]]
    for unit, row in zip(sample.sheet.to_dict("records"), sample.key.to_dict("records"), strict=True):
        text, outlet = texts.loc[row["article_id"]]
        assert unit["paragraph"] in text.replace(outlet, "[outlet]")
        assert outlet not in unit["paragraph"] + unit["before"] + unit["after"]
    again = framing.sample_for_coding(
        analysis, corpus.sample(frac=1, random_state=3), metrics=[LAW, MONEY], n=100, seed=1
    )
    pd.testing.assert_frame_equal(again.sheet, sample.sheet)
    weighed = (1 / sample.key["probability"]).sum()
    assert weighed == pytest.approx(len(analysis.frames))


def test_who_draws_too_few_for_all_groups_is_told(analysis, corpus):
    with pytest.raises(InputError, match=r"n=12 is too few for 15 groups .* at least 30"):
        framing.sample_for_coding(analysis, corpus, metrics=[LAW, MONEY], n=12)
    assert (
        framing.sample_for_coding(analysis, corpus, metrics=[LAW, MONEY], n=12, strata=["outlet"]).unit == "paragraph"
    )
    with pytest.raises(InputError, match="fewer than n=9,999"):
        framing.sample_for_coding(analysis, corpus, metrics=[LAW], n=9_999)
    with pytest.raises(InputError, match="frames are coded by paragraph and other metrics by sentence"):
        framing.sample_for_coding(analysis, corpus, metrics=["sentiment_outlet", LAW])
    with pytest.raises(InputError, match=r"no frame for 'share_frame_war'; it has: share_frame_harm, share_frame_law"):
        framing.sample_for_coding(analysis, corpus, metrics=["share_frame_war"])
    plain = framing.analyze(corpus.head(4), progress=False)
    with pytest.raises(InputError, match=r"analysis = add_frames\(analysis, corpus, model\)"):
        framing.sample_for_coding(plain, corpus.head(4), metrics=[LAW])


def test_whole_articles_are_drawn_where_the_model_labels_them(corpus):
    plain = framing.analyze(corpus, progress=False)
    analysis = framing.add_frames(plain, corpus, taught("article"))
    assert unit_of(analysis, LAW) == "article"
    sample = framing.sample_for_coding(analysis, corpus, metrics=[LAW], n=20)
    assert list(sample.sheet)[2] == "article"
    assert (sample.sheet["before"] == "").all()
    assert numerator_of(LAW) == "n_frame_law"


def test_sheets_go_to_coders_and_come_back(analysis, corpus, tmp_path):
    sample = framing.sample_for_coding(analysis, corpus, metrics=[LAW], n=60, seed=2)
    folder = framing.write_coding_sample(sample, tmp_path / "coding")
    book = (folder / "codebook.md").read_text(encoding="utf8")
    assert "Each row of the sheet is one paragraph to code." in book
    assert "## Frame law\n\nColumn `share_frame_law`. Write 1 if this is its frame, else 0." in book
    again = framing.read_coding_sample(folder)
    assert again.unit == "paragraph"
    pd.testing.assert_frame_equal(again.key, sample.key)
    found = said(analysis, sample, LAW)
    for coder, turned in (("Ada", []), ("Ben", [0, 1])):
        values = [1 - v if place in turned else v for place, v in enumerate(found)]
        again.sheet.assign(**{LAW: values}).to_csv(folder / f"sheet_{coder}.csv", index=False)
    codings = framing.read_codings(folder)
    assert codings.attrs["coding"]["sentence"] == "Ada coded 60 of 60 paragraphs; Ben coded 60"
    table = framing.agreement(codings)
    assert 0.8 < table.loc[0, "alpha"] < 1
    assert describe_agreement_of_coders(table)[0].startswith("Frame law: 2 coders agree by alpha .")
    apart = disagreements(codings, again.sheet)
    assert len(apart) == 2
    assert "paragraph" in apart
    listed = list_mistakes(analysis, codings, corpus)
    assert len(listed) == 2
    texts = corpus.set_index("article_id")["text"]
    assert all(row["sentence"] in texts[row["article_id"]] for row in listed.to_dict("records"))
    again.sheet.assign(**{LAW: 2}).to_csv(folder / "sheet_Ben.csv", index=False)
    with pytest.raises(InputError, match="allowed is 1 where that is the frame, else 0"):
        framing.read_codings(folder)


def test_the_notebook_takes_yes_and_no(analysis, corpus, tmp_path):
    sample = framing.sample_for_coding(analysis, corpus, metrics=[LAW], n=30)
    widget = framing.code_sentences(sample, coder="Ada", folder=tmp_path)
    assert (widget.unit, widget.fields[0]["is_frame"], widget.fields[0]["title"]) == ("paragraph", True, "Frame law")
    widget.record("u01", {LAW: "1"})
    assert repr(widget) == "Ada has coded 1 of 30 paragraphs (sheet_Ada.csv)"
    with pytest.raises(InputError, match="allowed is '0' or '1'"):
        widget.record("u02", {LAW: "2"})


# --- validating and calibrating ---------------------------------------------------------------------------------


def test_who_codes_everything_gets_the_figures_by_counting(case):
    analysis, truth, _ = case
    codings = coded(draw_units(analysis, [METRIC], n=len(analysis.frames)), truth, METRIC)
    table = validate(analysis, codings).set_index(["figure", "outlet"])["value"]
    units = sentence_units(analysis, METRIC).set_index(PLACE)
    true = truth.reindex(units.index)
    found = units["machine"] > 0
    assert table["precision", "all"] == pytest.approx(true[found].mean())
    assert table["recall", "all"] == pytest.approx(found[true > 0].mean())
    score = units["score"].astype(float)
    assert table["brier", "all"] == pytest.approx(((score - true) ** 2).mean())
    bins = calibration(analysis, codings)
    off = (bins["n_coded"] * (bins["mean_probability"] - bins["share_coded"]).abs()).sum() / len(units)
    assert table["calibration_error", "all"] == pytest.approx(off)
    assert bins["n_coded"].sum() == len(units)
    here = score.between(0.4, 0.6, inclusive="left")
    assert bins.loc[2, "share_coded"] == pytest.approx(true[here].mean())
    assert (bins["low"] <= bins["share_coded"]).all()
    assert (bins["share_coded"] <= bins["high"]).all()


def test_an_outlet_whose_probabilities_are_too_low_stands_out(case):
    analysis, truth, _ = case  # B's log-odds are 1.2 too low
    codings = coded(draw_units(analysis, [METRIC], n=600), truth, METRIC)
    bins = calibration(analysis, codings, by_outlet=True)
    assert bins["outlet"].unique().tolist() == ["all", "A", "B"]
    of_b = bins[(bins["outlet"] == "B") & (bins["n_coded"] > 20)]
    assert (of_b["share_coded"] > of_b["mean_probability"]).all()
    table = validate(analysis, codings)
    errors = table[table["figure"] == "calibration_error"].set_index("outlet")["value"]
    assert errors["B"] > errors["A"]
    assert table.loc[table["figure"] == "calibration_error", "low"].isna().all()
    recall = table[(table["figure"] == "recall") & (table["outlet"] == "B")].iloc[0]
    assert recall["difference_high"] < 0
    said = describe_validation(table)
    assert "coded texts, weighed to the corpus): of the texts in which the machine found any" in said[0]
    assert "its probabilities are off by 0." in said[0]
    assert "the machine errs differently by outlet" in said[1]


def test_a_sample_gives_the_calibration_of_the_corpus(case):
    analysis, truth, _ = case
    whole = calibration(analysis, coded(draw_units(analysis, [METRIC], n=len(analysis.frames)), truth, METRIC))
    drawn = [
        calibration(analysis, coded(draw_units(analysis, [METRIC], n=300, seed=s), truth, METRIC)) for s in range(20)
    ]
    mean = np.nanmean([table["share_coded"].to_numpy(dtype=float, na_value=np.nan) for table in drawn], axis=0)
    assert mean == pytest.approx(whole["share_coded"].astype(float), abs=0.05)
    held = np.mean([((t["low"] <= whole["share_coded"]) & (whole["share_coded"] <= t["high"])).mean() for t in drawn])
    assert held > 0.88


def test_what_has_no_probability_has_no_calibration():
    from benchmarks.correction import METRIC as HEDGES
    from benchmarks.correction import simulated as hedges

    analysis, truth, _ = hedges(np.random.default_rng(1))
    codings = coded(draw_units(analysis, [HEDGES], n=60), truth, HEDGES)
    with pytest.raises(InputError, match=r"no coded metric comes with a probability; coded are: hedges_per_1000_words"):
        calibration(analysis, codings)
    assert set(validate(analysis, codings)["figure"]) == {"precision", "recall", "f1", "count_ratio"}


def test_attributions_are_calibrated_where_some_were_found(analysis, corpus):
    metric = "attributions_per_1000_words"
    units = sentence_units(analysis, metric)
    assert (units["score"].notna() == (units["machine"] > 0)).all()
    two = units[units["machine"] == 2].iloc[0]
    rules = analysis.attributions.merge(two[PLACE].to_frame().T.astype({"sentence": "Int64"}), on=PLACE)["rule"]
    first, second = rules.str.extract(r"p=(\S+?);")[0].astype(float)
    assert two["score"] == pytest.approx(1 - (1 - first) * (1 - second))
    truth = units.set_index(PLACE)["machine"]
    codings = coded(draw_units(analysis, [metric], n=300), truth, metric)
    bins = calibration(analysis, codings)
    assert bins["n_coded"].sum() == (codings["value"] > 0).sum()
    assert (bins.loc[bins["n_coded"] > 0, "share_coded"] == 1).all()
    figures = validate(analysis, codings).set_index(["figure", "outlet"])["value"]
    assert 0 < figures["calibration_error", "all"] < 0.2
    assert sentence_units(analysis, "share_attributions_anonymous")["score"].isna().all()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_calibration_figures_lie_between_0_and_1_and_weights_are_repetitions(data):
    n = data.draw(st.integers(1, 30))
    score = np.array(data.draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
    human = np.array(data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=n, max_size=n)))
    times = np.array(data.draw(st.lists(st.integers(1, 4), min_size=n, max_size=n)))
    figures = calibration_figures(times[None, :].astype(float), score, human)
    long = calibration_figures(np.ones((1, times.sum())), np.repeat(score, times), np.repeat(human, times))
    for name, values in figures.items():
        assert 0 <= values[0] <= 1
        assert values == pytest.approx(long[name])
    low, high = wilson(float(human.mean()), n)
    assert 0 <= low <= human.mean() + 1e-12
    assert human.mean() - 1e-12 <= high <= 1


# --- correcting -------------------------------------------------------------------------------------------------


def test_who_codes_every_text_gets_the_true_difference(case):
    analysis, truth, comparison = case
    row = correct(
        analysis, comparison, coded(draw_units(analysis, [METRIC], n=len(analysis.frames)), truth, METRIC)
    ).iloc[0]
    shares = truth.groupby("article_id").mean().reindex(analysis.articles["article_id"]).to_numpy()
    true = compare_outlets(analysis.articles.assign(**{METRIC: shares}), [METRIC], n_resamples=999).iloc[0]
    assert row["corrected"] == pytest.approx(true["difference"], abs=1e-9)
    assert row["codings_alone"] == pytest.approx(true["difference"], abs=1e-9)
    assert abs(row["difference"] - true["difference"]) > 0.05
    assert row["share_from_coding"] == pytest.approx(0, abs=1e-9)


def test_corrected_intervals_hold_the_true_difference_where_raw_ones_dont():
    # The long run is benchmarks/frame_correction.py; 60 runs tell 95% from less than 82% or so.
    runs = [one_run(seed, 300) for seed in range(60)]
    held = {name: np.mean([run[name][1] for run in runs]) for name in runs[0]}
    error = {name: np.mean([run[name][0] for run in runs]) for name in runs[0]}
    width = {name: np.mean([run[name][2] for run in runs]) for name in runs[0]}
    assert held["raw"] < 0.3
    assert held["corrected"] >= 0.83
    assert error["raw"] > 8
    assert abs(error["corrected"]) < 2
    assert width["corrected"] < width["codings_alone"]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["pairwise", "rest"]), st.booleans())
def test_a_perfect_coding_of_all_texts_is_never_off_and_row_order_is_nothing(seed, contrast, by_article):
    analysis, truth, _ = simulated(np.random.default_rng(seed), n_events=12)
    event = None if by_article else "event"
    shares = truth.groupby("article_id").mean().reindex(analysis.articles["article_id"]).to_numpy()
    asked = {"contrast": contrast, "event": event, "n_resamples": 999}
    comparison = compare_outlets(analysis.articles, [METRIC], **asked)
    true = compare_outlets(analysis.articles.assign(**{METRIC: shares}), [METRIC], **asked)
    whole = coded(draw_units(analysis, [METRIC], n=len(analysis.frames)), truth, METRIC)
    table = correct(analysis, comparison, whole.sample(frac=1, random_state=seed), event=event)
    known = true[true["difference"].notna()]
    assert table["corrected"].astype(float).tolist() == pytest.approx(
        known["difference"].astype(float).tolist(), abs=1e-9
    )
    mixed = framing.Analysis(
        **{name: frame.sample(frac=1, random_state=seed) for name, frame in analysis.tables.items()}, provenance={}
    )
    few = coded(draw_units(analysis, [METRIC], n=90), truth, METRIC)
    pd.testing.assert_frame_equal(
        correct(analysis, comparison, few, event=event), correct(mixed, comparison, few, event=event), rtol=1e-9
    )


def test_what_cant_be_corrected_is_named_and_the_others_are_corrected(analysis, corpus):
    metrics = [LAW, "share_attributions_official"]
    comparison = compare_outlets(analysis.articles, metrics, contrast="rest", n_resamples=999)
    sample = framing.sample_for_coding(analysis, corpus, metrics=[LAW], n=60)
    codings = framing.codings_of(sample, sample.sheet.assign(**{LAW: said(analysis, sample, LAW)}), coder="Ada")
    both = pd.concat([codings, codings.assign(metric="share_attributions_official")])
    table = correct(analysis, comparison, both)
    assert table["corrected"].notna().tolist() == [True] * 5 + [False] * 5
    assert table["q_corrected"].notna().tolist() == [True] * 5 + [False] * 5
    pd.testing.assert_frame_equal(table.head(5), correct(analysis, comparison, codings))
    reason = table["method"].iloc[-1]
    assert reason.startswith("not corrected: 'share_attributions_official' is a share of what the machine found")
    told = describe_correction(table)
    assert told[0].startswith(
        "Frame law, Radio Arrenia less the other outlets (mean share in an article, in percent): "
    )
    assert "not corrected. 'share_attributions_official' is a share" in told[-1]
    with pytest.raises(InputError, match="is a share of what the machine found"):
        correct(analysis, comparison, codings.assign(metric="share_attributions_official"))


def test_a_group_without_a_coding_is_no_group_without_mistakes(case):
    analysis, truth, comparison = case
    codings = coded(draw_units(analysis, [METRIC], n=100), truth, METRIC)
    part = codings[codings["stratum"] != "B · machine said conflict"]
    with pytest.raises(InputError, match="are of groups of the sample in which nothing was coded"):
        correct(analysis, comparison, part)


def test_shares_that_were_changed_are_not_corrected(case):
    analysis, truth, _ = case
    codings = coded(draw_units(analysis, [METRIC], n=100), truth, METRIC)
    articles = analysis.articles.assign(**{METRIC: analysis.articles[METRIC] / 2})
    other = framing.Analysis(**{**analysis.tables, "articles": articles}, provenance={})
    with pytest.raises(InputError, match="no longer what `add_frames` made of its texts"):
        correct(other, compare_outlets(articles, [METRIC], n_resamples=999), codings)


def test_a_package_corrects_frames_again(analysis, corpus, tmp_path):
    sample = framing.sample_for_coding(analysis, corpus, metrics=[LAW], n=60)
    codings = framing.codings_of(sample, sample.sheet.assign(**{LAW: said(analysis, sample, LAW)}), coder="Ada")
    comparison = compare_outlets(analysis.articles, [LAW], contrast="rest", n_resamples=999)
    folder = framing.export_replication(analysis, comparison, tmp_path / "package", codings=codings, corpus=corpus)
    frames = framing.Analysis.load(folder / "tables").frames
    assert {"p_law"} == {name for name in frames if name.startswith("p_")}  # of the frame that is compared
    again = pd.read_parquet(folder / "corrected.parquet")
    expected = correct(analysis, comparison, codings)
    assert again["corrected"].tolist() == pytest.approx(expected["corrected"].tolist())


def test_from_a_shell(analysis, corpus, tmp_path: Path, capsys):
    few = corpus[corpus["outlet"].isin(sorted(corpus["outlet"].unique())[:2])]
    few.to_csv(tmp_path / "articles.csv", index=False)
    framing.analyze(framing.read_corpus(tmp_path / "articles.csv"), progress=False).save(tmp_path / "results")
    framing.save_frames(taught(), tmp_path / "model")
    code, out, err = run(
        capsys, "frames", "apply", tmp_path / "model", tmp_path / "articles.csv", "--results", tmp_path / "results",
        "--out", tmp_path / "framed",
    )  # fmt: skip
    assert code == 0, err
    assert f"Analysis with frames: {tmp_path / 'framed'}. Go on with: framing sample" in out
    framed, coding = tmp_path / "framed", tmp_path / "coding"
    code, out, err = run(
        capsys, "sample", framed, tmp_path / "articles.csv", "--metric", LAW, "--n", 40, "--out", coding
    )
    assert code == 0, err
    assert "40 paragraphs to code" in out
    sample = framing.read_coding_sample(coding)
    found = said(framing.Analysis.load(framed), sample, LAW)
    sample.sheet.assign(**{LAW: found}).to_csv(coding / "sheet_Ada.csv", index=False)
    code, out, err = run(capsys, "validate", framed, coding, "--calibration", tmp_path / "bins.csv")
    assert code == 0, err
    assert "Frame law (40 coded texts" in out
    assert pd.read_csv(tmp_path / "bins.csv")["outlet"].nunique() == 3
    code, out, err = run(capsys, "correct", framed, coding)
    assert code == 0, err
    assert "Frame law, " in out
    assert "corrected by 40 coded texts" in out


def test_the_program_of_the_documentation_runs(capsys):
    text = (Path(__file__).parents[1] / "docs" / "frames.md").read_text(encoding="utf8")
    (program,) = re.findall(r"^```python\n(import framing\n.+?)^```", text, flags=re.DOTALL | re.MULTILINE)
    known: dict[str, object] = {}
    exec(compile(program, "frames.md", "exec"), known)  # noqa: S102 our own text, run as a reader runs it
    checked = framing.validate(known["analysis"], known["codings"])
    figures = checked[checked["outlet"] == "all"].set_index("figure")["value"]
    assert (round(figures["recall"], 2), round(figures["precision"], 2)) == (0.80, 0.86)
    table = correct(known["analysis"], known["comparison"], known["codings"]).set_index("outlet")
    of_ledger = table.loc["The Sollen Ledger", ["difference", "ci_low", "ci_high", "corrected", "corrected_low"]]
    assert (100 * of_ledger.astype(float)).round(0).tolist() == [12, 4, 20, 7, -1]
    assert "12.0 as counted (95% interval 3.6 to 19.6), 7.0 corrected by 250 coded texts" in capsys.readouterr().out
