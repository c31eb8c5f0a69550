// Files and folders that are dropped on the page from outside. The preload hands their paths to the shell where there is one; here
// only what kind they are is known.

export interface Dropped {
  nFolders: number;
  nFiles: number;
}

/** What was picked up in the page itself, such as a cover, is none. @returns the end of watching */
export function watchFolderDrops(target: Window, dropped: (what: Dropped) => void): () => void {
  let isOwn = false;
  const begins = (): void => {
    isOwn = true;
  };
  const ends = (): void => {
    isOwn = false;
  };
  const isForeign = ({ dataTransfer }: DragEvent): boolean => !isOwn && dataTransfer?.types.includes('Files') === true;
  const over = (event: DragEvent): void => {
    if (isForeign(event)) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    if (!isForeign(event)) return;
    // A browser would leave the page and show the file.
    event.preventDefault();
    const entries = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
    const nFolders = entries.filter((entry) => entry.webkitGetAsEntry()?.isDirectory === true).length;
    dropped({ nFolders, nFiles: entries.length - nFolders });
  };
  const listeners = { dragstart: begins, dragend: ends, dragover: over, drop } as const;
  for (const [name, listener] of Object.entries(listeners)) target.addEventListener(name, listener as EventListener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) target.removeEventListener(name, listener as EventListener);
  };
}
