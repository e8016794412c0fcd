"""VADER's rules on its own lexicon, in one pass over a text, with the place of each word that counts."""

import math
import re
import string
from dataclasses import dataclass
from itertools import repeat

from framing.measures.vader_lists import vader_tables

NEGATION = -0.74
CAPITALS = 0.733
NORMALIZATION = 15
EXCLAMATION, MAX_EXCLAMATIONS = 0.292, 4
QUESTION, MANY_QUESTIONS = 0.18, 0.96
DISTANCE_FACTORS = (1.0, 0.95, 0.9)  # a booster's effect one, two and three words before
BEFORE_BUT, AFTER_BUT = 0.5, 1.5
NEVER_SO = 1.25


@dataclass(frozen=True, slots=True)
class Valence:
    """A word of the lexicon in a text: half-open offsets and what it weighs there, after every rule."""

    start: int
    end: int
    weight: float


def word_valences(text: str) -> list[Valence]:
    """Find the words that VADER's lexicon holds and weigh each by VADER's rules.

    The rules are those of ``vaderSentiment`` 3.3: boosters, dampeners and negation up to three words before, "no",
    "least", idioms, capitals, and "but", which halves what stands before it and raises what follows by half.

    Parameters
    ----------
    text : str
        One sentence. A longer text is weighed as one sentence, as VADER does.

    Returns
    -------
    list of Valence
        In text order; words whose weight comes to nothing are left out.

    References
    ----------
    .. [1] Hutto, C. J. & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis of social
       media text. Proceedings of ICWSM. DOI 10.1609/icwsm.v8i1.14550.

    Examples
    --------
    >>> [(v.start, v.end, round(v.weight, 3)) for v in word_valences("Not a good plan, but a very safe one.")]
    [(6, 10, -0.703), (28, 32, 3.29)]
    """
    origin = None
    if _has_emoji(text):
        text, origin = _describe_emoji(text)
    weights = _weights(text)
    if not weights:
        return []
    return [Valence(*span, w) for span, w in zip(_spans(text, origin, list(weights)), weights.values(), strict=True)]


def vader_score(text: str) -> float:
    """Compute VADER's compound score of a text, from -1 to 1, to four decimals.

    Notes
    -----
    Equal to ``vaderSentiment`` 3.3.2 on all but 6 of 19,242 news sentences (NYT editorials 2,715 of 2,715, NewsMTSC
    8,539 of 8,543, BASIL 7,982 of 7,984). The differences are of one class: with "but", the package looks a word's
    place up by its value, so that a word after "but" whose weight equals one already halved before it is halved
    instead of raised (3.2 halved meets a 1.6). Here each word counts by its own place.
    ``python -m framing.validity.vader_differences FOLDER`` prints them with the reason.
    As in the package, words inside curly quotation marks and contractions with a curly apostrophe go unseen.

    Examples
    --------
    >>> vader_score("The plan was not good."), vader_score("The plan was GOOD!"), vader_score("The plan was long.")
    (-0.3412, 0.6027, 0.0)
    """
    if _has_emoji(text):
        text, _ = _describe_emoji(text)
    return compound(sum(_weights(text).values()), text)


def compound(total: float, text: str) -> float:
    """Normalise summed weights to -1..1 after the emphasis of the exclamation and question marks in `text`.

    Examples
    --------
    >>> compound(1.9, "Good!") == round((1.9 + 0.292) / ((1.9 + 0.292) ** 2 + 15) ** 0.5, 4)
    True
    """
    if not total:
        return 0.0
    total += math.copysign(_emphasis(text), total)
    return round(total / math.sqrt(total * total + NORMALIZATION), 4)


# --- words -------------------------------------------------------------------------------------------------------


def _lower(tokens: list[str]) -> list[str]:
    """Put tokens in lower case and strip the ASCII punctuation around them.

    What leaves up to two characters stays as it is: it may be an emoticon.
    """
    whole = list(map(str.lower, tokens))
    bare = map(str.strip, whole, repeat(string.punctuation))
    return [word if len(word) > 2 else token for word, token in zip(bare, whole, strict=True)]


def _spans(text: str, origin: list[int] | None, numbers: list[int]) -> list[tuple[int, int]]:
    """Find the offsets of the words with these numbers, in the text before emoji were described."""
    wanted = set(numbers)
    spans = []
    for number, token in enumerate(re.finditer(r"\S+", text)):
        if number in wanted:
            bare = token.group().strip(string.punctuation)
            word = bare if len(bare) > 2 else token.group()
            start = token.start() + token.group().find(word)
            end = start + len(word)
            spans.append((start, end) if origin is None else (origin[start], origin[end - 1] + 1))
    return spans


def _has_emoji(text: str) -> bool:
    if text.isascii():
        return False
    tables = vader_tables()
    return tables.maybe_emoji.search(text) is not None and not tables.emoji.keys().isdisjoint(text)


