/** Days a report came, or still is, after its day; 0 when it is in time. Instants are read at +07:00. Pure. */
export function lateBy(report: { due_on: string; submitted_at: string | null }, today: string): number {
  const on = report.submitted_at ? new Date(Date.parse(report.submitted_at) + 7 * 3_600_000).toISOString().slice(0, 10) : today;
  return Math.max(0, Math.round((Date.parse(on) - Date.parse(report.due_on)) / 86_400_000)) || 0;
}

/** Those who have not handed in, the latest first. */
export function silentOf<T extends { state: string; due_on: string }>(reports: readonly T[]): T[] {
  return reports.filter((one) => one.state === 'draft' || one.state === 'returned').sort((a, b) => (a.due_on < b.due_on ? -1 : a.due_on > b.due_on ? 1 : 0));
}
