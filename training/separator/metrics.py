"""Scale-invariant signal-to-distortion ratio (Le Roux et al. 2019)."""

import numpy as np


def si_sdr_db(estimate: np.ndarray, reference: np.ndarray) -> float:
    """SI-SDR in dB over all samples of both arrays (same shape, mean not removed). Reference must not be silent."""
    estimate, reference = estimate.astype(np.float64).ravel(), reference.astype(np.float64).ravel()
    scale = estimate @ reference / (reference @ reference + 1e-12)
    target = scale * reference
    error = estimate - target
    return float(10 * np.log10((target @ target + 1e-12) / (error @ error + 1e-12)))
