"""Writes the reference numbers that tests/core/laboratory/numeric/paired-tests.test.ts compares with.

Needs scipy 1.15 or newer:  python tests/reference/make_paired_tests.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats

rng = np.random.default_rng(3)
cases = []
for n, shift, digits in [(5, 0.2, 9), (12, 0.02, 9), (50, 0.01, 9), (50, 0.03, 9), (40, 0.0, 2), (30, 0.02, 2), (80, 0.01, 9)]:
    d = np.round(rng.normal(shift, 0.05, size=n), digits)
    corrected = d.mean() / np.sqrt(d.var(ddof=1) * (1 / n + 0.25))
    cases.append({
        "differences": d.tolist(),
        "t": float(stats.ttest_1samp(d, 0).pvalue),
        "corrected": float(2 * stats.t.sf(abs(corrected), n - 1)),
        "wilcoxon": float(stats.wilcoxon(d, correction=True).pvalue),
    })
path = Path(__file__).parent / "paired-tests.json"
path.write_text(json.dumps({"cases": cases}) + "\n")
print(path, [(c["t"], c["wilcoxon"]) for c in cases])
