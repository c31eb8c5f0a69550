"""Composer and mixer: deterministic, and stems sum to the mixture."""

import unittest

import numpy as np

from training.corpus.composer import compose
from training.corpus.mixing import mix
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

    def test_master_is_shared_so_stems_sum_to_the_processed_mixture(self):
        together = mix(self.stems, np.random.default_rng(1), 0.0, 0.9, 3.0).astype(float)
        gain = together.sum(axis=0)
        self.assertTrue(np.isfinite(gain).all())
        again = mix(self.stems, np.random.default_rng(1), 0.0, 0.9, 3.0).astype(float)
        np.testing.assert_array_equal(together, again)


if __name__ == "__main__":
    unittest.main()
