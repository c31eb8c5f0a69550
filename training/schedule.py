"""What both trainings share: the learning-rate curve and the moving average of the weights."""

import numpy as np
import torch


def learning_rate(step: int, progress: float, peak: float) -> float:
    """Linear warm-up over 100 steps, then a cosine over progress 0..1 to 2 % of the peak."""
    warm_up = min(1.0, (step + 1) / 100)
    return float(peak * warm_up * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * min(1.0, progress)))))


def update_average(average, model, decay: float) -> None:
    """Exponential moving average of weights; batch-norm statistics are copied."""
    with torch.no_grad():
        for kept, new in zip(average.parameters(), model.parameters()):
            kept.lerp_(new, 1 - decay)
        for kept, new in zip(average.buffers(), model.buffers()):
            kept.copy_(new)
