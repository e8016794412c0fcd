"""Replication packages: no word of the articles, the same comparison again, and whatever differs is found out."""

import dataclasses
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import framing
from framing.analysis.schemas import SCHEMAS
from framing.comparison.comparing import ARGUMENTS
from framing.corpus import load_basil
from framing.errors import InputError
from framing.recording.running import run_notebook
from framing.validity.replication.hashing import hashed
from framing.validity.replication.quoting import RUN
from framing.validity.replication.schema import keep_of

HOSTILE = ["../../etc/passwd", "<script>alert(1)</script>", '=HYPERLINK("x")', "a|b`c`", "${salt} $ids", "né:text:a1"]


@pytest.fixture(scope="module")
def analysis(example: pd.DataFrame) -> framing.Analysis:
    return framing.analyze(example, progress=False)


@pytest.fixture(scope="module")
def few(example: pd.DataFrame) -> pd.DataFrame:
    """Two outlets of the example: enough to compare, and sooner analysed."""
    return example[example["outlet"].isin(sorted(example["outlet"].unique())[:2])].reset_index(drop=True)


@pytest.fixture(scope="module")
def few_compared(few: pd.DataFrame) -> tuple[framing.Analysis, pd.DataFrame]:
    analysis = framing.analyze(few, progress=False)
    return analysis, framing.compare_outlets(analysis.articles, ["share_words_source", "sentiment_outlet"])


@pytest.fixture(scope="module")
def comparison(analysis: framing.Analysis) -> pd.DataFrame:
    return framing.compare_outlets(analysis.articles, contrast="rest", adjust="holm", seed=3)


@pytest.fixture(scope="module")
def codings(analysis: framing.Analysis, example: pd.DataFrame) -> pd.DataFrame:
    sample = framing.sample_for_coding(analysis, example, n=60, seed=1)
    values = np.random.default_rng(0).integers(0, 2, 60)
    return framing.codings_of(sample, sample.sheet.assign(hedges_per_1000_words_outlet=values), coder="Ada Lovelace")


