/** The words a paper is registered with. */
export const PROFILES = ['party-36-2018', 'party-05-2026', 'state-nd30-2020', 'front'] as const;
export const RELATIONS = ['makes_concrete', 'implements', 'amends', 'replaces', 'answers'] as const;
