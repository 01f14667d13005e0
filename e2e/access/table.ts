/**
 * Who gets what. One row per page, route and action; `everyWayIn` finds the ones without.
 * An answer is a status, for a redirect with where it leads (`307 /login`), and for an action the reason of
 * its refusal, `done`, or `to /where` it leads.
 */
export type Row = {
  /** The address asked for; for an action the page it is posted to is the build's matter. */
  at?: string;
  /** Posted there as it is, instead of asked for. */
  posted?: string;
  /** What is sent to an action; one written for a form alone gets `form` instead. */
  sent?: Record<string, unknown>;
  form?: Record<string, string>;
  /** Not signed in. */
  nobody: string;
  /** An active member who holds no permission. */
  member: string;
  /** The Owner of another organization, at ours. */
  outsider: string;
  /** Was removed here a moment ago, with a session still open. */
  removed: string;
  /** Was blocked here a moment ago, with a session still open. */
  blocked: string;
  /** The Owner of another organization, at their own, with ids of ours. Needed wherever an id is sent. */
  foreign?: string;
  /** Who may, and what they get: shows that the same request is not refused for some other reason. */
  allowed?: { as: "owner" | "operator" | "member"; get: string };
  /** It ends the session it comes with, by design: each person gets one to lose. */
  endsSession?: boolean;
};

/** The same for all: a public page, or one that no member sees. */
function everybody(answer: string) {
  return { nobody: answer, member: answer, outsider: answer, removed: answer, blocked: answer };
}

/** An action or page of one organization that takes a permission. */
const ofMembers = {
  nobody: "signed-out",
  member: "not-allowed",
  outsider: "not-found",
  removed: "not-found",
  blocked: "not-found",
};

/** An action about somebody who is in, whom the rows of the table change one after the other. */
function aboutUser(more: Record<string, unknown> = {}): Row {
  return {
    sent: { organization: "{organization}", member: "{unconfirmed}", ...more },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "done" },
  };
}

/** An action about many: whoever is not of the organization is not found among them, and nothing changes. */
function aboutMany(whom: string, more: Record<string, unknown> = {}): Row {
  return {
    sent: { organization: "{organization}", whom: { ids: [whom] }, shown: [whom], ...more },
    ...ofMembers,
    foreign: "done",
    allowed: { as: "owner", get: "done" },
  };
}

/** An action of whoever runs the installation, whatever place they have in an organization. */
const operatorsOnly = { ...everybody("operators-only"), nobody: "signed-out" };

/** The answer to one request. */
function aboutRequest(request: string, more: Record<string, unknown> = {}): Row {
  return {
    sent: { organization: "{organization}", request, ...more },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "done" },
  };
}

/** An action about the member's own account, which nobody else does anything to. */
function ofTheirOwn(get: string, more: Record<string, unknown> = {}): Row {
  return {
    sent: { account: "{account}", ...more },
    ...everybody("somebody-else"),
    nobody: "signed-out",
    allowed: { as: "member", get },
  };
}

/** How many a list's query matches in one's own organization. */
function counting(): Row {
  return {
    sent: { organization: "{organization}", query: "" },
    ...ofMembers,
    allowed: { as: "owner", get: "done" },
  };
}

function adminPage(address: string): Row {
  const back = encodeURIComponent(`/o/{organization}${address}`);
  return {
    at: `/o/{organization}${address}`,
    nobody: `307 /o/{organization}/login?callbackUrl=${back}`,
    member: "403",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", get: "200" },
  };
}

function adminFile(address: string): Row {
  return {
    at: `/o/{organization}${address}`,
    nobody: "401",
    member: "403",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", get: "200" },
  };
}

const gift = { role: "member", policies: [] };

const wrongCode = "00000-00000-00000-00000";

