// XML as text: attributes, children, and nothing that XML 1.0 forbids.

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export type Attributes = Record<string, string | number | null>;

/** Whether XML can hold the text as it is. */
export function isXmlText(text: string): boolean {
  return text.isWellFormed() && text.search(FORBIDDEN) < 0;
}

/** What XML forbids goes; line breaks and tabs survive as references. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"\t\n\r]/g, (char) => ENTITIES[char] ?? `&#${char.charCodeAt(0)};`);
}

/** Attributes that are null are left out. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes).filter(([, value]) => value !== null);
  const head = [name, ...written.map(([key, value]) => `${key}="${escapeXml(String(value))}"`)].join(' ');
  if (children.length === 0) return `<${head}/>`;
  return `<${head}>${children.join('')}</${name}>`;
}

/** An element with a text; nothing for null. */
export function textElement(name: string, text: string | number | null): string {
  return text === null ? '' : `<${name}>${escapeXml(String(text))}</${name}>`;
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
