-- Times are milliseconds since 1970 in UTC. Ids are ULIDs. Yes and no are 1 and 0.

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    -- The mail address, in small letters; nobody but the member sees it.
    mail TEXT NOT NULL UNIQUE CHECK (length(mail) BETWEEN 3 AND 254),
    -- The name and what stands behind it, as the member wants them shown.
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    about TEXT CHECK (length(about) <= 120),
    password TEXT NOT NULL,
    -- When the mail address was confirmed; none: nobody may post.
    verified INTEGER,
    role TEXT NOT NULL DEFAULT 'deelnemer' CHECK (role IN ('deelnemer', 'moderator', 'beheerder')),
    blocked INTEGER,
    -- 1: what this member posts appears at once. 0: a moderator took that back. None: after so many accepted ones.
    trusted INTEGER CHECK (trusted IN (0, 1)),
    -- Whether the member appears among the participants, and with what.
    listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)),
    listed_about INTEGER NOT NULL DEFAULT 0 CHECK (listed_about IN (0, 1)),
    introduction TEXT CHECK (length(introduction) <= 600),
    -- The secret of a second step at login, and the last step that was used.
    totp TEXT,
    totp_step INTEGER,
    created INTEGER NOT NULL,
    seen INTEGER
) STRICT;

-- What a moderator may decide about; none: about everything.
CREATE TABLE account_scopes (
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    PRIMARY KEY (account, scope)
) STRICT;

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of what stands in the cookie.
    hash BLOB NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Browser and system in two words, so that members know their own.
    device TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    -- When the password was last given, for what asks it again.
    proven INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_account ON sessions (account);

-- What is sent by mail and can be used once.
CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    -- What follows from the key, id and code, for those whose mail is opened elsewhere.
    code BLOB,
    tries INTEGER NOT NULL DEFAULT 0,
    purpose TEXT NOT NULL CHECK (purpose IN ('bevestigen', 'wachtwoord', 'mailadres', 'beheerder')),
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The new mail address, or the browser in which somebody registered.
    value TEXT,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX tokens_account ON tokens (account, purpose);

-- How often somebody did something lately. Keys are hashed.
CREATE TABLE throttle (
    key TEXT NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;

CREATE TABLE reactions (
    id TEXT NOT NULL PRIMARY KEY,
    page TEXT NOT NULL CHECK (length(page) BETWEEN 1 AND 400),
    parent TEXT REFERENCES reactions (id) ON DELETE CASCADE,
    -- None: its writer left and let it stand.
    account TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    kind TEXT NOT NULL CHECK (kind IN ('vraag', 'opmerking', 'ervaring', 'bericht', 'antwoord')),
    title TEXT CHECK (length(title) <= 160),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
    state TEXT NOT NULL CHECK (state IN ('wacht', 'geplaatst', 'afgewezen', 'ingetrokken')),
    -- Why it waits, one line each.
    holds TEXT NOT NULL DEFAULT '',
    -- What a moderator said about the decision.
    reason TEXT,
    chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)),
    notice TEXT CHECK (notice IN ('gezocht', 'aangeboden', 'oproep')),
    -- The last day it counts: 2027-01-31.
    expires TEXT CHECK (length(expires) = 10),
    -- What the form carried, so that a form sent twice is one reaction.
    once TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    edited INTEGER,
    decided INTEGER,
    CHECK ((parent IS NULL) = (kind <> 'antwoord'))
) STRICT;
CREATE INDEX reactions_page ON reactions (page, state);
CREATE INDEX reactions_state ON reactions (state, created);
CREATE INDEX reactions_account ON reactions (account);
CREATE INDEX reactions_parent ON reactions (parent);

CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    reaction TEXT NOT NULL REFERENCES reactions (id) ON DELETE CASCADE,
    account TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (length(reason) <= 1000),
    created INTEGER NOT NULL,
    closed INTEGER
) STRICT;
CREATE INDEX reports_reaction ON reports (reaction);

-- Who did what. Rows are only added, and removed when they are old.
CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT,
    action TEXT NOT NULL,
    subject TEXT,
    detail TEXT,
    -- The network it came from, hashed with a key of that month.
    network TEXT
) STRICT;
CREATE INDEX audit_at ON audit (at);

-- What is to be sent. A row is gone when it was sent.
CREATE TABLE mails (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    template TEXT NOT NULL,
    -- What the template needs, as JSON; never a token, only its id.
    slots TEXT NOT NULL,
    created INTEGER NOT NULL,
    next INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- What went wrong the last time; with `failed`, nothing more is tried.
    fault TEXT,
    failed INTEGER
) STRICT;
CREATE INDEX mails_next ON mails (next);

CREATE TABLE subscriptions (
    id TEXT NOT NULL PRIMARY KEY,
    page TEXT NOT NULL CHECK (length(page) BETWEEN 1 AND 400),
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created INTEGER NOT NULL,
    UNIQUE (page, account)
) STRICT;
CREATE INDEX subscriptions_account ON subscriptions (account);

-- Ids of accounts and reactions that were deleted, so that a backup does not bring them back.
CREATE TABLE deletions (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

-- `reacties`: grows with every change of what is published. `sleutel`: by what the key of the members' passwords is known.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

-- Work beside the answers that one endpoint does for all: until when it is taken, and what it did last.
CREATE TABLE works (
    name TEXT NOT NULL PRIMARY KEY,
    taken_until INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    wanted INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    fault TEXT
) STRICT;
