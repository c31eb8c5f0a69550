"""A training run that can be stopped and started again: weights, their moving average, optimizer and the time spent."""

import copy
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import nn

from training.schedule import learning_rate, update_average

SAVE_EVERY_STEPS = 200


class TrainingRun:
    """Model, moving average and optimizer, restored from `folder`/last.pt when it is there.

    They lie on `device`: the CUDA GPU where there is one, else the processor. `exported` picks the part of the averaged model whose weights are stored under "model" for the exports.
    """

    def __init__(
        self,
        folder: Path,
        model: nn.Module,
        weight_decay: float,
        decay: float,
        exported: Callable[[nn.Module], nn.Module],
    ):
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "last.pt"
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = model.to(self.device)
        self.average = copy.deepcopy(self.model)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-3, weight_decay=weight_decay)
        self.decay = decay
        self.exported = exported
        self.step, self.spent_sec = 0, 0.0
        if self.path.exists():
            saved = torch.load(self.path, map_location=self.device, weights_only=True)
            self.model.load_state_dict(saved["trained"])
            self.average.load_state_dict(saved.get("averaged", saved["model"]))
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step, self.spent_sec = saved["step"], saved["spent_sec"]
        self.started = time.time()

    @property
    def session_sec(self) -> float:
        return time.time() - self.started

    def steps(self, minutes: float, session_minutes: float, peak_rate: float) -> Iterator[int]:
        """Numbers of the steps to take until `minutes` over all runs, or this session's, are spent.

        Sets the learning rate before each step; averages the weights, and saves now and then, after it.
        """
        while self.session_sec < session_minutes * 60:
            progress = (self.spent_sec + self.session_sec) / (minutes * 60)
            if progress >= 1:
                break
            for group in self.optimizer.param_groups:
                group["lr"] = learning_rate(self.step, progress, peak_rate)
            yield self.step
            update_average(self.average, self.model, min(self.decay, (1 + self.step) / (10 + self.step)))
            self.step += 1
            if self.step % SAVE_EVERY_STEPS == 0:
                self.save()
        self.save()

    def descend(self, loss: torch.Tensor) -> None:
        """One update, gradients clipped to a norm of 5."""
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimizer.step()

    def save(self) -> None:
        """Written whole or not at all."""
        state = {
            "model": self.exported(self.average).state_dict(),
            "averaged": self.average.state_dict(),
            "trained": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "spent_sec": self.spent_sec + self.session_sec,
        }
        writing = self.path.with_name("writing.pt")
        torch.save(state, writing)
        writing.replace(self.path)
