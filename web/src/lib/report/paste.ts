import { folded } from './regimes';

/** A block copied from a sheet, and where its figures go in a form. Pure. */
export interface Block {
  rows: string[][];
  /** What the sheet itself says its decimal sign is; none when it does not say. */
  decimal: ',' | '.' | null;
}
export interface Line { key: string; code: string; name: string; isOpen: boolean }
export interface Placed {
  fills: { key: string; text: string }[];
  /** Figures for lines that cannot be typed into, and figures that no line is there for. */
  closed: string[];
  left: string[];
  /** Lines were found by their code or name, not by their place. */
  isByName: boolean;
}

/** Rows of tab-separated cells; a cell with breaks or tabs stands in quotes, as spreadsheets write it. */
function rowsOf(plain: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  const text = plain.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let i = 0; i <= text.length; i += 1) {
    const letter = text[i];
    if (letter === '"' && cell === '' && /"(\t|\n|$)/.test(text.slice(i + 1))) {
      for (i += 1; i < text.length && !(text[i] === '"' && text[i + 1] !== '"'); i += 1) {
        cell += text[i];
        if (text[i] === '"') i += 1; // two quotes are one
      }
    } else if (letter === '\t') {
      row.push(cell);
      cell = '';
    } else if (letter === '\n' || letter === undefined) {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
    } else cell += letter;
  }
  return rows;
}

/** None for a single cell: that is ordinary typing. Excel says its decimal sign in the HTML beside the plain text. */
export function blockOf(plain: string, html: string): Block | null {
  if (!/[\t\n\r]/.test(plain.replace(/[\r\n]+$/, ''))) return null;
  const said = /mso-displayed-decimal-separator:\s*"\\?([.,])"/.exec(html)?.[1];
  return { rows: rowsOf(plain), decimal: said === ',' || said === '.' ? said : null };
}

const bare = (text: string) => text.replace(/[\s\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g, '');
const named = (text: string) => folded(text.replace(/\s+/g, ' ').trim());
const isFigure = (text: string) => /^[-+(]?[\d.,]*\d[\d.,]*\)?%?$/.test(bare(text));

/** As it is typed here: groups away and a decimal comma, where the sheet says which is which; untouched where it does not. */
export function typedOf(text: string, decimal: Block['decimal']): string {
  const plain = bare(text);
  if (decimal === null || !isFigure(plain)) return text.trim();
  const groups = decimal === ',' ? '.' : ',';
  return plain.replaceAll(groups, '').replace(decimal, ',');
}

/** Whether a column only counts its rows, from one. */
function isNumbering(column: string[]): boolean {
  const numbers = column.filter(isFigure).map((text) => Number(bare(text)));
  return numbers.length > 1 && numbers.every((number, i) => number === i + 1);
}

/**
 * One column goes down from the line `from`, a closed line taking its figure away with it so that the others stay in place. Where
 * a column holds codes or names of lines, each figure goes to its own line. Null when it cannot be told which column is meant.
 */
export function placed(block: Block, lines: readonly Line[], from: string): Placed | null {
  const width = Math.max(...block.rows.map((row) => row.length));
  const column = (at: number) => block.rows.map((row) => row[at] ?? '');
  const known = new Map<string, Line>();
  for (const line of lines) {
    for (const name of [line.code, line.name]) if (!known.has(named(name))) known.set(named(name), line);
  }
  const columns = Array.from({ length: width }, (_, at) => column(at));
  const labels = columns.findIndex((cells) => cells.filter((cell) => known.has(named(cell))).length * 2 >= cells.length);
  const figures = columns.map((cells, at) => ({ at, cells })).filter(({ at, cells }) => at !== labels && cells.some(isFigure) && (width === 1 || !isNumbering(cells)));
  const values = width === 1 ? columns[0] : figures.length === 1 ? figures[0]?.cells : undefined;
  if (!values) return null;
  const made: Placed = { fills: [], closed: [], left: [], isByName: labels >= 0 };
  const begin = lines.findIndex((line) => line.key === from);
  values.forEach((value, i) => {
    if (bare(value) === '') return;
    const line = labels >= 0 ? known.get(named(columns[labels]?.[i] ?? '')) : lines[begin + i];
    const text = typedOf(value, block.decimal);
    if (!line) {
      if (labels < 0 || isFigure(value)) made.left.push(text);
    } else if (!line.isOpen) made.closed.push(line.key);
    else made.fills.push({ key: line.key, text });
  });
  return made;
}
