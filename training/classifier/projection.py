"""Compute the last projection instead of training it: `python -m training.classifier.projection [--checkpoint FILE]`.

A projection trained on styles keeps what tells 14 styles apart and loses the rest; other people's labels need all that
makes one track sound unlike another. So the 192 values are first the 13 directions that the style head reads, and then
those along which tracks differ most, measured by how much excerpts of one track differ (linear discriminants of Fisher
1936 with tracks as classes and the within-class covariance shrunk towards a multiple of one, Friedman 1989). Tracks are
heard as mixtures and as separated stems, each source around its own mean: what tells a bass from a voice is no track's. A fixed random
rotation follows: heads scale every value to variance 1, and after the rotation that no longer changes the distances.
Writes <folder>/projected.pt, which the export reads.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from training.classifier.augmentation import from_db, to_relative_db
from training.classifier.batches import MIXTURE, N_SOURCES, load_features, sounding_stem
from training.classifier.model import EcapaTdnn
from training.classifier.warm_start import take_over
from training.genres import GENRE_IDS
from training.settings import EMBEDDING_SIZE, WINDOW_FRAMES, training_dir

N_BATCHES, N_PER_BATCH = 500, 16
SHORT_FRAMES = 110
LONG_SHARE = 0.15
SHRINKAGE = 10.0


@torch.no_grad()
def excerpts(network: EcapaTdnn, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pooled statistics [n x 2240] of excerpts as they are, as many rendered as recorded, and the track and source of each.

    Two in five are of a stem.
    """
    songs, recordings = load_features()
    n_songs = len(songs["genre"])
    kinds = (
        (songs["power_db"][:, MIXTURE], songs["separated_db"], np.arange(n_songs)),
        (recordings["power_db"], recordings["separated_db"], n_songs + recordings["track"]),
    )
    rows, tracks, sources = [], [], []
    for i in range(N_BATCHES):
        power_db, separated_db, track = kinds[i % 2]
        n_frames = WINDOW_FRAMES if rng.random() < LONG_SHARE else SHORT_FRAMES
        heard = []
        for at in rng.choice(len(power_db), N_PER_BATCH, replace=False):
            start = rng.integers(0, power_db.shape[1] - n_frames + 1)
            span = slice(start, start + n_frames)
            alone = sounding_stem(separated_db[at][:, span], rng) if i % 5 < 2 else None
            source, power = alone or (MIXTURE, from_db(power_db[at, span]))
            heard.append(power)
            tracks.append(track[at])
            sources.append(source)
        mel = torch.from_numpy(to_relative_db(np.stack(heard)).astype(np.float32))
        rows.append(network.pool(network.frames(mel)).numpy())
    return np.concatenate(rows).astype(np.float64), np.array(tracks), np.array(sources)


def around_own_means(rows: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Each source's rows moved to where the mixtures' mean is."""
    moved = rows.copy()
    for source in np.unique(sources):
        moved[sources == source] += rows[sources == MIXTURE].mean(axis=0) - rows[sources == source].mean(axis=0)
    return moved


def covariances(rows: np.ndarray, tracks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Within tracks, and what is left of the total covariance."""
    names, index, counts = np.unique(tracks, return_inverse=True, return_counts=True)
    means = np.zeros((len(names), rows.shape[1]))
    np.add.at(means, index, rows)
    apart = rows - (means / counts[:, None])[index]
    within = apart.T @ apart / (len(rows) - len(names))
    return within, np.cov(rows.T) - within


def directions(rows: np.ndarray, tracks: np.ndarray, first: np.ndarray, size: int) -> np.ndarray:
    """[size x d]: what `first` [k x d] spans, then the discriminants of tracks, orthogonal where tracks vary alike, rotated.

    Columns of `rows` [n x d] are scaled to variance 1 before.
    """
    deviation = rows.std(axis=0) + 1e-4
    within, between = covariances(rows / deviation, tracks)
    d = rows.shape[1]
    root = np.linalg.cholesky(within + SHRINKAGE * np.trace(within) / d * np.eye(d))
    unroot = np.linalg.inv(root)
    kept, _ = np.linalg.qr((first * deviation @ root).T)
    rest = np.eye(d) - kept @ kept.T
    _, vectors = np.linalg.eigh(rest @ unroot @ between @ unroot.T @ rest)
    basis = np.hstack([kept, vectors[:, ::-1][:, : size - kept.shape[1]]])
    rotation, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(size, size)))
    return rotation @ basis.T @ unroot / deviation


