import type { ComponentPropsWithRef, ReactNode } from "react";

export type ButtonVariant = "primary" | "plain" | "quiet" | "danger";
export type ButtonSize = "regular" | "small";

/** The classes of a button, for a link that looks like one: `<a className={buttonClass("primary")} href=…>`. */
export function buttonClass(variant: ButtonVariant = "plain", size: ButtonSize = "regular"): string {
  const small = size === "small" ? " button-small" : "";
  return variant === "plain" ? `button${small}` : `button button-${variant}${small}`;
}

type Common = ComponentPropsWithRef<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Why it cannot be pressed now. The button stays focusable, says so, and does nothing (spec/ux.md, REQ-A5). */
  disabledReason?: string | undefined;
};

export type ButtonProps = Common & { icon?: ReactNode };

/** A button. `type` is "button" unless given; works on the server and without JavaScript. */
export function Button({ variant, size, icon, disabledReason, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...refusal(disabledReason)}
      className={join(buttonClass(variant, size), className)}
    >
      {icon}
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<Common, "children" | "aria-label"> & {
  /** The accessible name, naming its object: "Copy invitation code for lea@fabrikam.org". */
  label: string;
  icon: ReactNode;
  /** Shown on hover and focus; leave it out where the icon explains itself. */
  tip?: string;
};

/** A square button that holds an icon only. */
export function IconButton({
  label,
  icon,
  tip,
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
      {...(tip ? { title: tip, "data-tip": "" } : {})}
      {...refusal(disabledReason)}
      className={join(`${buttonClass(variant ?? "quiet")} icon-button`, className)}
    >
      {icon}
    </button>
  );
}

/** What makes a button refuse: `disabled` would take it out of reach of the keyboard, and its reason with it. */
function refusal(reason: string | undefined) {
  if (!reason) return {};
  return {
    type: "button",
    "aria-disabled": true,
    onClick: undefined,
    title: reason,
    "data-tip": "",
  } as const;
}

function join(own: string, more: string | undefined): string {
  return more ? `${own} ${more}` : own;
}
