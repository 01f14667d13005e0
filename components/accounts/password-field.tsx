"use client";

import { type ReactNode, useState } from "react";
import { TextField } from "@/components/ui/field";

type Props = {
  label: string;
  /** Must contain "password": the server does not return such fields with a refused form. */
  name?: "password" | "currentPassword";
  autoComplete: "current-password" | "new-password";
  hint?: ReactNode;
  error?: ReactNode;
};

/** A password field that keeps its value after a refusal, because the server never returns it. */
export function PasswordField(props: Props) {
  const [value, setValue] = useState("");
  return (
    <TextField
      name="password"
      {...props}
      type="password"
      required
      value={value}
      onChange={(event) => setValue(event.target.value)}
    />
  );
}
