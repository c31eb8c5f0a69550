// The system's own dialogs: choose a folder, name a file, say what went wrong. Asynchronous, so nothing waits for a person.
import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { say } from './shell-language.ts';

/** Null when the person closed it. */
export async function chooseFolder(): Promise<string | null> {
  const options = { title: say('chooseFolder'), buttonLabel: say('scan'), properties: ['openDirectory' as const] };
  const window = ownerWindow();
  const chosen = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

/** The folder an export goes into; null when the person closed it. */
export async function chooseExportFolder(): Promise<string | null> {
  const properties = ['openDirectory' as const, 'createDirectory' as const];
  const options = { title: say('chooseExportFolder'), buttonLabel: say('export'), properties };
  const window = ownerWindow();
  const chosen = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

/** Where to write an export; the dialog itself asks before a file is replaced. Null when the person closed it. */
export async function chooseExportPath(fileName: string): Promise<string | null> {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  const options = {
    title: say('exportPlaylist'),
    defaultPath: join(app.getPath('music'), fileName),
    filters: [{ name: say('playlist'), extensions: [extension] }],
  };
  const window = ownerWindow();
  const chosen = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}

export async function tellFailure(sentence: string): Promise<void> {
  const options = { type: 'warning' as const, message: sentence };
  const window = ownerWindow();
  await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
}

function ownerWindow(): BrowserWindow | null {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0] ?? null;
}
