"use client";

import { type ReactNode, useState } from "react";
import { TextField } from "@/components/ui/field";

type Props = {
  label: string;
  /** Has the word in it, by which a form knows what not to send back. */
  name?: "password" | "currentPassword";
  autoComplete: "current-password" | "new-password";
  hint?: ReactNode;
  error?: ReactNode;
};

/** A password that stays typed when the form comes back with a refusal; it is never sent back by the server. */
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
