// Where a key press moves the active row of a grid.

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
