-- Is there an operator yet? The login page asks it each time, and accounts may be a million.
CREATE INDEX "account_operator" ON "account" ("email") WHERE "operator";
