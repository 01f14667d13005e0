/**
 * Returns the chosen options after one was checked or unchecked, in the order of `options`. So a choice that
 * was reverted equals the initial one, and the form is not dirty.
 */
export function toggleChoice<T>(
  options: readonly T[],
  chosen: readonly T[],
  toggled: T,
  isChecked: boolean,
): T[] {
  return options.filter((option) => (option === toggled ? isChecked : chosen.includes(option)));
}
