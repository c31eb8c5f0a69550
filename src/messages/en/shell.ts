// The window around the views: sidebar, dialogs, messages.
export const shell = {} as const;
