import ChevronDown from "lucide-react/icons/chevron-down";
import CircleAlert from "lucide-react/icons/circle-alert";
import { type ComponentPropsWithRef, type ReactNode, useId } from "react";
import styles from "@/components/ui/field.module.css";

type FieldTexts = {
  label: ReactNode;
  /** One line of help under the label. */
  hint?: ReactNode;
  /** What is wrong and how to fix it; also marks the control as invalid. */
  error?: ReactNode;
};

/** The attributes that connect a control to its label, hint and error. */
export type FieldProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/**
 * Renders label, hint and error around any control: `<Field label="Email">{(fieldProps) => <input
 * {...fieldProps} />}</Field>`.
 */
export function Field({
  label,
  hint,
  error,
  children,
}: FieldTexts & { children: (fieldProps: FieldProps) => ReactNode }) {
  const id = useId();
  const fieldProps = buildFieldProps(id, hint, error);
  return (
    <div className={styles.field} data-slot="field">
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hint ? (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children(fieldProps)}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** Renders a single-line text input with its label. */
export function TextField({
  label,
  hint,
  error,
  className,
  ...input
}: FieldTexts & ComponentPropsWithRef<"input">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(fieldProps) => (
        <input
          type="text"
          {...input}
          {...fieldProps}
          className={className ? `${styles.input} ${className}` : styles.input}
        />
      )}
    </Field>
  );
}

/** Renders a native select with its label; `children` are its `<option>`s. */
export function SelectField({ label, hint, error, ...select }: FieldTexts & ComponentPropsWithRef<"select">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(fieldProps) => <Select {...select} {...fieldProps} />}
    </Field>
  );
}

/** Renders a native select without a label, for toolbars. */
export function Select(select: ComponentPropsWithRef<"select">) {
  return (
    <span className={styles.select}>
      <select {...select} className={styles.input} />
      <ChevronDown size={16} aria-hidden />
    </span>
  );
}

/** Renders a checkbox or radio button with its label to the right; the whole line is clickable. */
export function CheckField({
  label,
  hint,
  error,
  type = "checkbox",
  ...input
}: FieldTexts & ComponentPropsWithRef<"input">) {
  const id = useId();
  return (
    <div>
      <label className={styles.checkField} htmlFor={id}>
        <input type={type} {...input} {...buildFieldProps(id, hint, error)} />
        <span>
          <span>{label}</span>
          {hint ? (
            <span className={styles.hint} id={`${id}-hint`}>
              {hint}
            </span>
          ) : null}
        </span>
      </label>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** Renders the error message, or nothing. */
function FieldError({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p className={styles.error} id={id}>
      <CircleAlert size={15} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

function buildFieldProps(id: string, hint: ReactNode, error: ReactNode): FieldProps {
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined };
}
