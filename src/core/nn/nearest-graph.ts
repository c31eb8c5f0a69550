// A graph for nearest neighbours by brute force, written as ONNX bytes: scores = |c|^2 - 2 q.c for every query and candidate
// (one matrix product), and the k least of each row. It has no weights, so it needs no file.

const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const IR_VERSION = 8;
const OPSET = 17;

/** Wire types of protocol buffers. */
const VARINT = 0;
const BYTES = 2;
const FIXED_32 = 5;

type Bytes = readonly number[];

function varint(value: number): Bytes {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

const integer = (field: number, value: number): Bytes => [...varint((field << 3) | VARINT), ...varint(value)];

function message(field: number, ...parts: Bytes[]): Bytes {
  const content = parts.flat();
  return [...varint((field << 3) | BYTES), ...varint(content.length), ...content];
}

const text = (field: number, value: string): Bytes => message(field, [...new TextEncoder().encode(value)]);

function float(field: number, value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [...varint((field << 3) | FIXED_32), ...bytes];
}

// Field numbers are those of onnx.proto3: AttributeProto, NodeProto, ValueInfoProto, GraphProto, ModelProto.
const floatAttribute = (name: string, value: number): Bytes =>
  message(5, text(1, name), float(2, value), integer(20, ATTRIBUTE_FLOAT));

const intAttribute = (name: string, value: number): Bytes =>
  message(5, text(1, name), integer(3, value), integer(20, ATTRIBUTE_INT));

function node(type: string, inputs: string[], outputs: string[], attributes: Bytes[]): Bytes {
  const ends = [...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name))];
  return message(1, ...ends, text(4, type), ...attributes);
}

/** @param dimensions sizes, or names of sizes that are free */
function value(field: number, name: string, elementType: number, dimensions: (string | number)[]): Bytes {
  const sizes = dimensions.map((size) => message(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  return message(field, text(1, name), message(2, message(1, integer(1, elementType), message(2, ...sizes))));
}

/**
 * Inputs: queries [m x d], candidates [n x d], norms [1 x n] (|c|^2), k [1]. Outputs: all [m x n] scores; the
 * least of them, scores [m x k], ascending; index [m x k] of their candidates.
 */
export function nearestGraph(): Uint8Array {
  const graph = message(
    7,
    node('Gemm', ['queries', 'candidates', 'norms'], ['all'], [floatAttribute('alpha', -2), intAttribute('transB', 1)]),
    node('TopK', ['all', 'k'], ['scores', 'index'], [intAttribute('largest', 0)]),
    text(2, 'nearest'),
    value(11, 'queries', FLOAT, ['m', 'd']),
    value(11, 'candidates', FLOAT, ['n', 'd']),
    value(11, 'norms', FLOAT, [1, 'n']),
    value(11, 'k', INT64, [1]),
    value(12, 'all', FLOAT, ['m', 'n']),
    value(12, 'scores', FLOAT, ['m', 'kept']),
    value(12, 'index', INT64, ['m', 'kept']),
  );
  return Uint8Array.from([...integer(1, IR_VERSION), ...graph, ...message(8, text(1, ''), integer(2, OPSET))]);
}
