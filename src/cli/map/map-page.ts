// A map as one HTML file that needs nothing else: pan, zoom, names under the pointer.
import type { MapDrawing } from './map-drawing.ts';

/** What stands under the pointer: title and artist, or the path. */
export type PointNames = readonly string[];

export function mapPage(drawing: MapDrawing, names: PointNames): string {
  const { title, figures, positions, colours, legend, clusters } = drawing;
  const palette = [...new Set(colours)];
  const place = new Map(palette.map((colour, i) => [colour, i]));
  const data = {
    positions: Array.from(positions, (value) => Math.round(value * 1000) / 1000),
    palette,
    colour: colours.map((colour) => place.get(colour)),
    names,
    clusters: clusters.map(({ name, x, y, nTracks }) => ({ name, x, y, nTracks })),
  };
  const key =
    legend.kind === 'named'
      ? legend.entries
          .map(({ name, colour, nTracks }) => `<li><i style="background:${colour}"></i>${text(name)} <b>${nTracks}</b></li>`)
          .join('')
      : `<li class="scale" style="background:linear-gradient(90deg,${legend.colours.join(',')})"></li><li>${text(legend.from)} to ${text(legend.to)}</li>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${text(title)}</title><style>${STYLE}</style></head>
<body><header><h1>${text(title)}</h1>${figures.map((line) => `<p>${text(line)}</p>`).join('')}</header>
<main><canvas id="map" tabindex="0" aria-label="${text(title)}"></canvas><ul id="key">${key}</ul></main><div id="tip" role="status"></div>
<script id="data" type="application/json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
<script>${SCRIPT}</script></body></html>
`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
:root{color-scheme:light dark;font:15px/1.4 system-ui,sans-serif}
body{margin:0;display:flex;flex-direction:column;height:100vh;background:light-dark(#fff,#14171f);color:light-dark(#1b2130,#e6e9f0)}
header{padding:12px 20px}h1{font-size:19px;margin:0}p{margin:2px 0;color:light-dark(#5a6375,#9aa3b5)}
main{flex:1;display:flex;min-height:0}canvas{flex:1;min-width:0;cursor:grab;touch-action:none}
ul{list-style:none;margin:0;padding:0 20px;width:240px;overflow:auto}li{padding:2px 0}
i{display:inline-block;width:12px;height:12px;border-radius:50%;margin-right:8px}b{font-weight:400;color:light-dark(#5a6375,#9aa3b5)}
.scale{height:14px;border-radius:7px}
#tip{position:fixed;pointer-events:none;padding:4px 9px;border-radius:6px;background:#1b2130;color:#fff;display:none;max-width:60ch}`;

const SCRIPT = `
const data = JSON.parse(document.getElementById('data').textContent);
const canvas = document.getElementById('map'), tip = document.getElementById('tip'), pen = canvas.getContext('2d');
const p = data.positions, n = p.length / 2;
let view = null, drag = null;
function fit() {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < n; i++) { x0 = Math.min(x0, p[2*i]); x1 = Math.max(x1, p[2*i]); y0 = Math.min(y0, p[2*i+1]); y1 = Math.max(y1, p[2*i+1]); }
  const scale = 0.92 * Math.min(canvas.clientWidth, canvas.clientHeight) / (Math.max(x1 - x0, y1 - y0) || 1);
  view = { x: (x0 + x1) / 2, y: (y0 + y1) / 2, scale };
}
const toX = (x) => canvas.clientWidth / 2 + (x - view.x) * view.scale, toY = (y) => canvas.clientHeight / 2 - (y - view.y) * view.scale;
function draw() {
  const ratio = devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio; canvas.height = canvas.clientHeight * ratio;
  pen.scale(ratio, ratio);
  const size = Math.max(1.5, Math.min(9, 60 / Math.sqrt(n) * Math.sqrt(view.scale)));
  pen.globalAlpha = 0.8;
  for (let i = 0; i < n; i++) {
    pen.fillStyle = data.palette[data.colour[i]];
    pen.beginPath(); pen.arc(toX(p[2*i]), toY(p[2*i+1]), size, 0, 7); pen.fill();
  }
  pen.globalAlpha = 1; pen.font = '600 14px system-ui'; pen.textAlign = 'center'; pen.lineWidth = 4; pen.lineJoin = 'round';
  const dark = matchMedia('(prefers-color-scheme: dark)').matches, taken = [];
  for (const c of [...data.clusters].sort((a, b) => b.nTracks - a.nTracks)) {
    const x = toX(c.x), y = toY(c.y), half = pen.measureText(c.name).width / 2;
    if (taken.some((t) => Math.abs(t.y - y) < 20 && Math.abs(t.x - x) < t.half + half)) continue;
    taken.push({ x, y, half });
    pen.strokeStyle = dark ? '#14171f' : '#fff'; pen.strokeText(c.name, x, y);
    pen.fillStyle = dark ? '#e6e9f0' : '#1b2130'; pen.fillText(c.name, x, y);
  }
}
function hover(event) {
  let best = -1, least = 144;
  for (let i = 0; i < n; i++) {
    const d = (toX(p[2*i]) - event.offsetX) ** 2 + (toY(p[2*i+1]) - event.offsetY) ** 2;
    if (d < least) { least = d; best = i; }
  }
  tip.style.display = best < 0 ? 'none' : 'block';
  tip.textContent = best < 0 ? '' : data.names[best];
  tip.style.left = Math.min(event.clientX + 14, innerWidth - 320) + 'px'; tip.style.top = event.clientY + 14 + 'px';
}
function zoom(factor, x, y) {
  const wx = view.x + (x - canvas.clientWidth / 2) / view.scale, wy = view.y - (y - canvas.clientHeight / 2) / view.scale;
  view.scale *= factor;
  view.x = wx - (x - canvas.clientWidth / 2) / view.scale; view.y = wy + (y - canvas.clientHeight / 2) / view.scale;
  draw();
}
canvas.addEventListener('pointerdown', (e) => { drag = e; canvas.setPointerCapture(e.pointerId); });
canvas.addEventListener('pointerup', () => { drag = null; });
canvas.addEventListener('pointermove', (e) => {
  if (!drag) return hover(e);
  view.x -= (e.clientX - drag.clientX) / view.scale; view.y += (e.clientY - drag.clientY) / view.scale; drag = e; draw();
});
canvas.addEventListener('wheel', (e) => { e.preventDefault(); zoom(Math.exp(-e.deltaY / 400), e.offsetX, e.offsetY); }, { passive: false });
canvas.addEventListener('keydown', (e) => {
  const step = 60 / view.scale;
  const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[e.key];
  if (move) { view.x += move[0]; view.y += move[1]; draw(); e.preventDefault(); }
  else if (e.key === '+' || e.key === '-') zoom(e.key === '+' ? 1.25 : 0.8, canvas.clientWidth / 2, canvas.clientHeight / 2);
  else if (e.key === '0') { fit(); draw(); }
});
addEventListener('resize', draw);
fit(); draw();`;
