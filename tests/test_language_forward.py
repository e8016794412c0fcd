"""The shorter way decides every token as spaCy's own call does."""

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from framing import load_example
from framing.language import forward, load_model
from framing.language.forward import Embedder, Encoder, Way
from framing.language.model import DECIDED, _load
from framing.language.threads import single_thread

STRANGE = [
    "", " ", "\t \t", "a", "…", "“”", "\ufffd\ufffd", "no no no no no no", "A" * 3000, "7 7 7 . . . ? ! ? !",
    "Η κυβέρνηση παραιτήθηκε.", "政府は辞任した。", "🙂🙃 he said 🙂",
    "can't won't gonna 'tis rock 'n' roll", "x\u200by\u00adz",
    "one two " * 400, "http://example.org/?a=1&b=2 @name #tag $5 50% 3-2", "(((((" + ")))))" * 3,
]  # fmt: skip


def lines() -> list[str]:
    """Every paragraph of the example's articles."""
    return [line for text in load_example()["text"] for line in text.splitlines() if line.strip()]


def slowly(texts: Sequence[str]) -> list[Doc]:
    """What spaCy's pipeline gives, one text a call, as anybody calls it: with BLIS and all its parts."""
    nlp = import_module(load_model().package).load()
    return [nlp(text) for text in texts]


def sentences(docs: Sequence[Doc]) -> list[Doc]:
    vocab = load_model().parser.vocab
    return [
        Doc(vocab, words=[t.text for t in sentence], spaces=[bool(t.whitespace_) for t in sentence])
        for doc in docs
        for sentence in doc.sents
    ]


def same_decisions(one: Sequence[Doc], other: Sequence[Doc]) -> bool:
    return all(np.array_equal(a.to_array(DECIDED), b.to_array(DECIDED)) for a, b in zip(one, other, strict=True))


def names(docs: Sequence[Doc]) -> list[tuple[int, int, int, str]]:
    return [(number, e.start, e.end, e.label_) for number, doc in enumerate(docs) for e in doc.ents]


def test_the_shorter_way_is_taken() -> None:
    assert load_model().parse.__qualname__.startswith("_shorter_way")
    assert load_model().find_names.__qualname__.startswith("_shorter_way")


def test_every_token_of_the_example_is_decided_as_by_spacys_call() -> None:
    texts = lines()[:120]
    with single_thread():
        assert same_decisions(load_model().parse(texts), slowly(texts))


def test_strange_texts_are_decided_as_by_spacys_call() -> None:
    with single_thread():
        assert same_decisions(load_model().parse(STRANGE), list(load_model().parser.pipe(STRANGE)))
        # On a text of nothing but white space spaCy's full pipeline has a rule of its own.
        filled = [text for text in STRANGE if text.strip()]
        assert same_decisions(load_model().parse(filled), slowly(filled))


def test_names_are_those_of_spacys_finder() -> None:
    model = load_model()
    with single_thread():
        parsed = model.parse([*lines()[:120], *STRANGE])
        ours, theirs = sentences(parsed), sentences(parsed)
        model.find_names(ours)
        for _ in model.names.pipe(theirs):
            pass
    assert names(ours) == names(theirs)
    assert len(names(ours)) > 100


def test_corpora_are_decided_as_by_spacys_parser(data_folder: Path) -> None:
    with (data_folder / "news_sample.jsonl").open(encoding="utf8") as file:
        texts = [json.loads(line)["text"] for line in file][::50]
    chosen = [line for text in texts for line in text.splitlines() if line.strip()]
    model = load_model()
    with single_thread():
        assert same_decisions(model.parse(chosen), list(model.parser.pipe(chosen)))


def test_nothing_to_parse_is_no_error() -> None:
    assert load_model().parse([]) == []
    load_model().find_names([])


def embedder() -> Embedder:
    return Embedder(load_model().parser.get_pipe("tok2vec").model.layers[0])


def made(texts: Sequence[str]) -> list[Doc]:
    return [load_model().parser.make_doc(text) for text in texts]


def test_vectors_do_not_depend_on_what_came_before() -> None:
    docs = made(lines()[:60])
    fresh, used = embedder(), embedder()
    for doc in reversed(docs):
        used([doc])
    assert np.array_equal(fresh(docs), used(docs))


def test_vectors_are_spacys() -> None:
    docs = made(lines()[:60])
    layer = load_model().parser.get_pipe("tok2vec").model.layers[0]
    assert np.allclose(embedder()(docs), np.concatenate(layer.predict(docs)), atol=1e-5)


def test_words_beyond_what_is_kept_are_embedded_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    docs = made(lines()[:20])
    whole = embedder()(docs)
    monkeypatch.setattr(forward, "MAX_WORDS", 30)
    small = embedder()
    assert np.array_equal(np.concatenate([small([doc]) for doc in docs]), whole)
    assert np.array_equal(small(docs), whole)


def test_words_whose_keys_meet_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    docs = made(lines()[:20])
    whole = embedder()(docs)
    crowded = embedder()
    crowded._spread = np.zeros_like(crowded._spread)
    assert np.array_equal(crowded(docs), whole)


def test_documents_do_not_see_each_other() -> None:
    encode = Encoder(load_model().parser.get_pipe("tok2vec").model.layers[1])
    docs = made(lines()[:3])
    vectors = embedder()(docs)
    lengths = [len(doc) for doc in docs]
    together = encode(vectors, lengths)
    assert np.allclose(together[: lengths[0]], encode(vectors[: lengths[0]], lengths[:1]), atol=1e-5)


def test_parts_of_another_kind_are_left_to_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("another architecture")

    monkeypatch.setattr(Way, "__init__", refuse)
    model = _load(load_model().package)
    assert model.parse.__qualname__.startswith("_spacys_way")
    assert same_decisions(model.parse(lines()[:5]), load_model().parse(lines()[:5]))
    found = sentences(model.parse(lines()[:5]))
    model.find_names(found)
    assert names(found)


def test_other_answers_to_the_probe_leave_it_to_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Encoder, "__call__", lambda self, vectors, lengths: vectors)
    assert _load(load_model().package).parse.__qualname__.startswith("_spacys_way")
