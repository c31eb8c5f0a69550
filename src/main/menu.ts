// The application menu: the platform's standard entries, and one of our own to scan a folder.
import { Menu, type MenuItemConstructorOptions } from 'electron';
import { say } from './shell-language.ts';

export interface MenuActions {
  scanFolder(): void;
}

export function setupMenu(actions: MenuActions, platform: NodeJS.Platform, isPackaged: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, platform, isPackaged)));
}

export function menuTemplate(actions: MenuActions, platform: NodeJS.Platform, isPackaged: boolean): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: say('help'),
    submenu: [{ role: 'about', label: say('about') }],
  };
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: say('file'),
      submenu: [
        { label: say('scanFolder'), accelerator: 'CmdOrCtrl+O', click: () => actions.scanFolder() },
        { type: 'separator' },
        isMac ? { role: 'close', label: say('close') } : { role: 'quit', label: say('quit') },
      ],
    },
    editMenu(),
    viewMenu(isPackaged),
    {
      role: 'windowMenu',
      label: say('window'),
      submenu: [
        { role: 'minimize', label: say('minimize') },
        { role: 'close', label: say('close') },
      ],
    },
    ...(isMac ? [] : [help]),
  ];
}

function editMenu(): MenuItemConstructorOptions {
  return {
    role: 'editMenu',
    label: say('edit'),
    submenu: [
      { role: 'undo', label: say('undo') },
      { role: 'redo', label: say('redo') },
      { type: 'separator' },
      { role: 'cut', label: say('cut') },
      { role: 'copy', label: say('copy') },
      { role: 'paste', label: say('paste') },
      { role: 'selectAll', label: say('selectAll') },
    ],
  };
}

function viewMenu(isPackaged: boolean): MenuItemConstructorOptions {
  const developer: MenuItemConstructorOptions[] = [
    { role: 'reload', label: say('reload') },
    { role: 'toggleDevTools', label: say('developerTools') },
    { type: 'separator' },
  ];
  return {
    label: say('view'),
    submenu: [
      ...(isPackaged ? [] : developer),
      { role: 'resetZoom', label: say('actualSize') },
      { role: 'zoomIn', label: say('zoomIn') },
      { role: 'zoomOut', label: say('zoomOut') },
      { type: 'separator' },
      { role: 'togglefullscreen', label: say('fullScreen') },
    ],
  };
}
