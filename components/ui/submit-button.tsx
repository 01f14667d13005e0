"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

/**
 * The button that sends its form. While the form is on its way it turns and swallows further presses, but keeps the
 * focus. Without JavaScript it is a plain submit button.
 */
export function SubmitButton({ pending, icon, onClick, ...rest }: ButtonProps & { pending?: boolean }) {
  const status = useFormStatus();
  const busy = pending ?? status.pending;
  return (
    <Button
      variant="primary"
      type="submit"
      {...rest}
      icon={busy ? <Spinner /> : icon}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
