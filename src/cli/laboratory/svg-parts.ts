// What the laboratory's SVG figures are put together from.
const FONT = 'Inter, &quot;Helvetica Neue&quot;, &quot;Segoe UI&quot;, Arial, sans-serif';
export const INK = '#1b2130';
export const QUIET = '#5a6375';
export const GRID = '#d9dee8';
export const LINE = 22;
/** Told apart also by people who see few colours (Okabe and Ito 2008), then once more in lighter ones. */
export const COLOURS = '#0072b2 #e69f00 #009e73 #d55e00 #cc79a7 #56b4e9 #8a6d00 #000000 #7a5195 #7fbf7b #b35806 #999999'.split(
  ' ',
);

export function legendEntry(x: number, y: number, name: string, colour: string, isPublished: boolean): string {
  const style = isPublished ? `fill="#ffffff" stroke="${colour}" stroke-width="2"` : `fill="${colour}"`;
  return `<rect x="${x}" y="${y - 6}" width="12" height="12" ${style}/>${text(x + 20, y, name, { anchor: 'start', colour: INK })}`;
}

export interface TextStyle {
  anchor: 'start' | 'middle' | 'end';
  colour: string;
  size?: number;
}

export function text(x: number, y: number, content: string, { anchor, colour, size = 13 }: TextStyle): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" dy="0.35em" text-anchor="${anchor}" fill="${colour}">${escaped(content)}</text>`;
}

export function document(width: number, height: number, title: string, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONT}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="24" y="28" font-size="16" font-weight="600" fill="${INK}">${escaped(title)}</text>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function round(value: number): number {
  return Math.round(100 * value) / 100;
}
