// Where a key press moves the active row of a grid.

/** The same among tiles: left and right go one on, up and down a row. */
export function nextTile(key: string, index: number, total: number, nAcross: number, pageRows: number): number | null {
  const from = Math.max(0, index);
  const step = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: nAcross,
    j: nAcross,
    ArrowUp: -nAcross,
    k: -nAcross,
    PageDown: nAcross * pageRows,
    PageUp: -nAcross * pageRows,
  }[key];
  if (step === undefined) return key === 'Home' || key === 'End' ? nextIndex(key, index, total, pageRows) : null;
  if (total === 0) return null;
  const to = from + step;
  if (to >= 0 && to < total) return to;
  if (Math.abs(step) === 1) return from;
  // Past the first row or the last one: as far as its column goes.
  const column = from % nAcross;
  if (to < 0) return column;
  const last = Math.floor((total - 1) / nAcross) * nAcross + column;
  return Math.max(from, last < total ? last : last - nAcross);
}

/** The new index, or null when the key does not move. -1 means no row is active yet. */
export function nextIndex(key: string, index: number, total: number, pageRows: number): number | null {
  if (total === 0) return null;
  const clamp = (value: number): number => Math.min(total - 1, Math.max(0, value));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return clamp(index + 1);
    case 'ArrowUp':
    case 'k':
      return clamp(index - 1);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    case 'PageDown':
      return clamp(Math.max(0, index) + pageRows);
    case 'PageUp':
      return clamp(index - pageRows);
    default:
      return null;
  }
}
