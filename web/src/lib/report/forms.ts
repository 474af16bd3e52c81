import type { Schemas } from '$lib/api/client';

export type Readings = Schemas['FormReadings'];
export type ReadFile = Readings['files'][number];
export type Reading = Schemas['FormReading'];
export type Mapping = Schemas['FormMapping'];
export type Told = Schemas['FormTold'];
export type RowKind = Schemas['FormRowKind'];

/** "H", "O, P", "o+p" as letters of columns; nothing for a column the workbook does not have. */
export function letters(typed: string): string[] {
  return typed.toUpperCase().split(/[^A-Z]+/).filter(Boolean);
}

/** The mapping with one column read elsewhere: what the program proposed of the others stays. */
export function withColumn(mapping: Mapping, code: string, typed: string): Mapping {
  const columns = (mapping.columns ?? []).map((one) => (one.code === code ? { code, columns: letters(typed) } : one));
  return { ...mapping, columns: columns.some((one) => one.code === code) ? columns : [...columns, { code, columns: letters(typed) }] };
}

/** The mapping with what a person decided of one row; null: as the program reads it. */
export function withRow(mapping: Mapping, row: number, kind: RowKind | null): Mapping {
  const others = (mapping.rows ?? []).filter((one) => one.row !== row);
  return { ...mapping, rows: kind ? [...others, { row, kind }].sort((a, b) => a.row - b.row) : others };
}

/** What a person has to look at first: differences that are more than rounding, then doubts. */
export function weighed(reading: Reading): { differs: Reading['differences']; slight: Reading['differences'] } {
  return { differs: reading.differences.filter((one) => one.kind === 'differs'), slight: reading.differences.filter((one) => one.kind !== 'differs') };
}
