import hashlib
import json
import os

import pandas as pd
import pytest

from framing import datasets
from framing.corpus import load_basil
from framing.corpus.datasets import places
from framing.errors import InputError

PUBLISHED = {
    "title": "Rain falls",
    "date": "2019-04-25",
    "uuid": "the same for all",
    "url": "",
    "source": "FOX",
    "main-event": "Rain",
    "triplet-uuid": "e1",
    "body-paragraphs": [["It rained.", "“It poured.”"], ["It stopped."]],
}
NEEDS_BASIL = pytest.mark.skipif("FRAMING_DATA" not in os.environ, reason="FRAMING_DATA names no folder with BASIL")


def basil(folder, **changes):
    articles = folder / "articles" / "2019"
    articles.mkdir(parents=True)
    for number, outlet in enumerate(["FOX", "hpo", "nyt"], start=1):
        article = PUBLISHED | {"source": outlet} | changes
        (articles / f"e1_{number}.json").write_text(json.dumps(article), encoding="utf-8")
    return folder


@pytest.mark.parametrize("parent", ["", "basil"])
def test_basil_is_read_from_its_published_layout(tmp_path, parent):
    basil(tmp_path / parent)
    corpus = load_basil(tmp_path)
    assert corpus["article_id"].tolist() == ["e1_1", "e1_2", "e1_3"]
    assert corpus["outlet"].tolist() == ["Fox News", "HuffPost", "New York Times"]
    assert corpus["event"].tolist() == ["e1"] * 3
    assert corpus["text"][0] == "It rained. “It poured.”\n\nIt stopped."
    assert corpus["date"][0] == pd.Timestamp(2019, 4, 25)
    assert corpus["url"].isna().all()


def test_basil_is_found_by_the_environment_variable(tmp_path, monkeypatch):
    basil(tmp_path / "basil")
    monkeypatch.setenv("FRAMING_DATA", str(tmp_path))
    assert len(load_basil()) == 3


def test_who_has_no_basil_is_told_where_to_get_it(tmp_path, monkeypatch):
    with pytest.raises(InputError, match=r"neither articles nor basil/articles.*launchnlp/BASIL.*terms: none stated"):
        load_basil(tmp_path)
    monkeypatch.delenv("FRAMING_DATA", raising=False)
    with pytest.raises(InputError, match=r"no folder was given and FRAMING_DATA is not set.*launchnlp/BASIL"):
        load_basil()
    (tmp_path / "articles").mkdir()
    with pytest.raises(InputError, match=r"holds no .json file"):
        load_basil(tmp_path)


@pytest.mark.parametrize(
    "changes", [{"source": "cnn"}, {"source": None}, {"body-paragraphs": None}, {"body-paragraphs": [[1]]}]
)
def test_another_layout_is_refused_in_words(tmp_path, changes):
    with pytest.raises(InputError, match=r"e1_1.json is not in BASIL's published layout"):
        load_basil(basil(tmp_path, **changes))


@NEEDS_BASIL
def test_all_of_basil():
    corpus = load_basil()
    assert len(corpus) == 300
    assert corpus["outlet"].value_counts().to_dict() == {"Fox News": 100, "HuffPost": 100, "New York Times": 100}
    assert corpus.groupby("event")["outlet"].nunique().tolist() == [3] * 100
    assert corpus["text"].notna().all()
    assert corpus["date"].notna().all()


# The other corpora, in their published layouts


def polnear(folder):
    """One article of PolNeAR's layout: “It rained,” said Lee."""
    for name in ("attributions", "text"):
        (folder / "data" / "dev" / name).mkdir(parents=True)
    head = "compartment\tfilename\tpublisher\tpublication_date\tauthor\ttitle\tcredit\twire\n"
    (folder / "data" / "metadata.tsv").write_text(
        head + "dev\tnyt_1\tnyt\t2016-03-11\tAnn Lee\tRain\tNone\tAP\ntrain\tnyt_2\tnyt\t\t\t\t\t\n", encoding="utf8"
    )
    (folder / "data" / "dev" / "text" / "nyt_1.txt").write_text("“It rained,” said Lee.", encoding="utf8")
    spans = "T1\tContent 0 12\t“It rained,”\nT2\tCue 13 17\tsaid\nT3\tSource 18 21\tLee\n"
    events = "E1\tAttribution:T2 Cue:T2 Content:T1 Source:T3\n"
    for annotator in ("aa", "bb"):
        (folder / "data" / "dev" / "attributions" / f"nyt_1_{annotator}.ann").write_text(
            spans + (events if annotator == "aa" else ""), encoding="utf8"
        )
    return folder


