// Who may talk to the server: the one who opened the printed address. Its token works once and becomes a session cookie.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

export interface Session {
  /** For the printed address. */
  readonly token: string;
  /** Cookie header to set when the token is right and was not used before, else null. */
  redeem(token: string): string | null;
  /** Whether a request's Cookie header carries the session. */
  owns(cookieHeader: string | undefined): boolean;
}

/** Cookies ignore ports, so the name carries the port: two servers on one machine keep apart. */
export function createSession(cookieName: string): Session {
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  const sessionId = randomBytes(SECRET_BYTES).toString('base64url');
  let used = false;
  return {
    token,
    redeem(candidate) {
      if (used || !equalSecrets(candidate, token)) return null;
      used = true;
      return `${cookieName}=${sessionId}; HttpOnly; SameSite=Strict; Path=/`;
    },
    owns: (cookieHeader) => equalSecrets(cookieValue(cookieHeader, cookieName) ?? '', sessionId),
  };
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

/** Compares digests, so neither the length nor the first differing byte shows in the time taken. */
function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
