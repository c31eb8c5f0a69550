// Arrow keys among the buttons of a table: to the next one that can be pressed.

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** @returns null where there is none that way, undefined for any other key */
export function cellBeside(button: HTMLButtonElement, key: string): HTMLButtonElement | null | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  const rows = [...(button.closest('tbody')?.rows ?? [])].map((row) => [...row.querySelectorAll('button')]);
  let row = rows.findIndex((buttons) => buttons.includes(button));
  let column = rows[row]?.indexOf(button) ?? -1;
  let next: HTMLButtonElement | undefined;
  do {
    row += step[0];
    column += step[1];
    next = rows[row]?.[column];
  } while (next?.disabled);
  return next ?? null;
}
