// The two programs that draw a map's points on the graphics card.

/** Looks are a colour and marks; a point that is not of this pass is put outside of the picture. */
export const VERTEX_SHADER = `#version 300 es
in vec2 from;
in vec2 to;
in vec4 look;
uniform vec2 scale;
uniform vec2 offset;
uniform float t;
uniform float size;
uniform int pass;
flat out vec4 colour;
flat out float diameter;

void main() {
  int marks = int(255.0 * look.a + 0.5);
  int own = (marks & 1) != 0 ? 0 : (marks & 2) != 0 ? 2 : 1;
  gl_Position = own == pass ? vec4(mix(from, to, t) * scale + offset, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  diameter = pass == 0 ? 0.75 * size : pass == 2 ? 1.25 * size + 1.0 : size;
  // Room for the soft edge.
  gl_PointSize = diameter + 1.0;
  float alpha = pass == 0 ? 0.14 : 0.92;
  colour = vec4(look.rgb, (marks & 4) != 0 ? alpha * t : alpha);
}
`;

/** A disc with a soft edge; selected ones have a ring. */
export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;
flat in vec4 colour;
flat in float diameter;
uniform int pass;
uniform vec3 ink;
out vec4 pixel;

void main() {
  float radius = 0.5 * (diameter + 1.0) * length(2.0 * gl_PointCoord - 1.0);
  float cover = clamp(0.5 * diameter - radius + 0.5, 0.0, 1.0);
  float ring = pass == 2 ? clamp(radius - 0.5 * diameter + clamp(0.17 * diameter, 0.8, 2.0), 0.0, 1.0) : 0.0;
  vec3 own = mix(colour.rgb, ink, ring);
  float alpha = cover * colour.a;
  pixel = vec4(own * alpha, alpha);
}
`;
