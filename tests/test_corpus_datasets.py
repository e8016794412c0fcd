import json
import os

import pandas as pd
import pytest

from framing.corpus import load_basil
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
    with pytest.raises(
        InputError, match=r"neither articles/ nor basil/articles/.*launchnlp/BASIL.*no licence is stated"
    ):
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