@pytest.fixture(scope="module")
def package(analysis, comparison, codings, example, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    return framing.export_replication(analysis, comparison, folder, codings=codings, corpus=example)


def words(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", text.casefold()).split()


def strings_in(folder: Path) -> list[str]:
    """Every string of every file: cells, names of columns and metadata of Parquet, the whole of all else."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            found += [*table.column_names, *(str(value) for value in (table.schema.metadata or {}).values())]
            for column in table.to_pydict().values():
                found += [str(value) for value in column if not isinstance(value, int | float | None.__class__)]
        elif path.is_file():
            found.append(path.read_bytes().decode("utf8"))
        found.append(path.name)
    return found


def quoted(folder: Path, corpus: pd.DataFrame) -> set[str]:
    texts = [words(str(value)) for column in ("text", "title") for value in corpus[column].dropna()]
    runs = {tuple(text[at : at + RUN]) for text in texts for at in range(len(text) - RUN + 1)}
    assert len(runs) > 1_000
    there = (words(string) for string in set(strings_in(folder)))
    return {
        " ".join(run) for text in there for run in zip(*(text[at:] for at in range(RUN)), strict=False) if run in runs
    }


def test_no_run_of_five_words_of_any_article_is_in_the_folder(package, example):
    assert quoted(package, example) == set()


def test_no_run_of_five_words_of_basil(data_folder, tmp_path):
    corpus = load_basil(data_folder)
    corpus = corpus[corpus["event"].isin(sorted(corpus["event"].unique())[:20])]
    analysis = framing.analyze(corpus, progress=False)
    comparison = framing.compare_outlets(analysis.articles, ["share_words_source", "sentiment_outlet"])
    framing.export_replication(analysis, comparison, tmp_path / "p", corpus=corpus)
    assert quoted(tmp_path / "p", corpus) == set()


def test_every_column_of_every_table_was_decided_on(package):
    """A new column of a table needs a line in columns.csv, else it would be empty in every package."""
    undecided = [(name, c) for name, schema in SCHEMAS.items() for c in schema if keep_of(name, c) is None]
    assert undecided == []
    account = pd.read_csv(package / "columns.csv").set_index(["table", "column"])["status"]
    closed = [key for key in account.index if (keep := keep_of(*key)) and keep.kind == "one_of"]
    assert len(closed) > 10
    assert {account[key] for key in closed} == {"kept"}


def test_titles_addresses_names_and_coders_are_in_no_file(package, example):
    everything = "\n".join(strings_in(package))
    authors = example["author"][example["author"].str.contains(" ")]
    assert len(authors.unique()) > 3
    for values in (example["title"], example["url"], authors):
        assert not [value for value in values.dropna() if str(value) in everything]
    assert "Lovelace" not in everything
    assert "Corin Vess" not in everything


def test_a_hash_is_found_by_nobody_who_tries_words(package, analysis):
    salt = json.loads((package / "replication.json").read_text())["salt"]
    kept = framing.Analysis.load(package / "tables").attributions
    names = {hashed(str(name), salt) for name in analysis.attributions["source_name"].dropna()}
    assert not names & set(kept["source_name"])
    # Who is the same stays the same; the same words have another hash in each article.
    vess = analysis.attributions.loc[analysis.attributions["source_name"] == "Corin Vess", "attribution_id"]
    same = kept[kept["attribution_id"].isin(vess)]
    assert same["article_id"].nunique() > 1
    assert same["source_name"].nunique() == 1
    assert kept["source_name"].nunique() == analysis.attributions["source_name"].nunique()
    said = kept[kept["cue_lemma"] == "say"]
    assert said["cue"].nunique() >= said["article_id"].nunique()


@pytest.mark.parametrize("anonymous_ids", [False, True])
def test_the_notebook_makes_the_same_comparison(analysis, comparison, codings, example, tmp_path, anonymous_ids):
    folder = framing.export_replication(
        analysis, comparison, tmp_path / "p", codings=codings, corpus=example, anonymous_ids=anonymous_ids
    )
    said = "\n".join(
        output.get("text", "")
        for cell in run_notebook(folder / "comparison.ipynb").cells
        for output in cell.get("outputs", [])
    )
    assert "All 78 rows are as recorded." in said
    assert "All 5 corrected rows are as recorded." in said
    again = pd.read_parquet(folder / "comparison.parquet").astype(comparison.dtypes)
    pd.testing.assert_frame_equal(again, comparison, check_flags=False)
    whole = framing.correct(analysis, comparison, codings)
    kept = pd.read_parquet(folder / "corrected.parquet").astype(whole.dtypes)
    pd.testing.assert_frame_equal(kept, whole, rtol=1e-9)


def test_the_notebook_stops_where_a_number_differs(package, tmp_path):
    shutil.copytree(package, tmp_path / "p")
    path = tmp_path / "p" / "tables" / "articles.parquet"
    articles = pd.read_parquet(path)
    articles.loc[0, "share_words_source"] = 0.9
    articles.to_parquet(path, index=False)
    with pytest.raises(Exception, match="AssertionError"):
        run_notebook(tmp_path / "p" / "comparison.ipynb")


def test_the_same_bytes_whatever_the_order_of_rows(package, example, comparison, codings, tmp_path):
    turned = framing.analyze(example.iloc[::-1], progress=False)
    again = framing.export_replication(turned, comparison, tmp_path / "p", codings=codings.iloc[::-1], corpus=example)
    files = sorted(path.relative_to(package) for path in package.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [str(name) for name in files if (package / name).read_bytes() != (again / name).read_bytes()] == []


def test_a_comparison_from_a_file_is_known_by_its_rows(analysis, tmp_path):
    made = framing.compare_outlets(analysis.articles, ["share_words_source"], contrast="The Sollen Ledger")
    made.to_csv(tmp_path / "c.csv", index=False)
    read = pd.read_csv(tmp_path / "c.csv")
    assert read.attrs == {}
    folder = framing.export_replication(analysis, read, tmp_path / "p")
    told = json.loads((folder / "replication.json").read_text())["comparison"]
    assert told == made.attrs[ARGUMENTS]


@pytest.mark.parametrize("how", [{"event": None}, {"event": "story"}, {"copies": "separate"}, {"n_resamples": 1_999}])
def test_however_it_was_compared_it_is_made_again(analysis, tmp_path, how):
    articles = (
        analysis.articles.rename(columns={"event": "story"}) if how.get("event") == "story" else analysis.articles
    )
    first = articles["article_id"].isin(articles.groupby("outlet")["article_id"].first().tail(2))
    marked = articles.assign(copy=first, agency=pd.Series("AP", articles.index).where(first), seen=1.5)
    metrics = ["sentiment_outlet", "seen"]
    comparison = framing.compare_outlets(marked, metrics, contrast="rest", **how)
    folder = framing.export_replication(dataclasses.replace(analysis, articles=marked), comparison, tmp_path / "p")
    again = pd.read_parquet(folder / "comparison.parquet").astype(comparison.dtypes)
    pd.testing.assert_frame_equal(again, comparison)
    kept = framing.Analysis.load(folder / "tables").articles
    told = json.loads((folder / "replication.json").read_text())["comparison"]
    pd.testing.assert_frame_equal(framing.compare_outlets(kept, **told), comparison)


def test_a_comparison_of_something_else_is_refused_before_anything_is_written(analysis, comparison, tmp_path):
    moved = comparison.assign(difference=comparison["difference"] + 0.1)
    with pytest.raises(InputError, match=r"can't be made again.*difference of .* is .*, not .*arguments="):
        framing.export_replication(analysis, moved, tmp_path / "p")
    assert not (tmp_path / "p").exists()


def test_columns_that_nobody_knows_are_left_out_and_named(few, tmp_path):
    headline = "A headline of six words here"
    corpus = few.assign(**{"note": few["text"].str[:60], headline: "x", "n_likes": range(len(few))})
    analysis = framing.analyze(corpus, progress=False)
    comparison = framing.compare_outlets(analysis.articles, ["n_likes"])
    folder = framing.export_replication(analysis, comparison, tmp_path / "p", corpus=corpus)
    columns = pd.read_csv(folder / "columns.csv")
    out = columns.loc[columns["status"] == "left out", "column"].tolist()
    assert out == ["title", "url", "note", "(a name of 6 words)"]
    assert columns.set_index("column").loc["n_likes", "status"] == "kept"
    assert headline not in "\n".join(strings_in(folder))
    assert "`articles.note`" in (folder / "README.md").read_text()


def test_ids_and_events_that_quote_are_numbered_and_change_no_number(few, tmp_path):
    slugs = few["text"].str.extract(r"((?:\w+\W+){6})")[0].str.lower().str.replace(r"\W+", "-", regex=True)
    corpus = few.assign(
        article_id=slugs + few["article_id"], event=few["event"].map(lambda e: f"{e} one two three four five")
    )
    analysis = framing.analyze(corpus, progress=False)
    comparison = framing.compare_outlets(analysis.articles, contrast="rest")
    for corpus_or_none, events in ((corpus, False), (None, True)):
        folder = framing.export_replication(analysis, comparison, tmp_path / str(events), corpus=corpus_or_none)
        articles = framing.Analysis.load(folder / "tables").articles
        assert articles["article_id"].str.fullmatch(r"a\d\d").all()
        assert articles["event"].str.fullmatch(r"e\d\d").all() == events
        assert quoted(folder, corpus) == set()
        again = pd.read_parquet(folder / "comparison.parquet").astype(comparison.dtypes)
        pd.testing.assert_frame_equal(again, comparison)


def test_names_of_outlets_that_quote_are_refused(analysis, example, tmp_path):
    name = " ".join(words(example["text"][0])[:6])
    articles = analysis.articles.assign(outlet=analysis.articles["outlet"].replace("Radio Arrenia", name))
    renamed = dataclasses.replace(analysis, articles=articles)
    comparison = framing.compare_outlets(articles, ["share_words_source"])
    with pytest.raises(InputError, match=r"outlet .* could be words of an article \(give corpus=\)"):
        framing.export_replication(renamed, comparison, tmp_path / "p")
    with pytest.raises(InputError, match="corpus is not the one that was analysed"):
        framing.export_replication(analysis, comparison, tmp_path / "p", corpus=example.assign(text="x"))


def test_hostile_names_and_values_do_no_harm(example, tmp_path):
    names = dict(zip(sorted(example["outlet"].unique()), HOSTILE, strict=False))
    corpus = example.assign(
        outlet=example["outlet"].map(names),
        article_id=[f"{HOSTILE[row % 6]}{row}" for row in range(len(example))],
        language="en",
        original=example["text"],
        copy=[True] * 5 + [False] * 45,
        agency=example["title"],
    )
    analysis = framing.analyze(corpus, progress=False)
    comparison = framing.compare_outlets(analysis.articles, ["share_words_source"], copies="drop")
    folder = framing.export_replication(analysis, comparison, tmp_path / "p", corpus=corpus)
    assert quoted(folder, corpus) == set()
    assert not [name for name in HOSTILE if name in (folder / "README.md").read_text(encoding="utf8")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p"]
    run_notebook(folder / "comparison.ipynb")
    assert framing.verify_replication(folder, corpus, progress=False).is_same


def test_entries_side_by_side_are_hashed(tmp_path):
    text = "Perhaps it may possibly, probably, perhaps, reportedly rain. It may snow."
    rows = [(f"a{n}", ["Herald", "Post"][n % 2], f"e{n // 2}", text) for n in range(12)]
    corpus = pd.DataFrame(rows, columns=["article_id", "outlet", "event", "text"])
    analysis = framing.analyze(corpus, progress=False)
    comparison = framing.compare_outlets(analysis.articles, ["n_hedges"])
    folder = framing.export_replication(analysis, comparison, tmp_path / "p", corpus=corpus)
    kept = framing.Analysis.load(folder / "tables").hedges
    first = kept[kept["article_id"] == "a0"]
    run = first[first["sentence"] == 0].iloc[1:]
    assert len(run) >= 5
    assert run["lemma"].str.startswith("#").all()
    assert run["rule"].str.startswith("#").all()
    assert first["lemma"].iloc[-1] == "may"


def test_a_package_verifies_itself(package, example):
    found = framing.verify_replication(package, example, progress=False)
    assert found.is_same
    assert found.sentences[0] == "The same versions of package, model and lexicons ran then and now."
    assert "Texts: 50 of 50 articles of the package are the same" in repr(found)


@pytest.mark.parametrize("anonymous_ids", [False, True])
def test_one_changed_character_is_found_out(few, few_compared, tmp_path, anonymous_ids):
    folder = framing.export_replication(*few_compared, tmp_path / "p", corpus=few, anonymous_ids=anonymous_ids)
    changed = few.copy()
    changed.loc[3, "text"] = str(changed.loc[3, "text"]).replace(",", ";", 1)
    changed = changed.drop(index=7)
    found = framing.verify_replication(folder, changed, progress=False)
    assert not found.is_same
    rows = found.tables.set_index("table").loc["hedges"]
    assert rows["n_same"] == rows["n_here"]
    said = repr(found)
    assert "Texts: 18 of 20 articles" in said
    if anonymous_ids:
        assert (found.articles["text"] == "not among yours").sum() == 2
    else:
        assert f"another text or title than the one analysed: {few.loc[3, 'article_id']}." in said
        assert f"none has this text): {few.loc[7, 'article_id']}." in said


def test_other_versions_and_changed_files_are_said_first(package, example, tmp_path):
    shutil.copytree(package, tmp_path / "p")
    path = tmp_path / "p" / "tables" / "provenance.json"
    provenance = json.loads(path.read_text())
    provenance["packages"]["framing"] = "0.0.9"
    provenance["lexicons"]["hedges_en"]["sha256"] = "0" * 64
    path.write_text(json.dumps(provenance))
    (tmp_path / "p" / "columns.csv").unlink()
    found = framing.verify_replication(tmp_path / "p", example, progress=False)
    assert "package framing: 0.0.9 then, 0.1.0 now; lexicon hedges_en: 1.0.0 000000000000 then" in found.sentences[0]
    assert found.sentences[1] == "Files of the package that are no longer as written: tables/provenance.json."
    assert found.sentences[2] == "Files of the package that are missing: columns.csv."
    assert not found.is_same


def test_without_the_corpus_there_are_no_hashes_and_verification_says_so(few, few_compared, tmp_path):
    folder = framing.export_replication(*few_compared, tmp_path / "p")
    assert not (folder / "hashes.csv").exists()
    assert "no hashes of them" in (folder / "README.md").read_text().replace("\n", " ")
    tables = framing.Analysis.load(folder / "tables")
    assert tables.hedges["hedge"].isna().all()
    assert tables.attributions["source_name"].str.fullmatch(r"#\d+").all()
    assert framing.verify_replication(folder, few, progress=False).is_same
    some = framing.verify_replication(folder, few.head(12), progress=False)
    assert "Not known to be the same, since the package has no hashes of single texts" in repr(some)


def test_mistakes_are_told_in_a_sentence(package, analysis, comparison, example, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "articles.csv").write_text("x")
    with pytest.raises(InputError, match="holds other files"):
        framing.export_replication(analysis, comparison, tmp_path / "mine")
    with pytest.raises(InputError, match="is a file"):
        framing.export_replication(analysis, comparison, tmp_path / "mine" / "articles.csv")
    with pytest.raises(InputError, match=r"comparison lacks the columns .*Give what compare_outlets gave"):
        framing.export_replication(analysis, analysis.articles, tmp_path / "p")
    with pytest.raises(InputError, match="arguments has 'n'"):
        framing.export_replication(analysis, comparison, tmp_path / "p", arguments={"n": 3})
    shutil.copytree(package, tmp_path / "broken")
    for name in ("hashes.csv", "comparison.parquet", "tables/hedges.parquet", "replication.json"):
        (tmp_path / "broken" / name).write_bytes(b"x,y\n1,2\n")
        with pytest.raises(InputError, match=r"can't be read"):
            framing.verify_replication(tmp_path / "broken", example.head(1), progress=False)
        shutil.copy(package / name, tmp_path / "broken" / name)
    with pytest.raises(InputError, match="is no replication package"):
        framing.verify_replication(tmp_path / "mine", example)
    with pytest.raises(InputError, match="none of the 50 articles"):
        framing.verify_replication(package, example.assign(article_id=[f"x{n}" for n in range(50)]))
