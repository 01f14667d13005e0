// @ts-check
import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactCompiler: true,
  // `npm run check` has its own step for types, so that startup does not wait for them.
  typescript: { ignoreBuildErrors: true },
  // Libraries with native code or their own workers are not bundled.
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-boss", "pino"],
  // No page has images to resize, and the optimizer would do it for anyone who asks.
  images: { unoptimized: true },
  // Room for an uploaded list of 10 MB. lib/http/body-limit.ts rejects larger bodies by path before they are read.
  experimental: {
    authInterrupts: true,
    serverActions: { bodySizeLimit: "12mb" },
    // The default merges almost all CSS into one file, so that public pages would load the CSS of the admin.
    cssChunking: { type: "graph", requestCost: 4000, weightDistribution: 0.1 },
  },
  // Password managers open this address to change a saved password (W3C: A Well-Known URL for Changing Passwords).
  async redirects() {
    return [{ source: "/.well-known/change-password", destination: "/account#password", permanent: false }];
  },
};

// Messages are compiled by the build, so that a broken one fails it and the browser needs no parser (12 kB).
const withMessages = createNextIntlPlugin({
  requestConfig: "./app/i18n.ts",
  experimental: { messages: { path: "./messages", format: "json", locales: "infer", precompile: true } },
});

export default withMessages(config);
