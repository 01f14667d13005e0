"use client";

import { type ReactNode, useState } from "react";
import { TextField } from "@/components/ui/field";

type Props = {
  label: string;
  autoComplete: "current-password" | "new-password";
  hint?: ReactNode;
  error?: ReactNode;
};

/** A password that stays typed when the form comes back with a refusal; it is never sent back by the server. */
export function PasswordField(props: Props) {
  const [value, setValue] = useState("");
  return (
    <TextField
      {...props}
      name="password"
      type="password"
      required
      value={value}
      onChange={(event) => setValue(event.target.value)}
    />
  );
}
