/**
 * An error that the operator can fix, shown without a stack trace: ExpectedError for code that runs before an
 * install.
 */
export class StartupError extends Error {
  isExpected = true;
}
