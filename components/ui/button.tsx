import type { ComponentPropsWithRef, ReactNode } from "react";
import styles from "@/components/ui/button.module.css";

export type ButtonVariant = "primary" | "plain" | "quiet" | "danger";
export type ButtonSize = "regular" | "small";

/**
 * Returns the classes of a button, for a link that looks like one: `<a className={buttonClass("primary")}
 * href=…>`.
 */
export function buttonClass(variant: ButtonVariant = "plain", size: ButtonSize = "regular"): string {
  const classes = [styles.button, variant !== "plain" && styles[variant], size === "small" && styles.small];
  return classes.filter(Boolean).join(" ");
}

/** Returns the classes of a square button with an icon only. */
export function iconButtonClass(variant: ButtonVariant = "quiet"): string {
  return `${buttonClass(variant)} ${styles.icon}`;
}

type BaseProps = ComponentPropsWithRef<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /**
   * Why the button is disabled. It stays focusable, shows the reason and does nothing (docs/ui-rules.md,
   * REQ-A5).
   */
  disabledReason?: string | undefined;
};

export type ButtonProps = BaseProps & { icon?: ReactNode };

/** Renders a button. `type` defaults to "button". Works in server components and without JavaScript. */
export function Button({ variant, size, icon, disabledReason, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...disabledProps(disabledReason)}
      className={joinClasses(buttonClass(variant, size), className)}
    >
      {icon}
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<BaseProps, "children" | "aria-label"> & {
  /** The accessible name, naming its object: "Copy invitation code for lea@fabrikam.org". */
  label: string;
  icon: ReactNode;
  /** Shown on hover and focus; omit it if the icon is self-explanatory. */
  tooltip?: string;
};

/** Renders a square button with an icon only. */
export function IconButton({
  label,
  icon,
  tooltip,
  disabledReason,
  variant,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      {...(tooltip ? { title: tooltip, "data-tip": "" } : {})}
      {...disabledProps(disabledReason)}
      className={joinClasses(iconButtonClass(variant), className)}
      data-slot="icon-button"
    >
      {icon}
    </button>
  );
}

/**
 * Returns the props of a disabled button. Uses `aria-disabled`, because `disabled` would make the reason
 * unreachable by keyboard.
 */
function disabledProps(reason: string | undefined) {
  if (!reason) return {};
  return {
    type: "button",
    "aria-disabled": true,
    onClick: undefined,
    title: reason,
    "data-tip": "",
  } as const;
}

function joinClasses(own: string, more: string | undefined): string {
  return more ? `${own} ${more}` : own;
}
