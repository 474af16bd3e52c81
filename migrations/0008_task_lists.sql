-- Lists of tasks are told by due day: one index for each way to walk them in that order.
drop index task_by_programme;
drop index task_by_lead;
drop index task_by_parent;
create index task_by_due_day on task (due_on, id);
create index task_by_programme_due on task (programme_id, due_on, id);
create index task_by_parent_due on task (parent_id, due_on, id);
