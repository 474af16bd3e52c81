/** Civil days as text, "2025-07-01": they sort as they are. */
export const OPEN = '9999-12-31';

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

function moved(day: string, by: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(at.getTime() + by * 86_400_000).toISOString().slice(0, 10);
}

export const dayBefore = (day: string): string => moved(day, -1);
export const dayAfter = (day: string): string => moved(day, 1);

/** Where a slider may stand: the eve and the day of every change, today, and the day shown. */
export function stops(marks: readonly string[], today: string, shown: string): string[] {
  return [...new Set([...marks.flatMap((mark) => [dayBefore(mark), mark]), today, shown])].sort();
}

/** The way back (the eve of the change that made this day's tree) and on (the next change). */
export function around(marks: readonly string[], shown: string): { back: string | null; on: string | null } {
  const past = marks.filter((mark) => mark <= shown);
  const next = marks.filter((mark) => mark > shown);
  const last = past.length ? past.reduce((a, b) => (a > b ? a : b)) : null;
  return { back: last === null ? null : dayBefore(last), on: next.length ? next.reduce((a, b) => (a < b ? a : b)) : null };
}
