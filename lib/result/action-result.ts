/** The result that an action returns to the browser: a value, or a refusal with a message to show. */
export type ActionResult<T> = { ok: true; value: T } | ActionRefusal;

export type ActionRefusal = {
  ok: false;
  reason: string;
  message: string;
  /** Validation messages by field name. */
  fields?: Record<string, string>;
  /** The submitted form values without passwords and secrets, so that the form keeps its input. */
  values?: Record<string, string>;
};

/**
 * A server action: called from a component with one object, or used as a form action, which works without
 * JavaScript.
 */
export interface ServerAction<Input, T> {
  (input: Input): Promise<ActionResult<T>>;
  (state: ActionResult<T> | null, form: FormData): Promise<ActionResult<T>>;
}
