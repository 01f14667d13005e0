/** How many people of one policy are counted at most; beyond it the list says "10,000+". */
export const MOST_COUNTED = 10_000;
