/** What a screen gets back: a value, or a sentence to show where the person is looking. */
export type ActionResult<T> = { ok: true; value: T } | ActionRefusal;

export type ActionRefusal = {
  ok: false;
  reason: string;
  message: string;
  /** What is wrong with a single field, by its name. */
  fields?: Record<string, string>;
  /** What a form was sent with, passwords and secrets left out, so that nothing typed is lost. */
  values?: Record<string, string>;
};

/** Callable from a component with one object, and as the action of a form, also without JavaScript. */
export interface Action<Input, T> {
  (sent: Input): Promise<ActionResult<T>>;
  (state: ActionResult<T> | null, form: FormData): Promise<ActionResult<T>>;
}
