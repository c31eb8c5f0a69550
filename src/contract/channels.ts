// Electron IPC channel names, shared by main and preload; nothing else listens.

/** Renderer to main: one `Request`, answered with its `Response`. */
export const INVOKE_CHANNEL = 'stemscape:invoke';
/** Main to renderer: one `EventMessage`. */
export const EVENT_CHANNEL = 'stemscape:event';
/** Preload to main: paths of folders dropped on the window. */
export const DROP_CHANNEL = 'stemscape:drop';
