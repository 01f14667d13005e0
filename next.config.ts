import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactCompiler: true,
  // The check has its own step for types: whoever starts Foyer need not wait for them.
  typescript: { ignoreBuildErrors: true },
  // Libraries that load native code or workers of their own stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-boss", "pino"],
  experimental: { authInterrupts: true },
};

export default config;
