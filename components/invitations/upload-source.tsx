"use client";

import Download from "lucide-react/icons/download";
import Upload from "lucide-react/icons/upload";
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
import { messageFor, refused } from "@/lib/result/result";

/** A selected list: its source, its records, and the name used for downloads. */
export type SelectedList = { source: Uint8Array<ArrayBuffer> | string; list: ParsedList; name: string };

type Props = { onSelect: (selected: SelectedList) => void; onDirty: (dirty: boolean) => void };

/** Lets the user drop, choose or paste a list, or download the template. */
export function UploadSource({ onSelect, onDirty }: Props) {
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

  const refuse = (message: string) => setError("root.list", { message });
  const selectList = (source: SelectedList["source"], name: string) => {
    const list = parseList(source);
    setTooLong(null);
    if (!list.ok) return refuse(messageFor(INVALID_LIST_MESSAGES, list));
    clearErrors();
    const selected = { source, list: list.value, name };
    if (list.value.records.length > MAX_RECORDS) setTooLong(selected);
    else onSelect(selected);
  };
  const selectFile = async (file: File | undefined) => {
    if (!file) return;
    setTooLong(null);
    if (file.size > MAX_FILE_BYTES) return refuse(messageFor(INVALID_LIST_MESSAGES, refused("too-large")));
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes)
      return refuse("This file cannot be read. Was it moved or is it open elsewhere? Choose it again.");
    selectList(new Uint8Array(bytes), file.name.replace(/\.[^.]*$/, "") || "list");
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void selectFile(file);
    else selectList(event.dataTransfer.getData("text/plain"), "list");
  };
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    const inField = event.target instanceof HTMLTextAreaElement;
    if (!file && inField) return;
    event.preventDefault();
    if (file) void selectFile(file);
    else selectList(event.clipboardData.getData("text/plain"), "list");
  };
  const submit = handleSubmit((values) =>
    values.text.trim() === "" ? refuse("Choose a file, or paste a list.") : selectList(values.text, "list"),
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
          <p>Drop a CSV file here: up to {MAX_RECORDS} people, one in each line, in any columns.</p>
          <div className={styles.options}>
            <Button icon={<Upload size={16} aria-hidden />} onClick={() => input.current?.click()}>
              Choose file
            </Button>
            <a className={buttonClass("quiet")} href="/invitation-list.csv" download>
              {" "}
              <Download size={16} aria-hidden /> Download template{" "}
            </a>
          </div>
          <input
            ref={input}
            hidden
            type="file"
            aria-label="Invitation list"
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            onChange={(event) => {
              void selectFile(event.target.files?.[0]);
              // Allows choosing the same file again after it was edited.
              event.target.value = "";
            }}
          />
        </div>
        <Field label="Or paste a list" hint="Paste rows from a spreadsheet or an email, one person per line.">
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
          Show preview
        </Button>
      </DialogActions>
    </form>
  );
}
