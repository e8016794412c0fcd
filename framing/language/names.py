"""Names: which runs of tokens are one, and what kind of thing the model takes them for."""

from collections.abc import Iterable

from framing.language.model import load_model
from framing.language.parse import Parse
from framing.language.threads import single_thread

JOINS_ANY = {"-", "–", "&"}


def name_runs(parse: Parse) -> list[tuple[int, int]]:
    """Runs [first, last] of tokens that make one proper name, in text order.

    Examples
    --------
    >>> from framing.language import parse_text
    >>> parse = parse_text("Ann Marie Lee of the Northern Relief Fund met Mr. Ito.")
    >>> [" ".join(parse.word[a : b + 1]) for a, b in name_runs(parse)]
    ['Ann Marie Lee', 'Northern Relief Fund', 'Mr. Ito']
    """
    runs: list[tuple[int, int]] = []
    for token in range(len(parse)):
        if not parse.tag[token].startswith("NNP"):
            continue
        if runs and _joined(parse, runs[-1][1], token):
            runs[-1] = (runs[-1][0], token)
        else:
            runs.append((token, token))
    return runs


def _joined(parse: Parse, last: int, token: int) -> bool:
    """Whether two proper nouns belong to one name: side by side, or with a hyphen, an & or a *bin* between them."""
    if parse.sentence[last] != parse.sentence[token]:
        return False
    between = parse.lower[last + 1 : token]
    if not between:
        return True
    particle = all(word in {"de", "del", "der", "van", "von", "bin", "al", "la"} for word in between)
    return len(between) <= 2 and (particle or between[0] in JOINS_ANY)


def name_labels(parse: Parse, sentences: Iterable[int]) -> dict[int, str]:
    """The model's label (PERSON, ORG, GPE, NORP, …) for each token of a name in the sentences asked for."""
    from spacy.tokens import Doc

    model = load_model()
    numbers = sorted(set(sentences))
    docs = [
        Doc(model.parser.vocab, words=parse.word[first:beyond], spaces=_spaces(parse, first, beyond))
        for first, beyond in (parse.sentences[n] for n in numbers)
    ]
    labels = {}
    with single_thread():
        docs = list(model.names.pipe(docs, batch_size=len(docs) or 1))
    for number, doc in zip(numbers, docs, strict=True):
        first = parse.sentences[number][0]
        for entity in doc.ents:
            labels.update(dict.fromkeys(range(first + entity.start, first + entity.end), entity.label_))
    return labels


def _spaces(parse: Parse, first: int, beyond: int) -> list[bool]:
    return [t + 1 < beyond and parse.start[t + 1] > parse.end[t] for t in range(first, beyond)]
