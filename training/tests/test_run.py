"""Trainings stop and go on, begin with what an earlier one learned, and compute where they are put."""

import tempfile
import unittest
from pathlib import Path

import torch
from torch import nn

from training.classifier.model import N_POOLED, EcapaTdnn
from training.classifier.train import MultiTask, TrackHead, begin_with
from training.run import TrainingRun
from training.separator.loss import separation_loss
from training.separator.model import StemscapeUnet
from training.separator.stft import stft
from training.settings import N_BINS


def begun(folder: str) -> TrainingRun:
    return TrainingRun(Path(folder), nn.Linear(3, 2), weight_decay=0.0, decay=0.9, exported=lambda model: model)


def descend(run: TrainingRun, n_steps: int) -> None:
    """Steps on numbers that depend on the step alone; saved at the end."""
    for step, _ in zip(run.steps(minutes=60, session_minutes=60, peak_rate=1e-2), range(n_steps)):
        rows = torch.randn(8, 3, generator=torch.Generator().manual_seed(step)).to(run.device)
        run.descend((run.model(rows) - rows[:, :2]).square().mean())
    run.save()


class RunTest(unittest.TestCase):
    def test_a_stopped_training_goes_on_where_it_was(self):
        with tempfile.TemporaryDirectory() as folder:
            first = begun(folder)
            descend(first, 5)
            second = begun(folder)
            self.assertEqual(second.step, 5)
            self.assertGreater(second.spent_sec, 0)
            for mine, saved in zip(second.model.parameters(), first.model.parameters()):
                torch.testing.assert_close(mine, saved)
            for mine, saved in zip(second.average.parameters(), first.average.parameters()):
                torch.testing.assert_close(mine, saved)
            state = zip(second.optimizer.state.values(), first.optimizer.state.values())
            self.assertTrue(all(torch.equal(mine["exp_avg"], saved["exp_avg"]) for mine, saved in state))

    def test_heads_of_the_same_classes_begin_with_the_earlier_ones(self):
        torch.manual_seed(12)
        earlier, tasks = MultiTask(7), MultiTask(9)
        fresh = tasks.track.directions.clone()
        begin_with(tasks, {"model": earlier.network.state_dict(), "averaged": earlier.state_dict()})
        torch.testing.assert_close(tasks.tempo.weight, earlier.tempo.weight)
        torch.testing.assert_close(tasks.network.genre.weight, earlier.network.genre.weight)
        torch.testing.assert_close(tasks.track.directions, fresh)


class DeviceTest(unittest.TestCase):
    """On the device of shapes without numbers: mixing it with the processor's tensors is an error, as with a GPU's."""

    def test_the_classifier_computes_where_it_is_put(self):
        network, tracks = EcapaTdnn(14).to("meta"), TrackHead(5).to("meta")
        embedding, logits = network(torch.zeros(2, 100, 128, device="meta"))
        source = torch.zeros(3, dtype=torch.long, device="meta")
        told = tracks(torch.zeros(3, N_POOLED, device="meta"), source)
        self.assertEqual({embedding.device.type, logits.device.type, told.device.type}, {"meta"})

    def test_the_separator_computes_where_it_is_put(self):
        network = StemscapeUnet().to("meta")
        stems = stft(torch.zeros(1, 4, 2, 31 * 1024, device="meta"))
        masks = torch.softmax(network.logits(stems.sum(dim=1).abs()[..., :N_BINS]), dim=1)
        loss = separation_loss(masks, stems)
        loss.backward()
        self.assertEqual({loss.device.type, network.input_scale.grad.device.type}, {"meta"})


if __name__ == "__main__":
    unittest.main()
