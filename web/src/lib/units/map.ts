/** Boundaries as shapes on paper: degrees flattened with the cosine of the middle latitude. Pure. */
type Point = readonly [number, number];
type Ring = Point[];

export interface Feature {
  id: number;
  properties: { code: string; name: string; source: string };
  geometry: unknown;
}
export interface Shape {
  id: number;
  name: string;
  path: string;
  label: { x: number; y: number; size: number; lines: string[] } | null;
  area: number;
}
export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
}

/** The polygons of a geometry, each its outer ring and its holes; nothing when it is of another kind. */
export function polygons(geometry: unknown): Ring[][] {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown };
  if (type === 'Polygon') return [coordinates as Ring[]];
  if (type === 'MultiPolygon') return coordinates as Ring[][];
  return [];
}

export function draw(features: readonly Feature[], width: number, tallest: number, write: (name: string) => string = (name) => name): Drawing {
  const all = features.map((feature) => ({ feature, parts: polygons(feature.geometry) })).filter((one) => one.parts.length);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { parts } of all) {
    for (const part of parts) {
      for (const [x, y] of part[0] ?? []) {
        [west, east] = [Math.min(west, x), Math.max(east, x)];
        [south, north] = [Math.min(south, y), Math.max(north, y)];
      }
    }
  }
  if (all.length === 0 || east <= west || north <= south) return { width: 0, height: 0, shapes: [] };
  const flat = Math.cos((((north + south) / 2) * Math.PI) / 180);
  const margin = 6;
  const scale = Math.min((width - 2 * margin) / ((east - west) * flat), (tallest - 2 * margin) / (north - south));
  const place = ([x, y]: Point): Point => [tenth((x - west) * flat * scale + margin), tenth((north - y) * scale + margin)];
  const shapes = all.map(({ feature, parts }) => {
    const rings = parts.map((part) => part.map((ring) => ring.map(place)));
    const largest = rings.map((part) => part[0] ?? []).reduce((a, b) => (Math.abs(area(a)) >= Math.abs(area(b)) ? a : b));
    return {
      id: feature.id,
      name: feature.properties.name,
      path: rings.flat().map(outline).join(''),
      label: label(write(feature.properties.name), largest),
      area: Math.abs(area(largest))
    };
  });
  return {
    width: Math.ceil((east - west) * flat * scale + 2 * margin),
    height: Math.ceil((north - south) * scale + 2 * margin),
    shapes: shapes.sort((a, b) => b.area - a.area)
  };
}

const tenth = (number: number) => Math.round(number * 10) / 10;

function outline(ring: readonly Point[]): string {
  let last = '';
  const points = ring.map(([x, y]) => `${x} ${y}`).filter((one) => one !== last && ((last = one), true));
  return points.length < 3 ? '' : `M${points.join('L')}Z`;
}

function area(ring: readonly Point[]): number {
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] ?? [x, y];
    sum += x * ny - nx * y;
  });
  return sum / 2;
}

/** The centre of gravity, moved into the middle of the widest stretch at its height. */
function centre(ring: readonly Point[]): Point {
  const whole = area(ring) * 6;
  let [cx, cy] = [0, 0];
  ring.forEach(([x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] ?? [x, y];
    const cross = x * ny - nx * y;
    cx += (x + nx) * cross;
    cy += (y + ny) * cross;
  });
  return whole === 0 ? (ring[0] ?? [0, 0]) : [cx / whole, cy / whole];
}

/** The widest inner stretch of the ring at a height: [from, to]. */
export function stretch(ring: readonly Point[], height: number): Point {
  const cuts: number[] = [];
  ring.forEach(([x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] ?? [x, y];
    if (y > height !== ny > height) cuts.push(x + ((height - y) / (ny - y)) * (nx - x));
  });
  cuts.sort((a, b) => a - b);
  let widest: Point = [0, 0];
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const [from, to] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    if (to - from > widest[1] - widest[0]) widest = [from, to];
  }
  return widest;
}

const LETTER = 0.54;
const SIZES = [14, 12, 10.5];

/** The name where it fits into the shape, in one line or two; null where it does not. */
function label(name: string, ring: readonly Point[]): Shape['label'] {
  const [, y] = centre(ring);
  for (const size of SIZES) {
    for (const texts of [[name], halves(name)]) {
      const needed = Math.max(...texts.map((text) => text.length)) * LETTER * size + 4;
      const half = (texts.length * size * 1.15) / 2;
      const spans = [y - half, y, y + half].map((at) => stretch(ring, at));
      const [from, to] = [Math.max(...spans.map((one) => one[0])), Math.min(...spans.map((one) => one[1]))];
      if (to - from >= needed) return { x: tenth((from + to) / 2), y: tenth(y), size, lines: texts };
    }
  }
  return null;
}

function halves(name: string): string[] {
  const words = name.split(' ');
  if (words.length < 2) return [name];
  const cut = Math.ceil(words.length / 2);
  return [words.slice(0, cut).join(' '), words.slice(cut).join(' ')];
}
