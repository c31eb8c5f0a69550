// Teaching: queues, training, versions, figures.
export const teach = {
  heardAs: '{n, plural, one {# {label} track} other {# {label} tracks}} heard as {guess}',
  heardAsLabelled: '{n, plural, one {# {label} track} other {# {label} tracks}} heard as {guess}, as labelled',
} as const;
