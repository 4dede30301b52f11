/**
 * Tables beside the journal, in the same file and the same transactions, that are no part of the record:
 * what proves who somebody is must never be in what everybody may read. Append only, as migrations are.
 */
export const authorityTables: readonly string[] = [
  `CREATE TABLE credentials (person_id TEXT PRIMARY KEY, password_hash TEXT NOT NULL, set_at_ms INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE lockouts (person_number TEXT PRIMARY KEY, wrong_count INTEGER NOT NULL, last_wrong_ms INTEGER NOT NULL, locked_until_ms INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE logins (
     login_id TEXT PRIMARY KEY, person_id TEXT NOT NULL, cookie_hash TEXT NOT NULL UNIQUE, token_hash TEXT NOT NULL,
     created_ms INTEGER NOT NULL, used_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE intents (
     person_id TEXT NOT NULL, command_id TEXT NOT NULL, what TEXT NOT NULL, answer TEXT, at_ms INTEGER NOT NULL,
     PRIMARY KEY (person_id, command_id)) WITHOUT ROWID;
   CREATE INDEX intents_at ON intents (at_ms);
   CREATE TABLE approval_logins (approval_id TEXT PRIMARY KEY, asked_login TEXT NOT NULL, opened_login TEXT) WITHOUT ROWID;
   CREATE TABLE displays (token_hash TEXT PRIMARY KEY, position_id TEXT NOT NULL, paired_ms INTEGER NOT NULL) WITHOUT ROWID;`,
];
