/** What the operator can mend: shown as a sentence, without a stack. The same as ExpectedError, for what runs before an install. */
export class Refusal extends Error {
  isExpected = true;
}
