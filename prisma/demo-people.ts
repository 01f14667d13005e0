import type { Resolution } from "@/lib/invitations/status";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";
import type { Role } from "@/lib/permissions/roles";

export const DEMO_OWNER = { email: "ana.duarte@northwind.example", name: "Ana Duarte" };

export type DemoPerson = {
  email: string;
  name: string;
  status: "invited" | "active" | "blocked" | "removed";
  role: Role;
  hoursAgo: number;
  delivery: DeliveryStatus;
  detail?: string;
  policy?: "Read" | "Create" | "Update" | "Delete";
  resends?: number;
  settledAs?: Resolution;
  declineReason?: string;
  isUnconfirmed?: boolean;
};

const DAY = 24;

/** People in every status, so that the UI shows each one. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    email: "m.novak@northwind.example",
    name: "Mila Novak",
    status: "active",
    role: "admin",
    hoursAgo: 90 * DAY,
    delivery: "delivered",
  },
  {
    email: "samira.khan@northwind.example",
    name: "Samira Khan",
    status: "active",
    role: "member",
    hoursAgo: 60 * DAY,
    delivery: "delivered",
    policy: "Create",
  },
  {
    email: "tom.berg@northwind.example",
    name: "Tom Berg",
    status: "active",
    role: "member",
    hoursAgo: 20 * DAY,
    delivery: "delivered",
  },
  {
    email: "yuki.mori@tailspin.example",
    name: "Yuki Mori",
    status: "active",
    role: "member",
    hoursAgo: 3 * DAY,
    delivery: "sent",
    isUnconfirmed: true,
  },
  {
    email: "paul.reyes@contoso.example",
    name: "Paul Reyes",
    status: "blocked",
    role: "member",
    hoursAgo: 200 * DAY,
    delivery: "delivered",
  },
  {
    email: "lea@fabrikam.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 2 * DAY,
    delivery: "delivered",
    policy: "Read",
  },
  {
    email: "omar.haddad@contoso.example",
    name: "",
    status: "invited",
    role: "admin",
    hoursAgo: 7 * DAY - 9,
    delivery: "delivered",
    resends: 1,
  },
  {
    email: "priya@tailspin.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 18,
    delivery: "bounced",
    detail: "mailbox does not exist",
  },
  {
    email: "ines@litware.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 5,
    delivery: "delayed",
    detail: "the mailbox is full",
  },
  {
    email: "karl@adventure.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 4,
    delivery: "failed",
    detail: "the email provider rejected the sender address",
  },
  {
    email: "noor@relecloud.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 3,
    delivery: "sent",
  },
  {
    email: "finn@wingtip.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 2,
    delivery: "kept",
    detail: "no email provider",
  },
  {
    email: "eva@proseware.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 30,
    delivery: "complained",
  },
  {
    email: "jun.sato@adatum.example",
    name: "",
    status: "invited",
    role: "member",
    hoursAgo: 10 * DAY,
    delivery: "delivered",
    resends: 3,
  },
  {
    email: "dana@litware.example",
    name: "",
    status: "removed",
    role: "member",
    hoursAgo: 4 * DAY,
    delivery: "delivered",
    settledAs: "revoked",
  },
  {
    email: "greta@woodgrove.example",
    name: "",
    status: "removed",
    role: "member",
    hoursAgo: 5 * DAY,
    delivery: "delivered",
    settledAs: "declined",
    declineReason: "I have moved to another team.",
  },
];

export type DemoRequest = {
  email: string;
  name: string;
  message: string;
  status: "unconfirmed" | "pending" | "approved" | "dismissed";
  hoursAgo: number;
  /** Requested from an expired invitation. */
  fromExpiredInvitation?: boolean;
};

/** Requests in every status. The request of someone who is a user is stale. */
export const DEMO_REQUESTS: readonly DemoRequest[] = [
  {
    email: "rosa@alpine.example",
    name: "Rosa Lind",
    message: "I start on Monday in Mila's team.",
    status: "pending",
    hoursAgo: 2,
  },
  {
    email: "tom.berg@northwind.example",
    name: "Tom Berg",
    message: "",
    status: "pending",
    hoursAgo: 21 * DAY,
  },
  {
    email: "jun.sato@adatum.example",
    name: "",
    message: "",
    status: "pending",
    hoursAgo: 7,
    fromExpiredInvitation: true,
  },
  { email: "joao@margie.example", name: "João Reis", message: "", status: "unconfirmed", hoursAgo: 1 },
  {
    email: "noor@relecloud.example",
    name: "Noor Aziz",
    message: "Mila Novak asked me to help with the catalog.",
    status: "approved",
    hoursAgo: 5,
  },
  {
    email: "ben@fourth.example",
    name: "Ben Ode",
    message: "Please?",
    status: "dismissed",
    hoursAgo: 2 * DAY,
  },
];
