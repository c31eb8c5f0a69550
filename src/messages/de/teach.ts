// Teaching: queues, training, versions, figures.
import type { Messages } from '../message-keys.ts';

export const teach: Messages['teach'] = {
  heardAs: '{n, plural, one {# Titel {label}} other {# Titel {label}}}, gehört als {guess}',
  heardAsLabelled: '{n, plural, one {# Titel {label}} other {# Titel {label}}}, gehört als {guess}, wie zugeordnet',
};
