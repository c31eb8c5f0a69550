// Words that stand in many places.
export const common = {
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  save: 'Save',
  undo: 'Undo',
  play: 'Play',
  pause: 'Pause',
  back: 'Back',
  retry: 'Try again',
  unknownArtist: 'Unknown artist',
  unexpected: 'Something unexpected went wrong.',
  joined: '{first}, {second}',
  secondsLeft: '{time} left',
} as const;
