"use client";

import Download from "lucide-react/icons/download";
import Upload from "lucide-react/icons/upload";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from "react";
import { useController, useForm } from "react-hook-form";
import { createListReader, type ListReader } from "@/components/invitations/list-reader";
import styles from "@/components/invitations/upload-source.module.css";
import { lineContext } from "@/components/invitations/use-preview";
import { Button, buttonClass } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import { FormError } from "@/components/ui/notice";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { MAX_FILE_BYTES } from "@/lib/invitations/list-file/decode";
import type { ListPreview } from "@/lib/invitations/list-file/preview";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import { INVALID_LIST_MESSAGES } from "@/lib/invitations/messages";

/** A selected list: its source, what reads it, its first preview, and the name used for downloads. */
export type SelectedList = {
  source: Uint8Array<ArrayBuffer> | string;
  reader: ListReader;
  preview: ListPreview;
  name: string;
};

/** What file pickers offer; other files can be dropped, and what they are is recognized by their content. */
const ACCEPTED_FILES = [
  ".csv,.tsv,.tab,.txt,.xlsx,.vcf",
  "text/csv,text/plain,text/tab-separated-values,text/vcard",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
].join(",");

type Props = {
  options: InviteOptions;
  onSelect: (selected: SelectedList) => void;
  onDirty: (dirty: boolean) => void;
};

/** Lets the user drop, choose or paste a list, or download the template. */
export function UploadSource({ options, onSelect, onDirty }: Props) {
  const t = useTranslations();
  const {
    control,
    handleSubmit,
    setError,
    clearErrors,
    formState: { errors, isDirty },
  } = useForm({ defaultValues: { text: "" } });
  const { field: text } = useController({ control, name: "text" });
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  const [isReading, setReading] = useState(false);
  const [isDragOver, setDragOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // The list that is read: another one replaces it, and closing the dialog ends it.
  const current = useRef<ListReader>(null);
  useEffect(() => () => current.current?.close(), []);

  const defaultName = t("admin.invitations.upload.source.defaultName");
  const refuse = (message: string) => setError("root.list", { message });
  const selectList = async (source: SelectedList["source"], name: string) => {
    current.current?.close();
    const reader = createListReader(source);
    current.current = reader;
    clearErrors();
    setReading(true);
    const read = await reader
      .preview({ choices: { corrections: {} }, context: lineContext(options), from: 0 })
      .catch(() => undefined);
    if (current.current !== reader || read === null) return;
    setReading(false);
    if (read?.ok) {
      current.current = null;
      return onSelect({ source, reader, preview: read.value, name });
    }
    reader.close();
    refuse(read ? t(INVALID_LIST_MESSAGES[read.reason]) : t("admin.invitations.upload.source.unreadable"));
  };
  const selectFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) return refuse(t(INVALID_LIST_MESSAGES["too-large"]));
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes) return refuse(t("admin.invitations.upload.source.unreadable"));
    await selectList(new Uint8Array(bytes), file.name.replace(/\.[^.]*$/, "") || defaultName);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void selectFile(file);
    else void selectList(event.dataTransfer.getData("text/plain"), defaultName);
  };
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    const inField = event.target instanceof HTMLTextAreaElement;
    if (!file && inField) return;
    event.preventDefault();
    if (file) void selectFile(file);
    else void selectList(event.clipboardData.getData("text/plain"), defaultName);
  };
  const submit = handleSubmit((values) =>
    values.text.trim() === ""
      ? refuse(t("admin.invitations.upload.source.nothingChosen"))
      : selectList(values.text, defaultName),
  );
  return (
    <form
      onSubmit={submit}
      onPaste={paste}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault();
        setDragOver(true);
      }}
      onDragLeave={() => setDragOver(false)}
    >
      <DialogBody>
        <FormError>{errors.root?.list?.message}</FormError>
        <div className={styles.drop} data-over={isDragOver || undefined}>
          <p>{t("admin.invitations.upload.source.drop", { maximum: MAX_RECORDS })}</p>
          <div className={styles.options}>
            <Button icon={<Upload size={16} aria-hidden />} onClick={() => input.current?.click()}>
              {t("admin.invitations.upload.source.chooseFile")}
            </Button>
            <a className={buttonClass("quiet")} href="/invitation-list.csv" download>
              <Download size={16} aria-hidden /> {t("admin.invitations.upload.source.template")}
            </a>
          </div>
          <input
            ref={input}
            hidden
            type="file"
            aria-label={t("admin.invitations.upload.source.file")}
            accept={ACCEPTED_FILES}
            onChange={(event) => {
              void selectFile(event.target.files?.[0]);
              // Allows choosing the same file again after it was edited.
              event.target.value = "";
            }}
          />
        </div>
        <Field
          label={t("admin.invitations.upload.source.paste")}
          hint={t("admin.invitations.upload.source.pasteHint")}
        >
          {(fieldProps) => (
            <textarea
              {...fieldProps}
              className={fieldStyles.input}
              rows={4}
              value={text.value}
              spellCheck={false}
              onChange={text.onChange}
            />
          )}
        </Field>
        <p role="status">{isReading ? t("admin.invitations.upload.source.reading") : null}</p>
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <Button variant="primary" type="submit">
          {t("admin.invitations.upload.source.submit")}
        </Button>
      </DialogActions>
    </form>
  );
}