def test_polnear_gives_articles_with_their_gold(tmp_path):
    polnear(tmp_path / "polnear")
    [row] = datasets.load_polnear(tmp_path, split="dev").to_dict("records")
    assert (row["article_id"], row["outlet"], row["title"], row["author"]) == (
        "nyt_1",
        "New York Times",
        "Rain",
        "Ann Lee",
    )
    assert row["wire"] == "AP"
    assert pd.isna(row["credit"])
    assert row["date"] == pd.Timestamp(2016, 3, 11)
    assert row["gold"] == [{"source": [[18, 21]], "cue": [[13, 17]], "content": [[0, 12]]}]
    assert row["text"][13:17] == "said"


def test_newsmtsc_gives_mentions_as_score_targets_takes_them(tmp_path):
    path = tmp_path / "newsmtsc-rw-hf" / "dev.jsonl"
    path.parent.mkdir()
    row = {"mention": "Lee", "polarity": -1, "from": 0, "to": 3, "sentence": "Lee lost.", "id": "a_1"}
    path.write_text(json.dumps(row) + "\n", encoding="utf8")
    table = datasets.load_newsmtsc(tmp_path, part="dev_rw")
    assert table.to_numpy().tolist() == [["a_1", "Lee lost.", 0, 3, "Lee", -1]]
    assert table.attrs["dataset"]["terms"].startswith("MIT")
    path.write_text(json.dumps({"sentence": "Lee lost."}), encoding="utf8")
    with pytest.raises(InputError, match="a line lacks 'id'"):
        datasets.load_newsmtsc(tmp_path, part="dev_rw")
    path.write_text("{", encoding="utf8")
    with pytest.raises(InputError, match="not in NewsMTSC's published layout, JSON Lines"):
        datasets.load_newsmtsc(tmp_path, part="dev_rw")


def test_editorials_give_sentences_with_ratings(tmp_path):
    path = tmp_path / "nytEditorialSnippets_GroundTruth.txt"
    path.write_text("1_1\t0.4\tIt rained.\n12_3\t-1.15\tIt\tpoured.\n", encoding="utf8")
    assert datasets.load_nyt_editorials(tmp_path).to_numpy().tolist() == [
        ["1", 1, "It rained.", 0.4],
        ["12", 3, "It\tpoured.", -1.15],
    ]
    path.write_text("1_1\tIt rained.\n", encoding="utf8")
    with pytest.raises(InputError, match="line 1, is not EDITORIAL_SENTENCE, rating and text"):
        datasets.load_nyt_editorials(tmp_path)


def test_szeged_gives_texts_with_cues(tmp_path):
    (tmp_path / "wiki.xml").write_text(
        "<Annotation><DocumentSet><Document><DocumentPart><Sentence>It <ccue>may</ccue> rain.</Sentence>"
        "<Sentence>It did.</Sentence></DocumentPart></Document></DocumentSet></Annotation>",
        encoding="utf8",
    )
    assert datasets.load_szeged(tmp_path, part="wikipedia").to_numpy().tolist() == [
        ["wikipedia_1", "It may rain. It did.", [[0, 12], [13, 20]], [[3, 6]]]
    ]


LOADERS = {
    "basil": datasets.load_basil,
    "polnear": datasets.load_polnear,
    "markkula_sourcing": datasets.load_markkula,
    "newsmtsc": datasets.load_newsmtsc,
    "nyt_editorials": datasets.load_nyt_editorials,
    "szeged_uncertainty": datasets.load_szeged,
}


