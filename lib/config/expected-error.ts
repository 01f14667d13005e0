/**
 * A fault that is not a bug of ours: a wrong setting, a server that is not there, an edited migration.
 * Its message is a whole sentence for the operator, saying what to do; it is shown without a stack.
 */
export class ExpectedError extends Error {
  override name = "ExpectedError";
  /** What the start looks at, which cannot know the class before anything is installed. */
  readonly isExpected = true;
}
