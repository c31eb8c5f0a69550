"""The peer of bench/map.ts: `python tsne.py POINTS.f32 N DIM PERPLEXITY JOBS POSITIONS.f32` runs scikit-learn's TSNE, prints JSON."""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.manifold import TSNE


def main() -> None:
    source, n, dim, perplexity, jobs, target = sys.argv[1:]
    points = np.fromfile(source, np.float32).reshape(int(n), int(dim))
    model = TSNE(2, perplexity=float(perplexity), init="pca", random_state=0, n_jobs=int(jobs))
    start = time.perf_counter()
    positions = model.fit_transform(points)
    seconds = time.perf_counter() - start
    positions.astype(np.float32).tofile(target)
    print(json.dumps({"version": sklearn.__version__, "seconds": seconds, "divergence": float(model.kl_divergence_)}))


if __name__ == "__main__":
    main()
