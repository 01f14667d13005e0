"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, type ButtonProps, IconButton } from "@/components/ui/button";
import { CopyDialog } from "@/components/ui/copy-dialog";
import { copyText } from "@/components/ui/copy-text";

/** How long "Copied" stands, in milliseconds. */
const STANDS = 2000;

type Props = {
  /** Fetches what is to be copied; it is in no list payload (REQ-C5). May reject: then nothing is copied. */
  copy: () => Promise<string>;
  /** Called when `copy` or the clipboard failed for another reason than being missing. */
  onFailed?: (reason: unknown) => void;
  disabledReason?: string | undefined;
  /** The accessible name of the icon form, naming its object. */
  label: string;
  /** With words the button shows them; without it is an icon. */
  children?: ReactNode;
  variant?: ButtonProps["variant"];
};

/** Copies, and answers "Copied" in place. Where the clipboard is missing (plain http) a dialog holds the text selected. */
export function CopyButton({ copy, onFailed, disabledReason, label, children, variant }: Props) {
  const [state, setState] = useState<"idle" | "busy" | "copied">("idle");
  const [byHand, setByHand] = useState<string | null>(null);
  // Fifty rows need no fifty live regions: it is there from the press on, so before the answer.
  const [touched, setTouched] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), STANDS);
    return () => clearTimeout(timer);
  }, [state]);

  const press = async () => {
    if (state === "busy") return;
    setState("busy");
    setTouched(true);
    try {
      const result = await copyText(copy);
      setState(result.copied ? "copied" : "idle");
      if (!result.copied) setByHand(result.text);
    } catch (reason) {
      setState("idle");
      onFailed?.(reason);
    }
  };
  const copied = state === "copied";
  const icon = copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />;
  return (
    <span className="copy">
      {children ? (
        <Button ref={button} icon={icon} disabledReason={disabledReason} variant={variant} onClick={press}>
          {copied ? "Copied" : children}
        </Button>
      ) : (
        <IconButton ref={button} icon={icon} label={label} disabledReason={disabledReason} onClick={press} />
      )}
      {touched ? (
        <span role="status" className={copied && !children ? "copied" : "sr-only"}>
          {copied ? "Copied" : ""}
        </span>
      ) : null}
      <CopyDialog text={byHand} close={() => setByHand(null)} finalFocus={button} />
    </span>
  );
}