export const table: Record<string, Row> = {
  "page /": {
    at: "/",
    nobody: "307 /login?callbackUrl=%2F",
    member: "307 /o/{organization}",
    outsider: "307 /o/{theirs}/admin/users",
    removed: "200",
    blocked: "200",
  },
  "page /setup": { at: "/setup", ...everybody("404"), allowed: { as: "operator", get: "404" } },
  "page /login": { at: "/login", ...everybody("307 /"), nobody: "200" },
  "page /account": {
    at: "/account",
    ...everybody("200"),
    nobody: "307 /login?callbackUrl=%2Faccount",
  },
  "page /organizations/new": {
    at: "/organizations/new",
    ...everybody("404"),
    allowed: { as: "operator", get: "200" },
  },
  "page /o/[organization]/login": {
    at: "/o/{organization}/login",
    ...everybody("200"),
    member: "307 /o/{organization}",
  },
  "page /join": { at: "/join", ...everybody("200") },
  "page /join/[code]": { at: "/join/{code}", ...everybody("200") },
  "route GET /api/auth/callback/[provider]": {
    at: "/api/auth/callback/nobody?code=x&state=y",
    ...everybody("307 /login?refused=begin-again&provider=nobody"),
  },
  "page /login/mail": { at: "/login/mail", ...everybody("200") },
  "page /o/[organization]/login/mail": { at: "/o/{organization}/login/mail", ...everybody("200") },
  "page /reset/[code]": { at: `/reset/${wrongCode}`, ...everybody("200") },
  "page /sign-in/[code]": { at: `/sign-in/${wrongCode}`, ...everybody("200") },
  "page /confirm/[code]": { at: `/confirm/${wrongCode}`, ...everybody("200") },
  "page /request/[code]": { at: `/request/${wrongCode}`, ...everybody("200") },
  "page /change-address/[code]": { at: `/change-address/${wrongCode}`, ...everybody("200") },
  "page /mailbox": { at: "/mailbox", ...everybody("404"), allowed: { as: "operator", get: "200" } },
  "page /mailbox/[letter]": {
    at: "/mailbox/{letter}",
    ...everybody("404"),
    foreign: "404",
    allowed: { as: "operator", get: "200" },
  },
  "route GET /mailbox/[letter]/html": {
    at: "/mailbox/{letter}/html",
    ...everybody("404"),
    foreign: "404",
    allowed: { as: "operator", get: "200" },
  },
  "page /o/[organization]": {
    at: "/o/{organization}",
    nobody: `307 /o/{organization}/login?callbackUrl=${encodeURIComponent("/o/{organization}")}`,
    member: "200",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", get: "200" },
  },
  "page /o/[organization]/admin/users": adminPage("/admin/users"),
  "page /o/[organization]/admin/users/[member]": {
    ...adminPage("/admin/users/{invited}"),
    foreign: "404",
  },
  "page /o/[organization]/admin/users/invitations": adminPage("/admin/users/invitations"),
  "page /o/[organization]/admin/users/requests": adminPage("/admin/users/requests"),
  "page /o/[organization]/admin/policies": adminPage("/admin/policies"),
  "page /o/[organization]/admin/activity": adminPage("/admin/activity"),
  "page /o/[organization]/admin/settings": adminPage("/admin/settings"),
  "route GET /o/[organization]/admin/activity/export": adminFile("/admin/activity/export"),
  "route GET /o/[organization]/admin/users/export": adminFile("/admin/users/export"),
  "route GET /o/[organization]/admin/users/invitations/export": adminFile("/admin/users/invitations/export"),
  "route GET /o/[organization]/admin/users/changes": {
    at: "/o/{organization}/admin/users/changes",
    nobody: "401",
    member: "403",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", get: "200" },
  },
  "route GET /o/[organization]/api/me": {
    at: "/o/{organization}/api/me",
    nobody: "401",
    member: "200",
    outsider: "404",
    removed: "404",
    blocked: "404",
    allowed: { as: "owner", get: "200" },
  },
  // Without a provider there is nobody to hear; what is not signed is refused in provider.spec.ts.
  "route POST /api/resend": {
    at: "/api/resend",
    posted: '{"type":"email.delivered"}',
    ...everybody("404"),
  },
  "route GET /api/health": { at: "/api/health", ...everybody("200") },

  "action lib/accounts/actions.ts#logIn": {
    sent: { email: "{stranger}", password: "not the password" },
    ...everybody("wrong-credentials"),
  },
  "action lib/accounts/actions.ts#logOut": { sent: {}, ...everybody("to /login"), endsSession: true },
  "action components/accounts/log-out-form.tsx#$$RSC_SERVER_ACTION_0": {
    form: {},
    ...everybody("303 /login"),
    endsSession: true,
  },
  "action lib/accounts/actions.ts#logInWithProvider": {
    sent: { provider: "nobody" },
    ...everybody("begin-again"),
  },
  "action lib/accounts/actions.ts#wishForLink": {
    // One that is an address leaves a wish behind, whoever asks.
    sent: { email: "no address", purpose: "sign-in" },
    ...everybody("not-an-address"),
  },
  "action lib/accounts/actions.ts#choosePassword": {
    sent: { code: wrongCode, password: "a password for tests alone" },
    ...everybody("dead-link"),
  },
  "action lib/invitations/actions.ts#answerOffer": {
    sent: { invitation: "{invitation}", answer: "join" },
    ...everybody("not-offered"),
    foreign: "not-offered",
    allowed: { as: "owner", get: "not-offered" },
  },
  "action lib/accounts/actions.ts#takeSignInLink": { sent: { code: wrongCode }, ...everybody("dead-link") },
  "action lib/accounts/actions.ts#confirmMailbox": { sent: { code: wrongCode }, ...everybody("dead-link") },
  "action lib/accounts/actions.ts#changeName": ofTheirOwn("done", { name: "Other" }),
  "action lib/accounts/actions.ts#changePassword": ofTheirOwn("wrong-current", {
    currentPassword: "not the password",
    password: "correct horse battery",
  }),
  "action lib/accounts/actions.ts#changeAddress": ofTheirOwn("wrong-current", {
    email: "new@people.test",
    currentPassword: "not the password",
  }),
  "action lib/accounts/actions.ts#cancelChange": ofTheirOwn("done"),
  "action lib/accounts/actions.ts#agreeToAddressChange": {
    sent: { code: wrongCode },
    ...everybody("dead-link"),
  },
  "action lib/accounts/actions.ts#sendConfirmationAgain": ofTheirOwn("already-confirmed"),
  "action lib/accounts/actions.ts#removeSignInMethod": ofTheirOwn("done", { issuer: "", subject: "" }),
  "action lib/accounts/actions.ts#endOwnSession": ofTheirOwn("done", {
    session: "00000000-0000-4000-8000-000000000000",
  }),
  "action lib/accounts/actions.ts#endOtherSessions": ofTheirOwn("done"),
  "action lib/organizations/actions.ts#makeOrganization": {
    sent: { organization: "Made", slug: "made" },
    ...operatorsOnly,
    allowed: { as: "operator", get: "to /o/made/admin/users" },
  },
  "action lib/organizations/actions.ts#setUpFoyer": {
    sent: {
      token: "{token}",
      name: "Mallory",
      email: "mallory@people.test",
      password: "correct horse battery",
      organization: "Mallory's",
      slug: "mallory",
    },
    ...everybody("already-set-up"),
  },
  "action lib/organizations/actions.ts#removeDemoOrganization": { sent: {}, ...operatorsOnly },
  "action lib/invitations/actions.ts#findInvitation": {
    sent: { code: wrongCode },
    ...everybody("unknown-code"),
  },
  // Whoever may read neither list gets no row.
  "action lib/invitations/actions.ts#showCurrent": {
    sent: { organization: "{organization}", members: ["{unconfirmed}"], requests: [], list: null },
    ...ofMembers,
    member: "done",
    foreign: "done",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/invitations/actions.ts#acceptInvitation": {
    sent: { code: "{code}" },
    ...everybody("somebody-else"),
    nobody: "name-missing",
  },
  "action lib/invitations/actions.ts#inviteMembers": {
    sent: {
      organization: "{organization}",
      addresses: ["new@people.test"],
      role: "member",
      policies: ["{policy}"],
    },
    ...ofMembers,
    foreign: "policy-gone",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/invitations/actions.ts#previewList": {
    sent: { organization: "{organization}", addresses: ["guest@people.test"] },
    ...ofMembers,
    allowed: { as: "owner", get: "done" },
  },
  "action lib/invitations/actions.ts#uploadList": {
    sent: {
      organization: "{organization}",
      list: "Email\nlisted@people.test",
      mends: {},
      role: "member",
      policies: ["{policy}"],
    },
    ...ofMembers,
    foreign: "policy-gone",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/invitations/actions.ts#copyInvitation": {
    sent: { organization: "{organization}", invitation: "{invitation}", shape: "code" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/invitations/actions.ts#resendInvitation": {
    sent: { organization: "{organization}", invitation: "{invitation}" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/invitations/actions.ts#sendNewInvitation": {
    sent: { organization: "{organization}", invitation: "{invitation}" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "not-expired" },
  },
  // Its letter has not come back.
  "action lib/invitations/actions.ts#correctAddress": {
    sent: { organization: "{organization}", invitation: "{invitation}", address: "{stranger}" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "not-bounced" },
  },
  "action lib/invitations/actions.ts#revokeInvitation": {
    sent: { organization: "{organization}", invitation: "{invitation}" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "done" },
  },
  // After the row above, so that there is something to undo.
  "action lib/invitations/actions.ts#undoRevokeInvitation": {
    sent: { organization: "{organization}", invitation: "{invitation}" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/admin/invitation-bulk-actions.ts#resendInvitations": aboutMany("{invitation}", {
    asOf: "2026-11-20T00:00:00.000Z",
  }),
  "action lib/admin/invitation-bulk-actions.ts#sendNewInvitations": aboutMany("{invitation}"),
  "action lib/admin/invitation-bulk-actions.ts#countInvitations": counting(),
  "action lib/admin/invitation-bulk-actions.ts#revokeInvitations": aboutMany("{invitation}"),
  "action lib/invitations/actions.ts#showTimeline": {
    sent: { organization: "{organization}", member: "{invited}" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/invitations/actions.ts#declineInvitation": {
    sent: { code: wrongCode },
    ...everybody("unknown-code"),
  },
  "action lib/admin/user-actions.ts#vouchForAddress": {
    sent: { organization: "{organization}", member: "{unconfirmed}" },
    ...ofMembers,
    foreign: "nothing-to-confirm",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/admin/user-actions.ts#allowLettersToUser": {
    ...aboutUser(),
    foreign: "not-stopped",
    allowed: { as: "owner", get: "not-stopped" },
  },
  "action lib/policies/actions.ts#createPolicy": {
    sent: { organization: "{organization}", name: "New", permissions: ["users:read"] },
    ...ofMembers,
    allowed: { as: "owner", get: "done" },
  },
  "action lib/policies/actions.ts#showPolicyLosses": {
    sent: { organization: "{organization}", policy: "{policy}", keeps: [] },
    ...ofMembers,
    // As of one that is gone: nobody loses anything.
    foreign: "done",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/policies/actions.ts#changePolicy": {
    sent: {
      organization: "{organization}",
      policy: "{policy}",
      version: 1,
      name: "Mine",
      permissions: ["users:read"],
    },
    ...ofMembers,
    foreign: "policy-gone",
    allowed: { as: "owner", get: "built-in" },
  },
  "action lib/policies/actions.ts#deletePolicy": {
    sent: { organization: "{organization}", policy: "{policy}", version: 1 },
    ...ofMembers,
    foreign: "policy-gone",
    allowed: { as: "owner", get: "built-in" },
  },
  "action lib/admin/user-actions.ts#erasePerson": {
    sent: { organization: "{organization}", member: "{unconfirmed}", typed: "unconfirmed" },
    ...ofMembers,
    foreign: "not-found",
    allowed: { as: "owner", get: "not-removed" },
  },
  "action lib/organizations/actions.ts#eraseOrganization": {
    sent: { organization: "{organization}", typed: "Theirs" },
    ...ofMembers,
    allowed: { as: "owner", get: "wrong-name" },
  },
  "action lib/requests/actions.ts#requestInvitation": {
    sent: { organization: "{organization}", email: "{stranger}", name: "Stranger" },
    ...everybody("requests-off"),
  },
  "action lib/requests/actions.ts#confirmRequest": { sent: { code: wrongCode }, ...everybody("dead-link") },
  "action lib/requests/actions.ts#requestNewInvitation": {
    sent: { code: wrongCode },
    ...everybody("unknown-code"),
  },
  "action lib/requests/actions.ts#approveRequest": aboutRequest("{request}", gift),
  "action lib/requests/actions.ts#dismissRequest": aboutRequest("{otherRequest}"),
  "action lib/admin/request-bulk-actions.ts#approveRequests": aboutMany("{request}", gift),
  "action lib/admin/request-bulk-actions.ts#dismissRequests": aboutMany("{request}"),
  "action lib/admin/request-bulk-actions.ts#countRequests": counting(),
  "action lib/settings/actions.ts#changeSettings": {
    sent: {
      organization: "{organization}",
      version: 1,
      newUserInvitations: false,
      allowedDomains: [],
      refusedDomains: [],
      expiryDays: 7,
      resendLimit: 4,
      reminders: true,
      replyTo: "",
      supportAddress: "",
      defaultRole: "member",
      defaultPolicies: ["{policy}"],
    },
    ...ofMembers,
    foreign: "policy-gone",
    allowed: { as: "owner", get: "done" },
  },
  "action lib/settings/actions.ts#sendTestEmail": {
    sent: { organization: "{organization}" },
    ...ofMembers,
    allowed: { as: "owner", get: "done" },
  },
  "action lib/settings/actions.ts#showTestEmail": {
    sent: { organization: "{organization}" },
    ...ofMembers,
    allowed: { as: "owner", get: "done" },
  },
  "action lib/admin/user-actions.ts#showUser": aboutUser(),
  // Its version is the one after the row above.
  "action lib/admin/user-actions.ts#changeUser": aboutUser({ role: "member", policies: [], version: 2 }),
  "action lib/admin/user-bulk-actions.ts#showGifts": {
    sent: { organization: "{organization}" },
    ...ofMembers,
    allowed: { as: "owner", get: "done" },
  },
  "action lib/admin/user-bulk-actions.ts#countUsersMatching": counting(),
  "action lib/admin/user-bulk-actions.ts#changeRoleOfUsers": aboutMany("{unconfirmed}", { role: "member" }),
  // A policy of another organization is gone for them.
  "action lib/admin/user-bulk-actions.ts#addPolicyToUsers": {
    ...aboutMany("{unconfirmed}", { policy: "{policy}" }),
    foreign: "policy-gone",
  },
  "action lib/admin/user-actions.ts#blockUser": aboutUser(),
  "action lib/admin/user-actions.ts#unblockUser": aboutUser(),
  "action lib/admin/user-bulk-actions.ts#blockUsers": aboutMany("{unconfirmed}"),
  "action lib/admin/user-actions.ts#removeUser": aboutUser(),
  "action lib/admin/user-actions.ts#inviteUserAgain": aboutUser({ role: "member", policies: [] }),
  // Last of all: whoever may leave is gone afterwards.
  "action lib/admin/user-actions.ts#leaveOrganization": {
    sent: { organization: "{organization}" },
    ...ofMembers,
    member: "done",
    allowed: { as: "member", get: "done" },
  },
};
