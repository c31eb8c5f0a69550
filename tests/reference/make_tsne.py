"""Numbers from scikit-learn for the t-SNE tests: `python tests/reference/make_tsne.py`."""

import json
from pathlib import Path

import numpy as np
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors

N_POINTS, N_DIMENSIONS, PERPLEXITY = 240, 6, 20


def points() -> np.ndarray:
    """Four clouds of different width; the test makes the same ones."""
    t = np.arange(N_POINTS * N_DIMENSIONS, dtype=np.float64).reshape(N_POINTS, N_DIMENSIONS)
    cloud = np.arange(N_POINTS) % 4
    noise = np.sin(t * 12.9898) * 43758.5453
    noise -= np.floor(noise) + 0.5
    return cloud[:, None] * np.array([2.0, -1.5, 1.0, 0.5, 0.0, 3.0]) + noise * (1 + cloud)[:, None]


def main() -> None:
    x = points()
    k = min(N_POINTS - 1, int(3 * PERPLEXITY + 1))
    graph = NearestNeighbors(n_neighbors=k).fit(x).kneighbors_graph(mode="distance")
    graph.data **= 2
    joint = _joint_probabilities_nn(graph, PERPLEXITY, 0).tocsr()
    exact = [TSNE(2, perplexity=PERPLEXITY, method="exact", init="random", random_state=seed).fit(x) for seed in range(5)]
    reference = {
        "rowSums": np.asarray(joint.sum(axis=1)).ravel().tolist(),
        "firstRow": [[int(j), float(joint[0, j])] for j in joint[0].indices],
        "divergences": sorted(float(model.kl_divergence_) for model in exact),
    }
    Path(__file__).with_name("tsne.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
