/** How long **Undo** of a revocation is offered, in minutes (REQ-C6). */
export const UNDO_MINUTES = 10;
