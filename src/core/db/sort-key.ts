// Text keys lists are sorted by: case and accents folded, numbers inside a text in numeric order, length bounded.

const MAX_KEY_LENGTH = 120;

/** "Café 9" before "CAFE 10": folded, digit runs padded. */
export function foldForSort(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\d{1,8}/g, (digits) => digits.padStart(8, '0'))
    .trim()
    .slice(0, MAX_KEY_LENGTH);
}

/** The key paths are compared by: file systems differ in how they compose accents. */
export function pathKeyOf(path: string): string {
  return path.normalize('NFC');
}