def _describe_emoji(text: str) -> tuple[str, list[int]]:
    """Replace emoji by their names, as VADER does, and say where in `text` each character comes from."""
    names = vader_tables().emoji
    pieces: list[str] = []
    origin: list[int] = []
    after_space = True
    for offset, character in enumerate(text):
        piece = names.get(character)
        if piece is None:
            piece, after_space = character, character == " "
        else:
            piece, after_space = piece if after_space else f" {piece}", False
        pieces.append(piece)
        origin += [offset] * len(piece)
    return "".join(pieces), origin


# --- rules -------------------------------------------------------------------------------------------------------


def _weights(text: str) -> dict[int, float]:
    """Return the weight of each word that has one, by its number among the words between white space."""
    tables = vader_tables()
    tokens = text.split()
    lower = _lower(tokens)
    if tables.words.keys().isdisjoint(lower):
        return {}
    found = [i for i, word in enumerate(lower) if word in tables.words]
    loud: set[int] | None = None
    contracted = "'t" in text or "'T" in text
    weights = {}
    for i in found:
        # Most words stand near none that a rule speaks of: these weigh what the lexicon says.
        plain = not (contracted or tokens[i].isupper()) and tables.rule_words.isdisjoint(lower[max(i - 3, 0) : i + 3])
        if plain:
            weights[i] = tables.words[lower[i]]
        else:
            loud = _loud(tokens) if loud is None else loud
            weights[i] = _weight(lower, loud, i)
    if "but" in lower:
        turn = lower.index("but")
        weights = {i: w * (BEFORE_BUT if i < turn else AFTER_BUT) for i, w in weights.items()}
    return {i: w for i, w in weights.items() if w}


def _loud(tokens: list[str]) -> set[int]:
    """Say which words are in capitals; none when all are, since then capitals say nothing."""
    capitals = list(map(str.isupper, tokens))
    return set() if all(capitals) else {i for i, loud in enumerate(capitals) if loud}


def _weight(lower: list[str], loud: set[int], i: int) -> float:
    tables = vader_tables()
    lexicon = tables.words
    word = lower[i]
    if word == "kind" and lower[i + 1 : i + 2] == ["of"]:
        return 0.0
    weight = lexicon[word]
    # "no good": the word itself weighs nothing when it negates the next
    if word == "no" and i + 1 < len(lower) and lower[i + 1] in lexicon:
        weight = 0.0
    if _after_no(lower, i):
        weight = lexicon[word] * NEGATION
    if i in loud:
        weight += CAPITALS if weight > 0 else -CAPITALS
    for distance in (1, 2, 3):
        j = i - distance
        if j >= 0 and lower[j] not in lexicon:
            if lower[j] in tables.boosters:
                weight += _boost(tables.boosters[lower[j]], j in loud, weight) * DISTANCE_FACTORS[distance - 1]
            weight *= _negation(lower, i, distance)
            if distance == 3:
                weight = _idiom(lower, i, weight)
    # "the least attractive offer", but "at least attractive"
    if i >= 1 and lower[i - 1] == "least" and (i == 1 or lower[i - 2] not in ("at", "very")):
        weight *= NEGATION
    return weight


def _boost(boost: float, loud: bool, weight: float) -> float:
    """Return what a booster adds: away from 0, more so in capitals."""
    boost = -boost if weight < 0 else boost
    if loud:
        boost += CAPITALS if weight > 0 else -CAPITALS
    return boost


def _after_no(lower: list[str], i: int) -> bool:
    """Whether "no" stands one or two words before, or three with "or": "no fair or safe way"."""
    return "no" in lower[max(i - 2, 0) : i] or (i > 2 and lower[i - 3] == "no" and lower[i - 1] in ("or", "nor"))


def _negation(lower: list[str], i: int, distance: int) -> float:
    """Return the factor that a word so far before multiplies with: negation, "never so", "without doubt"."""
    before = lower[i - distance]
    if distance > 1:
        between = lower[i - distance + 1 : i]
        never = before == "never" and between[0] in ("so", "this")
        # VADER's own: three words before, a "so" next to the word raises it whether "never" stands there or not
        if never or (distance == 3 and between[1] in ("so", "this")):
            return NEVER_SO
        if before == "without" and "doubt" in between:
            return 1.0
    return NEGATION if before in vader_tables().negations or "n't" in before else 1.0


def _idiom(lower: list[str], i: int, weight: float) -> float:
    """Weigh by an idiom around the word ("kiss of death"), after "sort of" and its like before it."""
    tables = vader_tables()

    def phrase(first: int, last: int) -> str:
        return " ".join(lower[i + first : i + last + 1])

    before = [phrase(-1, 0), phrase(-2, 0), phrase(-2, -1), phrase(-3, -1), phrase(-3, -2)]
    after = [phrase(0, last) for last in (2, 1) if i + last < len(lower)]
    weight = next((tables.idioms[p] for p in (*after, *before) if p in tables.idioms), weight)
    return weight + sum(tables.boosters.get(p, 0.0) for p in (phrase(-3, -1), phrase(-3, -2), phrase(-2, -1)))


def _emphasis(text: str) -> float:
    exclamations = min(text.count("!"), MAX_EXCLAMATIONS) * EXCLAMATION
    questions = text.count("?")
    if questions <= 1:
        return exclamations
    return exclamations + (questions * QUESTION if questions <= 3 else MANY_QUESTIONS)
