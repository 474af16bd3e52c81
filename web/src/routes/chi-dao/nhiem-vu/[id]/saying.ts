/** What can be said of a task by a form of its own, in the order of its buttons. */
export const SAYS = ['progress', 'evidence', 'done', 'overdue_reason', 'ask_extension', 'reopened', 'cancelled'] as const;
export type Say = (typeof SAYS)[number];

/** The act that allows it. */
export const ACT: Record<Say, string> = {
  progress: 'progress', evidence: 'evidence', done: 'done', overdue_reason: 'overdue_reason', ask_extension: 'ask_extension', reopened: 'reopen', cancelled: 'cancel'
};
export const REASONED: readonly Say[] = ['overdue_reason', 'ask_extension', 'reopened', 'cancelled'];
export const WITH_FILE: readonly Say[] = ['progress', 'evidence', 'done'];
