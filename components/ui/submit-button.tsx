"use client";

import { useEffect, useRef } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

/**
 * Renders the submit button of a form. While the form is pending it shows a spinner and ignores clicks, but
 * keeps the focus. Afterwards it reveals the first error. Without JavaScript it is a plain submit button.
 */
export function SubmitButton({ pending, icon, onClick, ...rest }: ButtonProps & { pending?: boolean }) {
  const status = useFormStatus();
  const busy = pending ?? status.pending;
  const button = useRef<HTMLButtonElement>(null);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !busy) revealError(button.current?.form);
    wasBusy.current = busy;
  }, [busy]);
  return (
    <Button
      variant="primary"
      type="submit"
      {...rest}
      ref={button}
      icon={busy ? <Spinner /> : icon}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}

/**
 * Reveals the error of a form, which may be off screen. Focuses the first invalid field, which screen readers
 * then read; scrolls an error of the whole form into view, which announces itself.
 */
function revealError(form: HTMLFormElement | null | undefined): void {
  const active = document.activeElement;
  // Does nothing if the user has moved on to another part of the page.
  if (!form || (active !== document.body && !form.contains(active))) return;
  const field = form.querySelector<HTMLElement>('[data-slot="field"] [aria-invalid]');
  if (field) field.focus();
  else form.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
}
