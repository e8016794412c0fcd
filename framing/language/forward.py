"""The model's own answers by a shorter way: what it would compute again and again is computed once.

spaCy embeds *the* as often as it occurs, and adds up what the parser looks at state by state, place by place. Here a
word's vector is made once a process, and all sentences go through the parser's moves together. The answers are the
same: tests compare them token by token, and `load_model` takes spaCy's own way where its parts are of another kind.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IDS
from spacy.tokens import Doc

Vectors = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]

EPSILON = np.float32(1e-8)
MAX_WORDS = 50_000  # rows kept; with 96 numbers each they take 19 MB
# Odd numbers that spread the attributes of a token over 64 bits. Rows that meet are told apart by their attributes.
SPREAD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD)


class Embedder:
    """Vectors of tokens, each different row of attributes embedded once.

    Rows are computed with 64 bits and rounded, so that a vector doesn't depend on what it was computed along with.
    """

    def __init__(self, embed: Any) -> None:
        """Take the layers of spaCy's `MultiHashEmbed` apart."""
        extract, _, hashed, *_ = embed.layers
        (maxout,), (norm,) = _parts(embed, "maxout"), _parts(embed, "layernorm")
        self._columns = [IDS[name] for name in extract.attrs["columns"]]
        self._hashed = hashed
        self._weights = maxout.get_param("W").reshape(-1, maxout.get_dim("nI")).T.astype(np.float64)
        self._bias = maxout.get_param("b").astype(np.float64)
        self._gain = norm.get_param("G").astype(np.float64)
        self._shift = norm.get_param("b").astype(np.float64)
        self._spread = np.array([SPREAD[n % len(SPREAD)] + 2 * n for n in range(len(self._columns))], dtype=np.uint64)
        self._place: dict[int, int] = {}
        self._lock = Lock()  # two threads of a notebook may read at once
        self._attributes = np.zeros((MAX_WORDS, len(self._columns)), dtype=np.uint64)
        self._vectors = np.zeros((MAX_WORDS, len(self._bias)), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> Vectors:
        """Vectors of the tokens of all documents, one after the other."""
        attributes = np.concatenate([doc.to_array(self._columns) for doc in docs])
        keys = (attributes * self._spread).sum(axis=1, dtype=np.uint64).tolist()
        if len(set(keys)) > MAX_WORDS:
            return self._embed(attributes)
        with self._lock:
            new = {key: number for number, key in enumerate(keys) if key not in self._place}
            if len(self._place) + len(new) > MAX_WORDS:
                self._place.clear()
                new = {key: number for number, key in enumerate(keys)}
            if new:
                self._learn(list(new), attributes[list(new.values())])
            places = [self._place[key] for key in keys]
            vectors: Vectors = self._vectors[places]
            other = (self._attributes[places] != attributes).any(axis=1)
        if other.any():
            vectors[other] = self._embed(attributes[other])
        return vectors

    def _learn(self, keys: Sequence[int], attributes: Keys) -> None:
        first = len(self._place)
        self._place.update(zip(keys, range(first, first + len(keys)), strict=True))
        self._attributes[first : first + len(keys)] = attributes
        self._vectors[first : first + len(keys)] = self._embed(attributes)

    def _embed(self, attributes: Keys) -> Vectors:
        hashed = self._hashed.predict(attributes).astype(np.float64)
        mixed = (hashed @ self._weights).reshape(len(hashed), *self._bias.shape) + self._bias
        best = mixed.max(axis=2)
        spread = best.var(axis=1, keepdims=True) + 1e-8
        normal = (best - best.mean(axis=1, keepdims=True)) / np.sqrt(spread)
        vectors: Vectors = (normal * self._gain + self._shift).astype(np.float32)
        return vectors


class Encoder:
    """Vectors of tokens in their surroundings: layers that each look one token to either side."""

    def __init__(self, encode: Any) -> None:
        """Take the layers of spaCy's `MaxoutWindowEncoder` apart."""
        self._pad = encode.attrs["pad"]
        self._layers = []
        if any(window.attrs["window_size"] != 1 for window in _parts(encode, "expand_window")):
            raise ValueError("another architecture")
        parts = (_parts(encode, name) for name in ("maxout", "layernorm"))
        for maxout, norm in zip(*parts, strict=True):
            if maxout.get_dim("nP") != 3:
                raise ValueError("another architecture")
            # Pieces outermost, so that the largest one is that of three thirds.
            weights = maxout.get_param("W").transpose(1, 0, 2).reshape(-1, maxout.get_dim("nI"))
            bias, gain, shift = maxout.get_param("b").T.reshape(-1), norm.get_param("G"), norm.get_param("b")
            self._layers.append((weights.T.copy(), bias, gain, shift))

    def __call__(self, vectors: Vectors, lengths: Sequence[int]) -> Vectors:
        """Encode documents of so many tokens, whose vectors follow each other; they don't see each other."""
        # As in spaCy, whose layers write into the padding and read it again.
        tokens = np.arange(len(vectors)) + self._pad * np.repeat(np.arange(1, len(lengths) + 1), lengths)
        width = vectors.shape[1]
        here: Vectors = np.zeros((len(vectors) + self._pad * (len(lengths) + 1), width), dtype=np.float32)
        here[tokens] = vectors
        windows = np.zeros((len(here), 3 * width), dtype=np.float32)
        for weights, bias, gain, shift in self._layers:
            windows[1:, :width] = here[:-1]
            windows[:, width : 2 * width] = here
            windows[:-1, 2 * width :] = here[1:]
            pieces = windows @ weights
            pieces += bias
            best = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
            np.maximum(best, pieces[:, 2 * width :], out=best)
            best -= best.mean(axis=1, keepdims=True)
            best *= (np.square(best).mean(axis=1, keepdims=True) + EPSILON) ** -0.5
            best *= gain
            best += shift
            here += best
        found: Vectors = here[tokens]
        return found


class Stepper:
    """The greedy parser, or name finder, with all sentences a step at a time.

    spaCy multiplies a token's vector with the weights of each place it can have in a state beforehand. A step then adds
    up the rows of the tokens that a state looks at, takes the better of two halves, and scores the moves.
    """

    def __init__(self, pipe: Any) -> None:
        """Take the model of a transition parser apart."""
        lower, upper = pipe.model.get_ref("lower"), pipe.model.get_ref("upper")
        self._pipe = pipe
        n_places, n_hidden, n_pieces, n_in = lower.get_param("W").shape
        # Pieces outermost, so that the larger one is that of two halves.
        self._lower = np.ascontiguousarray(lower.get_param("W").transpose(3, 0, 2, 1)).reshape(n_in, -1)
        self._missing = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._lower_bias = lower.get_param("b").T.reshape(-1)
        self._upper = np.ascontiguousarray(upper.get_param("W").T)
        self._upper_bias = upper.get_param("b")
        self._places = np.arange(n_places)
        self._n_hidden = n_hidden
        if n_pieces != 2 or pipe.model.attrs["unseen_classes"]:
            raise ValueError("another architecture")
        self._state_model = pipe.model.predict([Doc(pipe.vocab, words=["a"])])

    def __call__(self, docs: Sequence[Doc], vectors: Vectors) -> None:
        """Annotate documents by the vectors of all their tokens."""
        states = self._pipe.moves.init_batch(docs)
        rows = np.empty((len(vectors) + 1, self._lower.shape[1]), dtype=np.float32)
        rows[0] = self._missing
        np.dot(vectors, self._lower, out=rows[1:])
        rows = rows.reshape(-1, 2 * self._n_hidden)
        n_places, half = len(self._places), self._n_hidden
        going = [state for state in states if not state.is_final()]
        while going:
            looked_at = (self._state_model.get_token_ids(going) + 1) * n_places + self._places
            summed = rows[looked_at].sum(axis=1)
            summed += self._lower_bias
            scores = np.maximum(summed[:, :half], summed[:, half:]) @ self._upper
            scores += self._upper_bias
            self._pipe.transition_states(going, scores)
            going = [state for state in going if not state.is_final()]
        self._pipe.set_annotations(docs, states)


class Way:
    """One pipe's way from documents to annotations: embed, encode, and make moves."""

    def __init__(self, pipe: Any, tokens_to_vectors: Any) -> None:
        """Take apart a transition parser and the layers that make its tokens' vectors."""
        embed, encode, *_ = tokens_to_vectors.layers
        self._embed, self._encode = Embedder(embed), Encoder(encode)
        self._linear = pipe.model.get_ref("tok2vec").layers[-1]
        self._step = Stepper(pipe)

    def vectors(self, docs: Sequence[Doc]) -> Vectors:
        """Vectors of the tokens of all documents, one after the other."""
        return self._encode(self._embed(docs), [len(doc) for doc in docs])

    def annotate(self, docs: Sequence[Doc], vectors: Vectors) -> None:
        """Make moves until each document has its tree, or its names."""
        self._step(docs, self._linear.predict(vectors))


def _parts(model: Any, kind: str) -> list[Any]:
    """Layers of one kind, in the order in which they are gone through."""
    return [layer for layer in model.walk(order="dfs_pre") if layer.name == kind]
