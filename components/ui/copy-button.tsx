"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, type ButtonProps, IconButton } from "@/components/ui/button";
import styles from "@/components/ui/copy-button.module.css";
import { CopyDialog } from "@/components/ui/copy-dialog";
import { copyToClipboard } from "@/components/ui/copy-to-clipboard";
import hiddenStyles from "@/components/ui/visually-hidden.module.css";

/** How long "Copied" is shown, in milliseconds. */
const COPIED_DURATION = 2000;

type Props = {
  /**
   * Fetches the text to copy, which list payloads do not contain (REQ-C5). If it rejects, nothing is copied.
   */
  copy: () => Promise<string>;
  /** Called if `copy` rejects. */
  onFailed?: (reason: unknown) => void;
  disabledReason?: string | undefined;
  /** The accessible name of the icon button, naming its object. */
  label: string;
  /** The button's text; without it the button is an icon. */
  children?: ReactNode;
  variant?: ButtonProps["variant"];
};

/**
 * Copies text and shows "Copied" in place. Without clipboard access (plain http), a dialog shows the text
 * selected.
 */
export function CopyButton({ copy, onFailed, disabledReason, label, children, variant }: Props) {
  const t = useTranslations();
  const [state, setState] = useState<"idle" | "busy" | "copied">("idle");
  const [fallbackText, setFallbackText] = useState<string | null>(null);
  // The live region is added with the first click, so that fifty rows do not need fifty of them. It must
  // exist before its text changes.
  const [wasPressed, setWasPressed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), COPIED_DURATION);
    return () => clearTimeout(timer);
  }, [state]);

  const handleClick = async () => {
    if (state === "busy") return;
    setState("busy");
    setWasPressed(true);
    try {
      const result = await copyToClipboard(copy);
      setState(result.copied ? "copied" : "idle");
      if (!result.copied) setFallbackText(result.text);
    } catch (reason) {
      setState("idle");
      onFailed?.(reason);
    }
  };
  const copied = state === "copied";
  const icon = copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />;
  return (
    <span className={styles.copy} data-slot="copy">
      {children ? (
        <Button
          ref={button}
          icon={icon}
          disabledReason={disabledReason}
          variant={variant}
          onClick={handleClick}
        >
          {copied ? t("ui.copied") : children}
        </Button>
      ) : (
        <IconButton
          ref={button}
          icon={icon}
          label={label}
          disabledReason={disabledReason}
          onClick={handleClick}
        />
      )}
      {wasPressed ? (
        <span role="status" className={copied && !children ? styles.copied : hiddenStyles.visuallyHidden}>
          {copied ? t("ui.copied") : ""}
        </span>
      ) : null}
      <CopyDialog text={fallbackText} close={() => setFallbackText(null)} finalFocus={button} />
    </span>
  );
}
