// The tour of three steps.
export const tour = {
  label: 'Tour, step {step} of {total}',
  step: '{step} of {total}',
  skip: 'Skip the tour',
  back: 'Back',
  next: 'Next',
  done: 'Done',
  listenTitle: 'It listens',
  listen:
    'Each track is taken apart into bass, drums, vocals and the rest, and heard by a network on this computer. You can look around meanwhile.',
  lookTitle: 'See what it heard',
  look: 'Genre, tempo, key and stems of every track, and why. Is a genre wrong? Press L and say what it is: your word counts more than the model’s.',
  teachTitle: 'Teach it your ears',
  teach: 'With a few labels of your own you can train a model that hears as you do. The map and the playlists follow it.',
} as const;
