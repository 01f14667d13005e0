import ChevronDown from "lucide-react/icons/chevron-down";
import CircleAlert from "lucide-react/icons/circle-alert";
import { type ComponentPropsWithRef, type ReactNode, useId } from "react";

type Words = {
  label: ReactNode;
  /** One line under the label that helps before anything is wrong. */
  hint?: ReactNode;
  /** What is wrong and how to mend it; the control is then marked invalid. */
  error?: ReactNode;
};

/** What a control needs to belong to its label, hint and error. */
export type Wiring = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** Label, hint and error around any control: `<Field label="Email">{(wiring) => <input {...wiring} />}</Field>`. */
export function Field({ label, hint, error, children }: Words & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const wiring = wire(id, hint, error);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children(wiring)}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** One line of text: an address, a name, a password, a code. */
export function TextField({
  label,
  hint,
  error,
  className,
  ...input
}: Words & ComponentPropsWithRef<"input">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <input type="text" {...input} {...wiring} className={className ? `input ${className}` : "input"} />
      )}
    </Field>
  );
}

/** The browser's own choice of one; `children` are its `<option>`s. */
export function SelectField({ label, hint, error, ...select }: Words & ComponentPropsWithRef<"select">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => <Select {...select} {...wiring} />}
    </Field>
  );
}

/** A bare select, for bars that carry their own label. */
export function Select(select: ComponentPropsWithRef<"select">) {
  return (
    <span className="select">
      <select {...select} className="input" />
      <ChevronDown size={16} aria-hidden />
    </span>
  );
}

/** A checkbox or radio with its words to the right; the whole line is the target. */
export function CheckField({
  label,
  hint,
  error,
  type = "checkbox",
  ...input
}: Words & ComponentPropsWithRef<"input">) {
  const id = useId();
  return (
    <div>
      <label className="check" htmlFor={id}>
        <input type={type} {...input} {...wire(id, hint, error)} />
        <span>
          <span>{label}</span>
          {hint ? (
            <span className="field-hint" id={`${id}-hint`}>
              {hint}
            </span>
          ) : null}
        </span>
      </label>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** An error line; nothing at all while there is none. */
function FieldError({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p className="field-error" id={id}>
      <CircleAlert size={15} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

function wire(id: string, hint: ReactNode, error: ReactNode): Wiring {
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined };
}
