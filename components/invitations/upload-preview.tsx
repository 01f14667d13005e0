"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { AddressCell } from "@/components/invitations/address-cell";
import { LanguageField } from "@/components/invitations/language-field";
import { LineDetails, type UploadValues } from "@/components/invitations/line-details";
import { TooManyRecords } from "@/components/invitations/too-many-records";
import { UploadChoices } from "@/components/invitations/upload-choices";
import { UsedColumns } from "@/components/invitations/upload-columns";
import { UploadLines } from "@/components/invitations/upload-lines";
import styles from "@/components/invitations/upload-preview.module.css";
import type { SelectedList } from "@/components/invitations/upload-source";
import type { UploadResult } from "@/components/invitations/upload-summary";
import { UploadToolbar } from "@/components/invitations/upload-toolbar";
import { usePreview } from "@/components/invitations/use-preview";
import { RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import { useApplyRows } from "@/components/members/row-updates";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import fieldStyles from "@/components/ui/field.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import { uploadInvitationListAction } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { matchesAddress } from "@/lib/email-address/display-address";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import {
  isProblem,
  type ListChoices,
  type ListLine,
  lineKey,
  readyAddresses,
} from "@/lib/invitations/list-file/validate-lines";
import { INVALID_LIST_MESSAGES, lineMessage } from "@/lib/invitations/messages";

type Props = {
  organization: string;
  options: InviteOptions;
  selected: SelectedList;
  choices: ListChoices;
  onChoose: (choices: ListChoices) => void;
  /** The number of people in earlier uploads (REQ-B13). */
  from: number;
  initialValues: UploadValues;
  onBack: () => void;
  /** Skips this upload if it has no one to invite. */
  onSkip: () => void;
  onUploaded: (result: UploadResult, values: UploadValues) => void;
};

/**
 * The next lines of the list with their status, editable in place; choices for the file; role and policies; uploads
 * them (REQ-B5, REQ-B13).
 */
