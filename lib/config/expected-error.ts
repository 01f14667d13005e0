/**
 * An error that is not a bug: an invalid setting, an unreachable server, an edited migration. Its message
 * tells the operator what to do and is shown without a stack trace.
 */
export class ExpectedError extends Error {
  override name = "ExpectedError";
  /**
   * The bootstrap script checks this property, because it cannot import the class before the packages are
   * installed.
   */
  readonly isExpected = true;
}
