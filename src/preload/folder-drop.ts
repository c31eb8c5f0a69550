// Folders dropped on the window are scanned. Their paths go straight to the shell; the page never sees them.
import { ipcRenderer, webUtils } from 'electron';
import { DROP_CHANNEL } from '../contract/channels.ts';

export function setupFolderDrop(): void {
  window.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    if (paths.length > 0) ipcRenderer.send(DROP_CHANNEL, paths);
  });
}
