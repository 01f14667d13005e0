"use client";

import Pencil from "lucide-react/icons/pencil";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import styles from "@/components/invitations/address-cell.module.css";
import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import { displayAddress } from "@/lib/email-address/display-address";
import type { PreviewLine } from "@/lib/invitations/list-file/preview";

type Props = PreviewLine & {
  /** The text that replaces the line now; the preview can be of an earlier text. */
  correction: string | undefined;
  onCorrect: (correction: string | undefined) => void;
};

const SKIP_LINE = "skip-line";

/**
 * The editable address of a line (REQ-B5): a select if the line has addresses to choose from or to confirm
 * (REQ-B11), otherwise a text field. Clearing it skips the line.
 */
export function AddressCell({ line, original, correction, onCorrect }: Props) {
  const t = useTranslations();
  const [isOpen, setOpen] = useState(false);
  const place = { line: line.line, person: (line.index ?? 0) + 1 };
  const isPart = line.index !== undefined;
  const name = isPart
    ? t("admin.invitations.upload.preview.addressOfPerson", place)
    : t("admin.invitations.upload.preview.address", { line: line.line });
  const edit = (
    <IconButton
      label={
        isPart
          ? t("admin.invitations.upload.preview.editPerson", place)
          : t("admin.invitations.upload.preview.edit", { line: line.line })
      }
      icon={<Pencil size={15} aria-hidden />}
      onClick={() => setOpen(true)}
    />
  );
  const { choices } = original;
  const isChoice = !correction || (choices ?? []).includes(correction);
  if (choices && isChoice && !isOpen)
    return (
      <span className={styles.address}>
        <Select
          aria-label={name}
          value={correction === "" ? SKIP_LINE : (correction ?? "")}
          onChange={({ target: { value } }) => onCorrect(value === SKIP_LINE ? "" : value || undefined)}
        >
          <option value="">
            {original.status === "two-addresses"
              ? t("admin.invitations.upload.preview.choose")
              : t("admin.invitations.upload.preview.confirm")}
          </option>
          {choices.map((address) => (
            <option key={address} value={address}>
              {original.status === "two-addresses"
                ? displayAddress(address)
                : t("admin.invitations.upload.preview.use", { address: displayAddress(address) })}
            </option>
          ))}
          <option value={SKIP_LINE}>{t("admin.invitations.upload.preview.skip")}</option>
        </Select>
        {edit}
      </span>
    );
  if (!isOpen && line.status === "ready" && line.address && correction === undefined)
    return (
      <span className={styles.address}>
        <span>{displayAddress(line.address)}</span>
        {edit}
      </span>
    );
  return (
    <AddressInput
      name={name}
      value={correction ?? textToEdit(original)}
      isInvalid={line.status !== "ready" && line.status !== "skipped"}
      onCorrect={onCorrect}
      focusOnMount={isOpen}
    />
  );
}

/** Returns the text that a correction begins with. */
function textToEdit({ address, choices = [], text, cells }: PreviewLine["original"]): string {
  const [likely] = choices;
  const known = address ?? (choices.length === 1 ? likely : undefined);
  return known
    ? displayAddress(known)
    : (text ?? cells.find((cell) => cell.includes("@")) ?? "").slice(0, 1000);
}

function AddressInput(props: {
  name: string;
  value: string;
  isInvalid: boolean;
  onCorrect: (correction: string) => void;
  focusOnMount: boolean;
}) {
  const { name, value, isInvalid, onCorrect, focusOnMount } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focusOnMount) input.current?.focus();
  }, [focusOnMount]);
  return (
    <input
      ref={input}
      className={fieldStyles.input}
      type="text"
      inputMode="email"
      autoComplete="off"
      spellCheck={false}
      maxLength={1000}
      aria-label={name}
      aria-invalid={isInvalid || undefined}
      value={value}
      onChange={(event) => onCorrect(event.target.value)}
      onKeyDown={(event) => {
        // Enter must not submit the form while a line is edited.
        if (event.key === "Enter") event.preventDefault();
      }}
    />
  );
}
