// Entry of the desktop app: the boot order, one step a line. What is worth testing lies in the steps.
import { join } from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { chooseExportFolder, chooseExportPath, chooseFolder, tellFailure } from './dialogs.ts';
import { EngineClient } from './engine-client.ts';
import { answerRequest } from './host-commands.ts';
import { setupIpc } from './ipc.ts';
import { claimSingleInstance, setupLifecycle } from './lifecycle.ts';
import { createLogger, rotateLog } from './log.ts';
import { setupMediaProtocol } from './media-protocol.ts';
import { setupMenu } from './menu.ts';
import { setupNavigation } from './navigation.ts';
import { setupPageProtocol } from './page-protocol.ts';
import { setupPermissions } from './permissions.ts';
import { originOf, pageUrl, registerSchemes } from './schemes.ts';
import { followLanguage, sayFailure } from './shell-language.ts';
import { foldersOf } from './start-folders.ts';
import { forkEngine } from './utility-engine.ts';
import { focusWindow, openWindow } from './window.ts';

const folders = foldersOf(process.argv, app.isPackaged, process.cwd());

app.enableSandbox();
registerSchemes();
if (claimSingleInstance(app, folders)) {
  void start().catch((error: unknown) => {
    dialog.showErrorBox('Stemscape could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  app.quit();
}

async function start(): Promise<void> {
  await app.whenReady();
  const built = join(app.getAppPath(), 'out');
  const resourcesDir = app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources');
  const logFile = app.isPackaged ? join(app.getPath('logs'), 'stemscape.log') : null;
  if (logFile !== null) await rotateLog(logFile);
  const logger = createLogger(logFile);

  const scripts = { enginePath: join(built, 'main', 'engine.js'), workerPath: join(built, 'main', 'worker.js') };
  const libraryDir = app.commandLine.getSwitchValue('library') || join(app.getPath('userData'), 'library');
  const open = { libraryDir, resourcesDir, logFile };
  const engine = new EngineClient({ fork: () => forkEngine(scripts, logger), open, logger });

  const scanFolders = async (paths: string[]): Promise<void> => {
    const { result } = await engine.handle({ type: 'request', id: 0, name: 'scan.start', input: { folders: paths } });
    if (!result.ok) await tellFailure(sayFailure(result.error));
  };
  const scanChosen = async (): Promise<void> => {
    const path = await chooseFolder();
    if (path !== null) await scanFolders([path]);
  };

  const page = pageUrl(app.isPackaged, process.env);
  const pageOrigin = originOf(page);
  const showWindow = (): Promise<unknown> =>
    openWindow({
      preloadPath: join(built, 'preload', 'index.cjs'),
      pageUrl: page,
      statePath: join(app.getPath('userData'), 'window.json'),
      devTools: !app.isPackaged,
    });

  setupPermissions(session.defaultSession);
  setupNavigation(app, pageOrigin);
  setupPageProtocol(session.defaultSession, join(built, 'renderer'));
  setupMediaProtocol(session.defaultSession, { engine, pageOrigin, logger });
  const host = { engine, resourcesDir, version: app.getVersion(), chooseFolder, chooseExportPath, chooseExportFolder };
  setupIpc({ engine, pageOrigin, answer: (request) => answerRequest(request, host), scanFolders, logger });
  const showMenu = (): void => setupMenu({ scanFolder: () => void scanChosen() }, process.platform, app.isPackaged);
  showMenu();
  void followLanguage({ engine, preferred: () => app.getPreferredSystemLanguages(), changed: showMenu });
  setupLifecycle(
    app,
    {
      welcomeBack(more) {
        focusWindow();
        if (more.length > 0) void scanFolders(more);
      },
      openWindow: () => void showWindow(),
      hasWindow: () => BrowserWindow.getAllWindows().length > 0,
      closeEngine: () => engine.close(),
    },
    process.platform,
  );
  await showWindow();
  if (folders.length > 0) await scanFolders(folders);
}
