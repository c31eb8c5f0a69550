"""Composer and mixer: deterministic, and stems sum to the mixture."""

import unittest

import numpy as np

from training.corpus.composer import compose
from training.corpus.mixing import limiter_gain, mix
from training.corpus.style_table import STYLES
from training.genres import GENRE_IDS


class ComposerTest(unittest.TestCase):
    def test_styles_are_the_genres(self):
        self.assertEqual(tuple(STYLES), GENRE_IDS)

    def test_same_seed_same_song(self):
        for style in STYLES:
            self.assertEqual(compose(style, 3, 12.0), compose(style, 3, 12.0))

    def test_other_seed_other_song(self):
        self.assertNotEqual(compose("rock", 1, 12.0).parts, compose("rock", 2, 12.0).parts)

    def test_notes_stay_inside_the_song(self):
        for style in STYLES:
            song = compose(style, 5, 12.0)
            self.assertTrue(song.parts)
            self.assertGreaterEqual(song.tempo_bpm, STYLES[style].tempo[0])
            self.assertLessEqual(song.tempo_bpm, STYLES[style].tempo[1])
            for part in song.parts:
                self.assertTrue(all(0 <= note.start_sec < 12.0 for note in part.notes))


class MixingTest(unittest.TestCase):
    def setUp(self):
        rng = np.random.default_rng(0)
        self.stems = {name: rng.normal(0, 0.2, (2, 44_100)).astype(np.float32) for name in ("bass", "drums", "vocals")}

    def test_mixture_does_not_clip_and_absent_stems_are_silent(self):
        mixed = mix(self.stems, np.random.default_rng(1), 0.2, 0.8, 2.0).astype(int)
        self.assertEqual(mixed.shape, (4, 2, 44_100))
        self.assertLess(np.abs(mixed.sum(axis=0)).max(), 32_768)
        self.assertEqual(np.abs(mixed[2]).max(), 0)

    def test_same_generator_same_mix(self):
        first, second = (mix(self.stems, np.random.default_rng(1), 0.3, 0.9, 3.0) for _ in range(2))
        np.testing.assert_array_equal(first, second)

    def test_master_gain_is_shared_by_all_stems(self):
        mixed = mix(self.stems, np.random.default_rng(1), 0.0, 0.9, 0.0).astype(float)
        curve = limiter_gain(mixed.sum(axis=0), 0.9)
        np.testing.assert_allclose((mixed * curve).sum(axis=0), mixed.sum(axis=0) * curve, atol=1e-6)


if __name__ == "__main__":
    unittest.main()
