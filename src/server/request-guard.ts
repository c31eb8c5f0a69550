// Refuses requests that another web page or another host name brought here: DNS rebinding, cross-site requests and
// cross-site WebSockets all end at these two checks.
import type { IncomingMessage } from 'node:http';

/** The Host header must be this server's own loopback name, whatever name the connection came by. */
export function hasOwnHost(request: IncomingMessage, port: number): boolean {
  return ownHosts(port).includes(request.headers.host ?? '');
}

/** A request from a page must come from our own page. Opening the address itself is a navigation and may come from anywhere. */
export function hasOwnOrigin(request: IncomingMessage, port: number, isNavigation: boolean): boolean {
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, port)) return false;
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return isNavigation && request.headers['sec-fetch-mode'] === 'navigate';
}

/** A WebSocket is not bound by the same-origin rule, so its Origin must be present and ours. */
export function hasSocketOrigin(request: IncomingMessage, port: number): boolean {
  const { origin } = request.headers;
  return origin !== undefined && isOwnOrigin(origin, port);
}

function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

function isOwnOrigin(origin: string, port: number): boolean {
  return ownHosts(port).some((host) => origin === `http://${host}`);
}
