// Names for files that every system accepts: FAT, exFAT, NTFS and those of Linux and macOS.

/** Bytes and UTF-16 units a name may have, room left for what a copying program adds. */
const MAX_LENGTH = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f\u007f]+/g;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A playlist's name as a file name. */
export function fileNameOf(name: string): string {
  const cleaned = safeName(name);
  return cleaned === '' ? 'playlist' : cleaned;
}

/** '' when nothing is left of it. */
export function safeName(name: string, maxLength = MAX_LENGTH): string {
  const cleaned = cutName(name.toWellFormed().normalize('NFC').replace(FORBIDDEN, '-').trim(), maxLength).replace(/[. ]+$/, '');
  return RESERVED.test(cleaned) ? `_${cleaned}` : cleaned;
}

/** No more UTF-8 bytes than that, without cutting a character in two. */
function cutName(name: string, maxLength: number): string {
  if (Buffer.byteLength(name) <= maxLength) return name;
  let kept = '';
  let nBytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    nBytes += Buffer.byteLength(segment);
    if (nBytes > maxLength) break;
    kept += segment;
  }
  return kept;
}
