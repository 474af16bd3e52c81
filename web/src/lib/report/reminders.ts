import type { components } from '$lib/api/schema';

/** Reminders of tasks and of reports as one list. Pure. */
type OfTask = components['schemas']['ReminderList']['items'][number];
type OfReport = components['schemas']['ReportReminderList']['items'][number];
export interface Reminder {
  on: string;
  task: OfTask | null;
  report: OfReport | null;
}

/** The newest day first; within a day reports before tasks, each newest first. */
export function byDay(tasks: readonly OfTask[], reports: readonly OfReport[]): Reminder[] {
  const made: Reminder[] = [...reports.map((report) => ({ on: report.on, task: null, report })), ...tasks.map((task) => ({ on: task.on, task, report: null }))];
  return made.map((one, i) => ({ one, i })).sort((a, b) => (a.one.on < b.one.on ? 1 : a.one.on > b.one.on ? -1 : a.i - b.i)).map(({ one }) => one);
}
