// Draws a map's points on the graphics card: one buffer of places to come from, one of places to go to, one of looks. Panning and
// zooming change four numbers. A library would do as well, but those there are compile code as they run, which the window forbids.
import { FRAGMENT_SHADER, VERTEX_SHADER } from './map-shaders.ts';

/** Bits of a point's marks. */
export const FILTERED = 1;
export const SELECTED = 2;
const NEW = 4;

export interface ScatterView {
  /** Box to clip space: `place * scale + offset`. */
  scale: readonly [number, number];
  offset: readonly [number, number];
  /** How far the points have come on their way, 0..1. */
  t: number;
  /** Diameter in device pixels. */
  sizePx: number;
}

/** In this order, so that what matters is drawn above. */
const PASSES = ['filtered', 'plain', 'selected'] as const;
const UNIFORMS = ['scale', 'offset', 't', 'size', 'pass', 'ink'] as const;
type Uniforms = Readonly<Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>>;

export class MapScatter {
  readonly #gl: WebGL2RenderingContext;
  readonly #uniforms: Uniforms;
  readonly #from: WebGLBuffer;
  readonly #to: WebGLBuffer;
  readonly #looks: WebGLBuffer;
  #n = 0;
  #isNew = new Uint8Array(0);
  #passes: readonly boolean[] = [false, true, false];

  /** @throws Error where the browser has no WebGL 2 */
  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true });
    if (!gl) throw new Error('This browser has no WebGL 2.');
    this.#gl = gl;
    const program = linked(gl);
    gl.useProgram(program);
    const places = UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)] as const);
    this.#uniforms = Object.fromEntries(places) as Uniforms;
    this.#from = this.#column(program, 'from', 2, gl.FLOAT);
    this.#to = this.#column(program, 'to', 2, gl.FLOAT);
    this.#looks = this.#column(program, 'look', 4, gl.UNSIGNED_BYTE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** @param from Float32Array [2 n] @param to Float32Array [2 n] @param isNew Uint8Array [n]: these fade in */
  setPoints(from: Float32Array, to: Float32Array, isNew: Uint8Array): void {
    this.#n = isNew.length;
    this.#isNew = Uint8Array.from(isNew);
    this.#fill(this.#from, from);
    this.#fill(this.#to, to);
    this.#fill(this.#looks, new Uint8Array(4 * this.#n));
  }

  /**
   * @param paints Uint8Array [n]: places in the palette
   * @param marks Uint8Array [n]: `FILTERED`, `SELECTED`
   * @param palette Uint8Array [256 x 3]
   */
  setLooks(paints: Uint8Array, marks: Uint8Array, palette: Uint8Array): void {
    const looks = new Uint8Array(4 * this.#n);
    let [nFiltered, nSelected] = [0, 0];
    for (let i = 0; i < this.#n; i++) {
      const mark = marks[i]!;
      for (let channel = 0; channel < 3; channel++) looks[4 * i + channel] = palette[3 * paints[i]! + channel]!;
      looks[4 * i + 3] = this.#isNew[i] === 1 ? mark | NEW : mark;
      if (mark & FILTERED) nFiltered += 1;
      else if (mark & SELECTED) nSelected += 1;
    }
    this.#passes = [nFiltered > 0, nFiltered + nSelected < this.#n, nSelected > 0];
    this.#fill(this.#looks, looks);
  }

  /** Red, green, blue 0..1 of the ring around selected points. */
  setInk(ink: readonly [number, number, number]): void {
    this.#gl.uniform3f(this.#uniforms.ink, ...ink);
  }

  draw({ scale, offset, t, sizePx }: ScatterView): void {
    const gl = this.#gl;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(this.#uniforms.scale, ...scale);
    gl.uniform2f(this.#uniforms.offset, ...offset);
    gl.uniform1f(this.#uniforms.t, t);
    gl.uniform1f(this.#uniforms.size, sizePx);
    for (const pass of PASSES.keys()) {
      if (this.#n === 0 || !this.#passes[pass]) continue;
      gl.uniform1i(this.#uniforms.pass, pass);
      gl.drawArrays(gl.POINTS, 0, this.#n);
    }
  }

  close(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #column(program: WebGLProgram, name: string, size: number, type: number): WebGLBuffer {
    const gl = this.#gl;
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    const place = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, type !== gl.FLOAT, 0, 0);
    return buffer;
  }

  #fill(buffer: WebGLBuffer, values: Float32Array | Uint8Array): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
  }
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, FRAGMENT_SHADER],
  ] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map's shaders do not link: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}
