"""Languages: found by text or column, noted in the account, and no zeros for what the rules can't read."""

import csv
import importlib.resources
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing
from framing import datasets
from framing.corpus import read_corpus_with_account
from framing.corpus.languages import find_languages, language_code, language_of
from framing.errors import InputError
from framing.lexicons.loading import load_lexicon

# The same few sentences, written for this test in each language.
SAMPLES = {
    "de": "Der Bürgermeister sagte am Montag, die alte Brücke werde erst im Herbst wieder geöffnet. Die Anwohner "
    "seien enttäuscht, doch die Arbeiten dauerten länger als geplant.",
    "fr": "Le maire a déclaré lundi que le vieux pont ne rouvrirait pas avant l'automne. Les habitants sont déçus, "
    "mais les travaux durent plus longtemps que prévu.",
    "es": "El alcalde dijo el lunes que el viejo puente no volverá a abrirse antes del otoño. Los vecinos están "
    "decepcionados, pero las obras duran más de lo previsto.",
    "it": "Il sindaco ha detto lunedì che il vecchio ponte non riaprirà prima dell'autunno. Gli abitanti sono delusi, "
    "ma i lavori durano più a lungo del previsto.",
    "nl": "De burgemeester zei maandag dat de oude brug pas in het najaar weer opengaat. De bewoners zijn "
    "teleurgesteld, maar het werk duurt langer dan gepland.",
    "pl": "Burmistrz powiedział w poniedziałek, że stary most zostanie otwarty dopiero jesienią. Mieszkańcy są "
    "rozczarowani, ale prace trwają dłużej, niż planowano, i będą kosztować więcej.",
    "ru": "Мэр сказал в понедельник, что старый мост откроют только осенью. Жители разочарованы, но работы идут "
    "дольше, чем планировалось, и будут стоить городу дороже.",
    "zh": "市长周一表示，旧桥要到秋天才会重新开放。居民们感到失望，但工程所需的时间比原计划更长，费用也会更高。",
}
ENGLISH = "The mayor said on Monday that the old bridge may not open again before the autumn, and that the work takes "
ENGLISH += "longer than was planned."


def corpus(*texts: str, **columns: list[str]) -> pd.DataFrame:
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": "Herald", "text": list(texts), **columns})


@pytest.mark.parametrize("code", SAMPLES)
def test_two_sentences_tell_the_language(code: str) -> None:
    found = language_of(SAMPLES[code])
    assert found is not None
    assert found.code == code
    assert found.probability >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Emmanuel Macron, François Hollande, Angela Merkel",  # names alone are no language
        "Ja.",
        "",
        None,
        f"“{SAMPLES['de'][:88]},” he said. {ENGLISH} {ENGLISH}",
        f"{ENGLISH} “Je suis Charlie,” read the signs of the marchers, and “nous sommes tous Charlie” was to be heard.",
    ],
)
def test_english_short_and_quoting_texts_are_not_flagged(text: str | None) -> None:
    found = language_of(text)
    assert found is None or found.code == "en"


@pytest.mark.parametrize(
    ("told", "code"), [("en-GB", "en"), ("English", "en"), ("DEU", "de"), ("français", "fr"), ("unknown", None)]
)
def test_a_column_is_believed_when_it_names_a_language(told: str, code: str | None) -> None:
    assert language_code(told) == code
    found = language_of(SAMPLES["es"], told)
    assert found is not None
    assert found.code == (code or "es")


def test_the_table_names_languages_and_how_sure_it_is() -> None:
    table = find_languages(corpus(ENGLISH, SAMPLES["fr"], "It rained."))
    assert table["language"].tolist() == ["en", "fr", pd.NA]
    assert table["other_language"].tolist() == [False, True, False]
    assert table["language_probability"].isna().tolist() == [False, False, True]


def test_reading_notes_what_is_not_english(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    rows = [{"outlet": "H", "text": text} for text in (ENGLISH, SAMPLES["de"], "It rained.")]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    read, account = read_corpus_with_account(path)
    assert read["language"].tolist() == ["en", "de", pd.NA]
    assert read["language_probability"].notna().tolist() == [True, True, False]
    [row] = account[account["rule"] == "other_language"].to_dict("records")
    assert row["article_id"] == read["article_id"][1]
    assert row["note"].startswith("in German (de), probability ")
    assert read.attrs["reading"]["sentence"].endswith("; not in English: 1")


def test_an_article_in_another_language_has_no_counts_but_a_reason() -> None:
    frame = corpus(SAMPLES["de"], ENGLISH, ENGLISH, language=[None, "English", "Spanish"])
    articles = framing.analyze(frame).articles
    assert articles["article_id"].tolist() == ["a0", "a1", "a2"]
    assert articles["n_hedges"].tolist() == [pd.NA, 1, pd.NA]
    assert articles["hedges_per_1000_words"].isna().tolist() == [True, False, True]
    assert articles["problem"][0].startswith("not in English but in German (de) (probability ")
    assert articles["problem"][2].startswith("not in English but in Spanish (es) as its column says")
    assert pd.isna(articles["problem"][1])


def test_whoever_wants_it_may_count_all_the_same() -> None:
    analysis = framing.analyze(corpus(SAMPLES["de"]), language="any")
    assert analysis.articles["problem"].isna().all()
    assert analysis.articles["n_words"][0] > 20
    assert analysis.provenance["parameters"]["language"] == "any"
    with pytest.raises(InputError, match=r'language must be "en".* or "any"; found .de.'):
        framing.analyze(corpus("It rained."), language="de")


def test_workers_and_order_change_nothing() -> None:
    frame = corpus(*[SAMPLES["de"], ENGLISH, SAMPLES["zh"], ENGLISH])
    one = framing.analyze(frame).articles
    pd.testing.assert_frame_equal(one, framing.analyze(frame, workers=2).articles)
    turned = framing.analyze(frame.iloc[::-1]).articles
    pd.testing.assert_frame_equal(one, turned.iloc[::-1].reset_index(drop=True))


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    found = language_of(text)
    assert found is None or (len(found.code) >= 2 and 0.8 <= found.probability <= 1)


def test_the_list_of_languages_is_the_one_described() -> None:
    path = Path(str(importlib.resources.files("framing.corpus").joinpath("languages.csv")))
    lexicon = load_lexicon(path)
    assert lexicon.metadata["sha256"] == lexicon.sha256
    codes = [row["code"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    assert lexicon.metadata["n_entries"] == len(codes)
    assert codes == sorted(set(codes))


def test_no_english_article_of_the_public_corpora_is_flagged(data_folder: Path) -> None:
    sample = (data_folder / "news_sample.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [
        *(json.loads(line)["text"] for line in sample),
        *datasets.load_basil(data_folder)["text"],
        *(text for split in ("train", "dev") for text in datasets.load_polnear(data_folder, split=split)["text"]),
    ]
    assert len(texts) == 2110
    for wanted in (texts, [" ".join(text.split()[:20]) for text in texts]):
        found = [language_of(text) for text in wanted]
        assert {each.code for each in found if each is not None} == {"en"}
    assert sum(each is None for each in found) / len(texts) <= 0.15
