/** The tree of one day: an index over its rows, the rows in sight, and what the keys do in it. Pure. */
export type Row = readonly [id: number, parent: number, code: string, name: string, kind: string, level: number];

export interface Node {
  id: number;
  code: string;
  name: string;
  kind: string;
  level: number;
  parent: Node | null;
  children: Node[];
  /** How many units stand below, all the way down. */
  below: number;
}

export interface Tree {
  nodes: Map<number, Node>;
  roots: Node[];
}

/** One row in sight, with its place for those who only hear it. */
export interface Line {
  node: Node;
  depth: number;
  position: number;
  siblings: number;
}

/** Rows come parents before children; a row whose parent is not among them stands at the top. */
export function plant(rows: readonly Row[]): Tree {
  const nodes = new Map<number, Node>();
  const roots: Node[] = [];
  for (const [id, , code, name, kind, level] of rows) {
    nodes.set(id, { id, code, name, kind, level, parent: null, children: [], below: 0 });
  }
  for (const [id, above] of rows) {
    const node = nodes.get(id);
    const parent = nodes.get(above);
    if (!node) continue;
    if (parent && parent !== node) {
      node.parent = parent;
      parent.children.push(node);
    } else roots.push(node);
  }
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const node = nodes.get(rows[i]?.[0] ?? 0);
    if (node?.parent) node.parent.below += node.below + 1;
  }
  return { nodes, roots };
}

/** The rows in sight when `open` are expanded. */
export function lines(tree: Tree, open: ReadonlySet<number>): Line[] {
  const made: Line[] = [];
  const walk = (all: Node[], depth: number) => {
    all.forEach((node, i) => {
      made.push({ node, depth, position: i + 1, siblings: all.length });
      if (node.children.length && open.has(node.id)) walk(node.children, depth + 1);
    });
  };
  walk(tree.roots, 1);
  return made;
}

/** From the top down to the unit's superior. */
export function superiors(node: Node): Node[] {
  const made: Node[] = [];
  for (let at = node.parent; at && !made.includes(at); at = at.parent) made.unshift(at);
  return made;
}

/** A name for comparing: no marks, no case. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase();
}

/** The name without what the unit is called: "Xã Hòa Bình" → "Hòa Bình". */
export function bare(node: { name: string; kind: string }): string {
  return node.kind !== '' && fold(node.name).startsWith(`${fold(node.kind)} `) ? node.name.slice(node.kind.length + 1) : node.name;
}

/** What a key does: where the focus goes, and which branches open or close. Null when it means nothing here. */
export interface Step {
  focus?: number;
  open?: number[];
  close?: number;
}

export function step(key: string, at: number, shown: readonly Line[], open: ReadonlySet<number>): Step | null {
  const here = shown.findIndex((line) => line.node.id === at);
  const line = shown[here];
  if (!line) return shown[0] ? { focus: shown[0].node.id } : null;
  const { node } = line;
  const to = (index: number): Step => (shown[index] ? { focus: shown[index].node.id } : {});
  switch (key) {
    case 'ArrowDown': return to(here + 1);
    case 'ArrowUp': return to(here - 1);
    case 'Home': return to(0);
    case 'End': return to(shown.length - 1);
    case 'ArrowRight':
      if (node.children.length === 0) return {};
      return open.has(node.id) ? to(here + 1) : { open: [node.id] };
    case 'ArrowLeft':
      if (node.children.length && open.has(node.id)) return { close: node.id };
      return node.parent ? { focus: node.parent.id } : {};
    case '*': {
      const around = node.parent?.children ?? shown.filter((one) => one.depth === 1).map((one) => one.node);
      return { open: around.filter((one) => one.children.length).map((one) => one.id) };
    }
    default: return null;
  }
}

/** The next row after `at` whose name begins so, with or without its kind; marks do not matter. */
export function typed(text: string, at: number, shown: readonly Line[]): number | null {
  const wanted = fold(text);
  const here = shown.findIndex((line) => line.node.id === at);
  // One letter moves on; further letters may stay where they are.
  const from = text.length > 1 ? here : here + 1;
  for (let i = 0; i < shown.length; i += 1) {
    const { node } = shown[(Math.max(from, 0) + i) % shown.length] ?? {};
    if (node && (fold(bare(node)).startsWith(wanted) || fold(node.name).startsWith(wanted))) return node.id;
  }
  return null;
}
