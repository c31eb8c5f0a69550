"""Numbers from scikit-learn for the tests of the map's quality and clusters: `python tests/reference/make_map.py`."""

import json
from pathlib import Path

import numpy as np
from sklearn.cluster import HDBSCAN
from sklearn.datasets import make_blobs, make_moons
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

DIGITS = 6
QUALITY_POINTS, QUALITY_DIMENSIONS = 240, 6


def quality() -> dict:
    """A map that keeps two of six dimensions, and how well it keeps neighbourhoods."""
    generator = np.random.default_rng(7)
    points = generator.normal(size=(QUALITY_POINTS, QUALITY_DIMENSIONS)).round(DIGITS)
    points[:, :2] *= 3
    positions = points[:, :2]
    figures = []
    for k in (5, 15):
        true, shown = (NearestNeighbors(n_neighbors=k).fit(x).kneighbors(return_distance=False) for x in (points, positions))
        kept = np.mean([len(set(a) & set(b)) / k for a, b in zip(true, shown)])
        figures.append({"k": k, "trustworthiness": trustworthiness(points, positions, n_neighbors=k), "preservation": kept})
    return {"points": points.ravel().tolist(), "dim": QUALITY_DIMENSIONS, "figures": figures}


def clusters() -> list[dict]:
    """Sets with clusters of several densities, with and without noise; (10, 1) has no equal distances."""
    generator = np.random.default_rng(3)
    spreads = [0.4, 0.5, 0.6, 0.8, 1.0, 1.2]
    sets = {
        "blobs": make_blobs(300, centers=6, cluster_std=spreads, random_state=1)[0],
        "moons": make_moons(200, noise=0.06, random_state=2)[0],
        "blobs in noise": np.vstack(
            [make_blobs(200, centers=4, cluster_std=0.4, random_state=5)[0], generator.uniform(-12, 12, (75, 2))]
        ),
        "uniform": generator.uniform(0, 1, (200, 2)),
    }
    found = []
    for name, raw in sets.items():
        positions = raw.round(DIGITS)
        for min_cluster_size, min_samples in ((10, 1), (10, 5)):
            model = HDBSCAN(min_cluster_size=min_cluster_size, min_samples=min_samples, copy=True).fit(positions)
            found.append(
                {
                    "name": name,
                    "positions": positions.ravel().tolist(),
                    "minClusterSize": min_cluster_size,
                    "minSamples": min_samples,
                    "labels": model.labels_.tolist(),
                    "probabilities": model.probabilities_.round(DIGITS).tolist(),
                }
            )
    return found


def main() -> None:
    reference = {"quality": quality(), "clusters": clusters()}
    Path(__file__).with_name("map.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