export function UploadPreview(props: Props) {
  const { organization, options, selected, choices, onChoose, from, onBack, onSkip, onUploaded } = props;
  const t = useTranslations();
  const { source, reader, name } = selected;
  const form = useForm<UploadValues>({ defaultValues: props.initialValues });
  const { control } = form;
  const [onlyProblems, setOnlyProblems] = useState(false);
  const [search, setSearch] = useState("");
  const addRows = useApplyRows();
  const router = useRouter();
  const { preview, refusal, isChecking } = usePreview({
    ...{ organization, options, reader, choices, from },
    initial: from === 0 ? selected.preview : null,
  });
  const statusLine = useRef<HTMLParagraphElement>(null);
  const isRead = preview !== null;
  useEffect(() => {
    if (isRead) statusLine.current?.focus();
  }, [isRead]);

  const all = preview?.lines ?? [];
  const lines = all.map(({ line }) => line);
  const readyCount = refusal ? 0 : readyAddresses(lines).length;
  const left = preview ? Math.max(0, preview.count - from - MAX_RECORDS) : 0;
  const { corrections } = choices;
  const correctLine = (line: ListLine, text: string | undefined) => {
    const { [lineKey(line)]: _, ...others } = corrections;
    onChoose({
      ...choices,
      corrections: text === undefined ? others : { ...others, [lineKey(line)]: text },
    });
  };
  const skipProblems = () => {
    const skipped = lines.filter(isProblem).map((line) => [lineKey(line), ""]);
    onChoose({ ...choices, corrections: { ...corrections, ...Object.fromEntries(skipped) } });
  };
  // Lines that are being corrected stay visible.
  const isShown = (line: ListLine) =>
    (!onlyProblems || isProblem(line) || corrections[lineKey(line)] !== undefined) && matches(line, search);
  const values = {
    access: useWatch({ control, name: "access" }),
    language: useWatch({ control, name: "language" }),
  };
  const displayed = all
    .filter(({ line }) => isShown(line))
    .map(({ line, original }) => ({
      ...line,
      message: lineMessage(t, line),
      details: <LineDetails line={line} policies={options.policies} values={values} />,
      email: (
        <AddressCell
          line={line}
          original={original}
          correction={corrections[lineKey(line)]}
          onCorrect={(text) => correctLine(line, text)}
        />
      ),
    }));
  const { submit, pending, message } = useActionSubmit(form, {
    action: ({ access, language }) =>
      uploadInvitationListAction({
        ...{ organization, list: source, choices, from, language },
        role: access.role,
        policies: [...access.policies],
      }),
    unreachableMessage: t("admin.invitations.unreachable"),
    onSuccess: (uploaded, sent) => {
      addRows({ invitations: uploaded.invitations, users: uploaded.users });
      if (preview) onUploaded({ lines: uploaded.lines, preview }, sent);
      router.refresh();
    },
  });
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <FormError>{refusal ? t(INVALID_LIST_MESSAGES[refusal]) : message}</FormError>
        {preview && from === 0 ? (
          <UploadChoices preview={preview} choices={choices} onChange={onChoose} />
        ) : preview ? (
          // The people already invited must stay first, so the list is read as before.
          <UsedColumns columns={preview.columns} />
        ) : (
          <p role="status">{t("admin.invitations.upload.source.reading")}</p>
        )}
        {preview && !refusal ? (
          <>
            {preview.count > MAX_RECORDS ? (
              <TooManyRecords {...{ preview, from, reader, choices, name }} />
            ) : null}
            <UploadToolbar
              ref={statusLine}
              preview={preview}
              name={name}
              problems={lines.filter(isProblem).map((line) => ({ ...line, message: lineMessage(t, line) }))}
              onlyProblems={onlyProblems}
              onOnlyProblems={setOnlyProblems}
              onSkipProblems={skipProblems}
              search={lines.length > SEARCHABLE ? { text: search, onChange: setSearch } : undefined}
            >
              <strong>
                {readyCount === lines.length
                  ? t("admin.invitations.upload.preview.allReady", { count: lines.length })
                  : t("admin.invitations.upload.preview.someReady", {
                      ready: readyCount,
                      count: lines.length,
                    })}
              </strong>
              {preview.headerLines[0] ? (
                <span>
                  {" "}
                  {t("admin.invitations.upload.preview.header", { line: preview.headerLines[0].line })}
                </span>
              ) : null}
              {isChecking ? <span> {t("admin.invitations.upload.preview.checking")}</span> : null}
            </UploadToolbar>
            <p className={fieldStyles.hint}>{t("admin.invitations.upload.preview.hint")}</p>
            <UploadLines label={t("admin.invitations.upload.preview.lines")} lines={displayed} scrolls />
          </>
        ) : null}
        <Controller
          control={control}
          name="access"
          render={({ field: { value, onChange } }) => (
            <RoleAndPolicyFields
              roles={options.roles}
              policies={options.policies.map((policy) => ({ ...policy, isDisabled: !policy.isGrantable }))}
              value={value}
              onChange={onChange}
            />
          )}
        />
        <LanguageField control={control} name="language" />
        {pending ? (
          <p role="status" className={styles.progress}>
            <progress aria-label={t("admin.invitations.upload.preview.sending")} />{" "}
            {t("admin.invitations.upload.preview.progress", { count: readyCount })}
          </p>
        ) : null}
      </DialogBody>
      <DialogActions>
        {from === 0 ? (
          <Button
            onClick={onBack}
            disabledReason={pending ? t("admin.invitations.upload.preview.sending") : undefined}
          >
            {t("admin.invitations.upload.preview.back")}
          </Button>
        ) : null}
        <DialogCancel />
        {preview && readyCount === 0 && left > 0 && !refusal ? (
          <Button onClick={onSkip}>
            {t("admin.invitations.upload.result.continue", { count: Math.min(left, MAX_RECORDS) })}
          </Button>
        ) : null}
        <SubmitButton
          pending={pending}
          disabledReason={readyCount === 0 ? t("admin.invitations.upload.preview.noneReady") : undefined}
        >
          {t("admin.invitations.upload.preview.submit", { count: readyCount })}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

/** Shorter lists have no search. */
const SEARCHABLE = 20;

function matches({ address, cells, correction = "", name = "" }: ListLine, search: string): boolean {
  const text = search.trim().toLowerCase();
  if (text === "") return true;
  if (address && matchesAddress(address, search)) return true;
  return [...cells, correction, name].some((cell) => cell.toLowerCase().includes(text));
}
