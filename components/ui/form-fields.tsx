import type { ComponentProps } from "react";
import { type Control, type FieldPathByValue, type FieldValues, useController } from "react-hook-form";
import { CheckField, TextField } from "@/components/ui/field";

type Controlled<Values extends FieldValues, Value> = {
  control: Control<Values>;
  name: FieldPathByValue<Values, Value>;
};

// Fields are controlled: with `register`, the React Compiler would keep the props from before a reset. They have no
// `name` attribute: before hydration, a submitted form must not put its values into the URL.

/** Renders a text field of a React Hook Form, with its error. */
export function FormTextField<Values extends FieldValues>({
  control,
  name,
  ...props
}: Controlled<Values, string> & Omit<ComponentProps<typeof TextField>, "name" | "ref">) {
  const { field, fieldState } = useController({ control, name });
  return (
    <TextField
      {...props}
      ref={field.ref}
      value={field.value}
      onChange={field.onChange}
      error={fieldState.error?.message}
    />
  );
}

/** Renders a checkbox of a React Hook Form, with its error. */
export function FormCheckField<Values extends FieldValues>({
  control,
  name,
  ...props
}: Controlled<Values, boolean> & Omit<ComponentProps<typeof CheckField>, "name" | "ref">) {
  const { field, fieldState } = useController({ control, name });
  return (
    <CheckField
      {...props}
      ref={field.ref}
      checked={field.value}
      onChange={field.onChange}
      error={fieldState.error?.message}
    />
  );
}
