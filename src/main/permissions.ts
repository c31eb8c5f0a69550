// The page needs no camera, microphone, location, notification, device or other permission: each is refused.
import type { Session } from 'electron';

export function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
