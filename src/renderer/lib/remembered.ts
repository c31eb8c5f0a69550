// Small choices of this window (volume, panel open) kept in the browser's own storage; a full or forbidden storage is no error.

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`stemscape.${key}`, JSON.stringify(value));
  } catch {
    // Private windows may forbid storage; the choice then lasts until the window closes.
  }
}

/** One of the given choices, the first where nothing else was chosen. */
export function recallOneOf<T extends string>(key: string, choices: readonly [T, ...T[]]): T {
  const name = recall<string>(key, choices[0]);
  return choices.find((choice) => choice === name) ?? choices[0];
}

export function recall<T extends number | boolean | string>(key: string, fallback: T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`stemscape.${key}`) ?? 'null');
    return typeof value === typeof fallback ? (value as T) : fallback;
  } catch {
    return fallback;
  }
}
