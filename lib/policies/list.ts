/** People with a policy are counted up to this number; the list shows "10,000+" above it. */
export const MAX_COUNTED_PEOPLE = 10_000;
