"""Which test a sample gets."""

from collections.abc import Sequence

from framing.comparison.articles import Codes
from framing.comparison.choosing import choose
from framing.comparison.clustering import by_clusters, usable
from framing.comparison.relabelling import relabel
from framing.comparison.resampling import Inference
from framing.comparison.samples import Sample
from framing.comparison.sign_flip import sign_flip


def infer(samples: Sequence[Sample], *, n_resamples: int, seed: int) -> list[Inference]:
    """Infer from samples of one call, which are all paired or all by article."""
    if not samples:
        return []
    tables = [sample.table for sample in samples if sample.table is not None]
    if tables:
        return choose(tables, n_resamples=n_resamples, seed=seed)
    if samples[0].is_paired:
        differences = [sample.left - sample.right for sample in samples]
        return sign_flip(differences, n_resamples=n_resamples, seed=seed)
    alone = [at for at, sample in enumerate(samples) if not clusters_of(sample)]
    pairs = [(samples[at].left, samples[at].right) for at in alone]
    relabelled = dict(zip(alone, relabel(pairs, n_resamples=n_resamples, seed=seed), strict=True))
    return [
        relabelled[at]
        if at in relabelled
        else by_clusters(sample.left, sample.right, list(clusters_of(sample).values()))
        for at, sample in enumerate(samples)
    ]


def clusters_of(sample: Sample) -> dict[str, Codes]:
    """The kinds of cluster that a test of these articles allows for."""
    return {name: codes for name, codes in sample.clusters.items() if usable(codes)}
