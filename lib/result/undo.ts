/** How long a revocation can be undone, in minutes (REQ-C6). */
export const UNDO_MINUTES = 10;
