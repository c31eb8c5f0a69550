// Numbers with a unit.
export const units = {
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{n} h',
  hoursMinutes: '{hours} h {minutes} min',
  daysHours: '{days} {hours} h',
  tracksPerSec: '{n} tracks/s',
  tracksPerMin: '{n} tracks/min',
  tracksPerHour: '{n} tracks/h',
} as const;
