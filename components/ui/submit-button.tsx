"use client";

import { useEffect, useRef } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

/**
 * The button that sends its form. While the form is on its way it turns and swallows further presses, but keeps the
 * focus. What was refused is then brought to whoever pressed. Without JavaScript it is a plain submit button.
 */
export function SubmitButton({ pending, icon, onClick, ...rest }: ButtonProps & { pending?: boolean }) {
  const status = useFormStatus();
  const busy = pending ?? status.pending;
  const button = useRef<HTMLButtonElement>(null);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !busy) showRefusal(button.current?.form);
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
 * Of a form longer than the screen the button is pressed far from what is wrong. The first field that was refused gets the
 * focus, so that it is seen and read out; a refusal of the whole form is read out by itself, and comes into sight.
 */
function showRefusal(form: HTMLFormElement | null | undefined): void {
  const active = document.activeElement;
  // Whoever went on to something else meanwhile is left there.
  if (!form || (active !== document.body && !form.contains(active))) return;
  const field = form.querySelector<HTMLElement>(".field [aria-invalid]");
  if (field) field.focus();
  else form.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
}