def test_every_corpus_is_listed_with_terms_and_citation():
    table = datasets.list_datasets().set_index("dataset")
    assert set(table.index) == set(LOADERS)
    assert table[["title", "terms", "citation"]].notna().all().all()
    assert table.loc[table["terms"].str.startswith("none stated"), "warning"].notna().all()
    # 840 + 84 articles with text and gold, and the table of articles; nothing where no whole file was hashed
    assert table["n_files"].to_dict() == {
        "basil": 300,
        "polnear": 2 * (840 + 84) + 1,
        "markkula_sourcing": 0,
        "newsmtsc": 3,
        "nyt_editorials": 0,
        "szeged_uncertainty": 0,
    }


@pytest.mark.parametrize("name", LOADERS)
def test_a_corpus_that_is_not_there_says_where_to_get_it(name, tmp_path, monkeypatch):
    about = datasets.list_datasets().set_index("dataset").loc[name]
    monkeypatch.delenv("FRAMING_DATA", raising=False)
    for folder in (None, tmp_path):
        with pytest.raises(InputError) as caught:
            LOADERS[name](folder)
        assert about["title"].partition(":")[0] in str(caught.value)
        assert f"put it as {name}/ in the folder that FRAMING_DATA names" in str(caught.value)


@pytest.mark.parametrize(
    ("loader", "options"),
    [("polnear", {"split": "test"}), ("newsmtsc", {"part": "dev"}), ("szeged_uncertainty", {"part": "wiki"})],
)
def test_an_unknown_part_is_refused(loader, options):
    with pytest.raises(InputError, match=f"must be .*found '{next(iter(options.values()))}'"):
        LOADERS[loader](**options)


def test_files_are_fetched_once_checked_and_warned_of(tmp_path, monkeypatch):
    """What pooch does is replaced: no test uses a network."""
    asked = []

    class Fetcher:
        def __init__(self, path, base_url, registry):
            self.path, self.base_url, self.registry = path, base_url, registry

        def fetch(self, name):
            assert len(self.registry[name]) == 64
            asked.append(self.base_url + name)
            file = self.path / "articles" / "2019" / name.rpartition("/")[2]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(PUBLISHED), encoding="utf-8")

    monkeypatch.setattr(places.pooch, "os_cache", lambda name: tmp_path / name)
    monkeypatch.setattr(places.pooch, "create", Fetcher)
    with pytest.warns(UserWarning, match="No licence is stated"):
        assert len(datasets.load_basil(download=True)) == 300
    assert len(asked) == 300
    assert all(
        url.startswith("https://raw.githubusercontent.com/launchnlp/BASIL/4fdbc4f68d5ddae648990063cb6dd11424d96222/")
        for url in asked
    )


def test_a_file_that_is_not_the_recorded_one_is_refused(tmp_path, monkeypatch):
    def fetch(self, name):
        raise ValueError("hash of downloaded file doesn't match")

    monkeypatch.setattr(places.pooch, "os_cache", lambda name: tmp_path / name)
    monkeypatch.setattr(places.pooch.Pooch, "fetch", fetch)
    with pytest.raises(InputError, match=r"newsmtsc can't be fetched: .*hash of downloaded file doesn't match"):
        datasets.load_newsmtsc(download=True)
    with pytest.raises(InputError, match="basil can't be fetched"), pytest.warns(UserWarning, match="No licence"):
        datasets.load_basil(download=True)


def test_the_public_corpora_are_those_whose_files_are_recorded(data_folder):
    for name in ("basil", "polnear", "newsmtsc"):
        for path, sha256 in list(places.datasets()[name].files.items())[::50]:
            file = data_folder / name / path
            assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256, path
    assert len(datasets.load_polnear(split="dev")) == 84
    assert len(datasets.load_newsmtsc(part="dev_rw")) == 343
    assert datasets.load_nyt_editorials()["rating"].between(-4, 4).all()
    assert datasets.load_szeged(part="news")["cues"].map(len).sum() == 332
    for table in (datasets.load_newsmtsc(), datasets.load_newsmtsc(part="dev_mt")):
        cut = [text[start:end] for text, start, end in zip(table["text"], table["start"], table["end"], strict=True)]
        assert cut == table["mention"].tolist()
