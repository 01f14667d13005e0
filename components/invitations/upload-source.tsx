"use client";

import Download from "lucide-react/icons/download";
import Upload from "lucide-react/icons/upload";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from "react";
import { useController, useForm } from "react-hook-form";
import { TooManyRecords } from "@/components/invitations/too-many-records";
import styles from "@/components/invitations/upload-source.module.css";
import { Button, buttonClass } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import { FormError } from "@/components/ui/notice";
import { MAX_FILE_BYTES } from "@/lib/invitations/list-file/decode";
import { parseList } from "@/lib/invitations/list-file/parse";
import { MAX_RECORDS, type ParsedList } from "@/lib/invitations/list-file/records";
import { INVALID_LIST_MESSAGES } from "@/lib/invitations/messages";

/** A selected list: its source, its records, and the name used for downloads. */
export type SelectedList = { source: Uint8Array<ArrayBuffer> | string; list: ParsedList; name: string };

type Props = { onSelect: (selected: SelectedList) => void; onDirty: (dirty: boolean) => void };

/** Lets the user drop, choose or paste a list, or download the template. */
export function UploadSource({ onSelect, onDirty }: Props) {
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
  const [tooLong, setTooLong] = useState<SelectedList | null>(null);
  const [isDragOver, setDragOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const defaultName = t("admin.invitations.upload.source.defaultName");
  const refuse = (message: string) => setError("root.list", { message });
  const selectList = (source: SelectedList["source"], name: string) => {
    const list = parseList(source);
    setTooLong(null);
    if (!list.ok) return refuse(t(INVALID_LIST_MESSAGES[list.reason]));
    clearErrors();
    const selected = { source, list: list.value, name };
    if (list.value.records.length > MAX_RECORDS) setTooLong(selected);
    else onSelect(selected);
  };
  const selectFile = async (file: File | undefined) => {
    if (!file) return;
    setTooLong(null);
    if (file.size > MAX_FILE_BYTES) return refuse(t(INVALID_LIST_MESSAGES["too-large"]));
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes) return refuse(t("admin.invitations.upload.source.unreadable"));
    selectList(new Uint8Array(bytes), file.name.replace(/\.[^.]*$/, "") || defaultName);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void selectFile(file);
    else selectList(event.dataTransfer.getData("text/plain"), defaultName);
  };
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    const inField = event.target instanceof HTMLTextAreaElement;
    if (!file && inField) return;
    event.preventDefault();
    if (file) void selectFile(file);
    else selectList(event.clipboardData.getData("text/plain"), defaultName);
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
        {tooLong ? <TooManyRecords list={tooLong.list} name={tooLong.name} /> : null}
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
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
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
