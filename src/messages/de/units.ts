// Numbers with a unit.
import type { Messages } from '../message-keys.ts';

export const units: Messages['units'] = {
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{n} Std.',
  hoursMinutes: '{hours} Std. {minutes} min',
  daysHours: '{days} {hours} Std.',
  tracksPerSec: '{n} Titel/s',
  tracksPerMin: '{n} Titel/min',
  tracksPerHour: '{n} Titel/Std.',
};
