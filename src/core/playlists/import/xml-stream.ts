// XML as a stream of elements and texts. Entities of a document type are never read, so that none can grow; depth and the
// length of a text are bounded.
import sax from 'sax';

const MAX_DEPTH = 100;
/** Longer texts are no name and no path; what is beyond is not kept. */
const MAX_TEXT = 32 * 1024;
const CHUNK = 64 * 1024;

export interface XmlListener {
  open(name: string): void;
  /** With the element's own text. */
  close(name: string, text: string): void;
}

/** Names come without their prefix. @throws Error where it is not well formed */
export function readXml(content: string, listener: XmlListener): void {
  const texts: string[] = [];
  // Only with positions does sax bound what it holds of a text or an attribute.
  const parser = sax.parser(true, { position: true });
  const add = (text: string): void => {
    const top = texts.length - 1;
    if (top >= 0 && texts[top]!.length < MAX_TEXT) texts[top] += text;
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name }) => {
    if (texts.push('') > MAX_DEPTH) throw new Error(`its elements are nested deeper than ${MAX_DEPTH}`);
    listener.open(localName(name));
  };
  parser.onclosetag = (name) => listener.close(localName(name), texts.pop() ?? '');
  for (let at = 0; at < content.length; at += CHUNK) parser.write(content.slice(at, at + CHUNK));
  parser.close();
}

/** The outermost element, without its prefix; null when there is none near the beginning. */
export function rootOf(content: string): string | null {
  const head = content.slice(0, 10_000).replace(/<!--[\s\S]*?-->/g, '');
  const [, name] = /<([A-Za-z_][\w.:-]*)/.exec(head) ?? [];
  return name === undefined ? null : localName(name);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
