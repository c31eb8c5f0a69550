// The content security policy of the interface: the same in the desktop window and in `serve`, but for the extra
// sources each has, media in the window and sockets in the browser.

export function contentPolicy(extra: { media: string; connect: string }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' data: blob: ${extra.media}`,
    `media-src 'self' blob: ${extra.media}`,
    `connect-src 'self' blob: ${extra.connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
    .map((directive) => directive.trim())
    .join('; ');
}
