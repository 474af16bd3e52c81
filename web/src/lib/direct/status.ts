/** How a target stands, and who answered: each a shape and a word, colour only after them. */
export const STATUSES = ['exceeded', 'completed', 'on_track', 'behind', 'no_data'] as const;
export type Status = (typeof STATUSES)[number];
export type Answer = 'adopted' | 'declined' | 'partly' | 'silent';

export const SHAPES: Record<Status, string> = { exceeded: '▲', completed: '●', on_track: '◐', behind: '▼', no_data: '○' };
export const ANSWER_SHAPES: Record<Answer, string> = { adopted: '●', declined: '✕', partly: '◐', silent: '○' };

const OF_LETTER: Record<string, Status> = { e: 'exceeded', c: 'completed', t: 'on_track', b: 'behind', n: 'no_data' };
const ANSWER_OF_LETTER: Record<string, Answer> = { a: 'adopted', d: 'declined', p: 'partly', s: 'silent' };

/** The heat map's letter; null where nothing was given. */
export const statusOf = (letter: string): Status | null => OF_LETTER[letter] ?? null;
export const answerOf = (letter: string): Answer => ANSWER_OF_LETTER[letter] ?? 'silent';

/** The counts that are not nought, what needs somebody first. */
export function counted(counts: Record<Status, number>): [Status, number][] {
  const order: Status[] = ['behind', 'no_data', 'on_track', 'completed', 'exceeded'];
  return order.flatMap((status) => (counts[status] > 0 ? [[status, counts[status]] as [Status, number]] : []));
}

export interface CoverageRow {
  id: number;
  code: string;
  name: string;
  answers: Answer[];
  silent: number;
  declined: number;
  partly: number;
}

/** The coverage turned so that each unit is a row: the silent first, then who declined, then the rest as they were. */
export function coverageRows(matrix: { units: readonly (readonly unknown[])[]; rows: readonly { states: string }[] }): CoverageRow[] {
  const made = matrix.units.map(([id, code, name], i): CoverageRow => {
    const answers = matrix.rows.map((row) => answerOf(row.states[i] ?? 's'));
    const count = (of: Answer) => answers.filter((one) => one === of).length;
    return { id: Number(id), code: String(code), name: String(name), answers, silent: count('silent'), declined: count('declined'), partly: count('partly') };
  });
  return made
    .map((row, i) => ({ row, i }))
    .sort((a, b) => b.row.silent - a.row.silent || b.row.declined - a.row.declined || b.row.partly - a.row.partly || a.i - b.i)
    .map(({ row }) => row);
}