@torch.no_grad()
def renormed(network: EcapaTdnn, rows: np.ndarray) -> np.ndarray:
    """Sets the statistics of pooled values that no training step has seen, and gives the rows as they are then."""
    norm = network.pooled_norm
    unseen = (norm.running_mean == 0).numpy()
    if not unseen.any():
        return rows
    rows = rows * np.where(unseen, np.sqrt(1 + norm.eps), 1)
    mean, variance = rows.mean(axis=0), rows.var(axis=0)
    norm.running_mean[unseen] = torch.from_numpy(mean[unseen]).float()
    norm.running_var[unseen] = torch.from_numpy(variance[unseen]).float()
    return np.where(unseen, (rows - mean) / np.sqrt(variance + norm.eps), rows)


@torch.no_grad()
def style_logits(network: EcapaTdnn, rows: np.ndarray) -> np.ndarray:
    """What the style head says of pooled statistics: [n x genres]."""
    embedding = network.embedding_norm(network.project(torch.from_numpy(rows.astype(np.float32))))
    return network.genre(embedding).numpy().astype(np.float64)


def set_projection(network: EcapaTdnn, rows: np.ndarray, tracks: np.ndarray) -> None:
    """Puts the directions into `project`, their mean and variance into the norm after it; style logits stay."""
    said = style_logits(network, np.vstack([np.zeros((1, rows.shape[1])), np.eye(rows.shape[1])]))
    slopes = (said[1:] - said[0]).T
    slopes -= slopes.mean(axis=0)
    _, _, span = np.linalg.svd(slopes, full_matrices=False)
    weight = directions(rows, tracks, span[: len(GENRE_IDS) - 1], EMBEDDING_SIZE)
    values = rows @ weight.T
    mean, variance = values.mean(axis=0), values.var(axis=0)
    logits = style_logits(network, rows)
    scaled = np.hstack([(values - mean) / np.sqrt(variance + network.embedding_norm.eps), np.ones((len(rows), 1))])
    genre, *_ = np.linalg.lstsq(scaled, logits - logits.mean(axis=1, keepdims=True), rcond=None)
    with torch.no_grad():
        network.project.weight.copy_(torch.from_numpy(weight))
        network.project.bias.zero_()
        norm = network.embedding_norm
        norm.weight.fill_(1)
        norm.bias.fill_(1e-6)  # the exporter would make one tensor of two equal ones, and both are trained further
        norm.running_mean.copy_(torch.from_numpy(mean))
        norm.running_var.copy_(torch.from_numpy(variance))
        network.genre.weight.copy_(torch.from_numpy(genre[:-1].T))
        network.genre.bias.copy_(torch.from_numpy(genre[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=training_dir() / "classifier" / "last.pt")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network = EcapaTdnn(len(GENRE_IDS))
    take_over(network, torch.load(arguments.checkpoint, map_location="cpu", weights_only=True)["model"])
    network.eval()
    rows, tracks, sources = excerpts(network, np.random.default_rng(7))
    rows = renormed(network, rows)
    mixed = rows[sources == MIXTURE]
    before = style_logits(network, mixed)
    set_projection(network, around_own_means(rows, sources), tracks * N_SOURCES + sources)
    same = float((before.argmax(axis=1) == style_logits(network, mixed).argmax(axis=1)).mean())
    path = arguments.checkpoint.with_name("projected.pt")
    torch.save({"model": network.state_dict()}, path)
    print(f"styles as before for {same:.2%} of excerpts, {path}")


if __name__ == "__main__":
    main()
