// Any text as the source of a pattern that fits it letter for letter.

export function plainPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
