// The application menu and the system's dialogs.
export const menu = {} as const;
