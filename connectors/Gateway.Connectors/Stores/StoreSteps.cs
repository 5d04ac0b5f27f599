namespace Gateway.Connectors.Stores;

/// <summary>One step towards a tenant's tables.</summary>
/// <param name="Sqlite">Statements of SQLite's.</param>
/// <param name="Postgres">The same of PostgreSQL's.</param>
internal sealed record StoreStep(string Sqlite, string Postgres)
{
    /// <param name="both">Where one text does for both: whole numbers are <c>BIGINT</c>, everything else is <c>TEXT</c>.</param>
    public StoreStep(string both)
        : this(both, both) { }
}

/// <summary>
/// The tables of one tenant, as the steps that lead to them. Steps are only ever added at the end, and only add: a version that knows the
/// step before goes on beside one that knows it. One that must do otherwise raises <see cref="Oldest"/>.
/// </summary>
internal static class StoreSteps
{
    /// <summary>The oldest version that may use the tables after all steps.</summary>
    public const int Oldest = 5;

    private static readonly StoreStep First = new(
        """
        CREATE TABLE credentials (
            id TEXT PRIMARY KEY NOT NULL,
            workspace TEXT NOT NULL,
            agent TEXT NOT NULL,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
            key_version INTEGER NOT NULL CHECK (key_version >= 1),
            material TEXT NOT NULL CHECK (length(material) > 0),
            created_at TEXT NOT NULL,
            expires_at TEXT,
            revoked_at TEXT) WITHOUT ROWID;
        CREATE TABLE lifecycle (
            agent TEXT PRIMARY KEY NOT NULL,
            status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
            at TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY NOT NULL CHECK (sequence >= 1),
            kind INTEGER NOT NULL CHECK (kind >= 1),
            subject TEXT NOT NULL,
            reason TEXT NOT NULL,
            at TEXT NOT NULL);
        CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'a change is final'); END;
        CREATE TRIGGER changes_last BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'a change is final'); END;
        """,
        // Who listens is told of a change when it is committed.
        $$"""
        CREATE TABLE credentials (
            id TEXT PRIMARY KEY NOT NULL,
            workspace TEXT NOT NULL,
            agent TEXT NOT NULL,
            kind BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 3),
            key_version BIGINT NOT NULL CHECK (key_version >= 1),
            material TEXT NOT NULL CHECK (length(material) > 0),
            created_at TEXT NOT NULL,
            expires_at TEXT,
            revoked_at TEXT);
        CREATE TABLE lifecycle (
            agent TEXT PRIMARY KEY NOT NULL,
            status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
            at TEXT NOT NULL);
        CREATE TABLE changes (
            sequence BIGINT PRIMARY KEY NOT NULL CHECK (sequence >= 1),
            kind BIGINT NOT NULL CHECK (kind >= 1),
            subject TEXT NOT NULL,
            reason TEXT NOT NULL,
            at TEXT NOT NULL);
        CREATE FUNCTION change_is_final() RETURNS trigger LANGUAGE plpgsql AS $f$
            BEGIN RAISE EXCEPTION 'a change is final'; END $f$;
        CREATE TRIGGER changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON changes
            FOR EACH STATEMENT EXECUTE FUNCTION change_is_final();
        CREATE FUNCTION change_is_announced() RETURNS trigger LANGUAGE plpgsql AS $f$
            BEGIN PERFORM pg_notify('{{PostgresListener.Channel}}', ''); RETURN NULL; END $f$;
        CREATE TRIGGER changes_announced AFTER INSERT ON changes
            FOR EACH STATEMENT EXECUTE FUNCTION change_is_announced();
        """
    );

    private static readonly StoreStep Levels = new(
        """
        CREATE TABLE levels (
            agent TEXT PRIMARY KEY NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
            at TEXT NOT NULL) WITHOUT ROWID;
        """,
        """
        CREATE TABLE levels (
            agent TEXT PRIMARY KEY NOT NULL,
            level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 4),
            at TEXT NOT NULL);
        """
    );

    // The number is the order of making: the providers' lists have it, and their clocks are too coarse for it. PostgreSQL learns the one
    // function of SQLite's that the tables' queries call.
    private static readonly StoreStep Objects = new(
        """
        CREATE TABLE objects (
            number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
            agent TEXT NOT NULL,
            connector TEXT NOT NULL,
            kind INTEGER NOT NULL CHECK (kind >= 1),
            id TEXT NOT NULL CHECK (length(id) > 0),
            card TEXT NOT NULL CHECK (json_valid(card)),
            batch TEXT CHECK (batch IS NULL OR json_valid(batch)),
            UNIQUE (connector, kind, id));
        CREATE INDEX objects_of_agent ON objects (agent, connector, kind, number);
        """,
        """
        CREATE TABLE objects (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            agent TEXT NOT NULL,
            connector TEXT NOT NULL,
            kind BIGINT NOT NULL CHECK (kind >= 1),
            id TEXT NOT NULL CHECK (length(id) > 0),
            card TEXT NOT NULL CHECK (card::json IS NOT NULL),
            batch TEXT CHECK (batch::json IS NOT NULL OR batch IS NULL),
            UNIQUE (connector, kind, id));
        CREATE INDEX objects_of_agent ON objects (agent, connector, kind, number);
        CREATE FUNCTION json_extract(document TEXT, path TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE
            AS $f$ SELECT document::json #>> string_to_array(substr(path, 3), '.') $f$;
        """
    );

    // What was changed before there were notes isn't put on record any more.
    private static readonly StoreStep Notes = new(
        """
        ALTER TABLE changes ADD COLUMN note TEXT CHECK (note IS NULL OR json_valid(note));
        CREATE TABLE recorded (
            one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
            sequence INTEGER NOT NULL CHECK (sequence >= 0));
        INSERT INTO recorded SELECT 1, COALESCE(MAX(sequence), 0) FROM changes;
        """,
        """
        ALTER TABLE changes ADD COLUMN note TEXT CHECK (note::json IS NOT NULL OR note IS NULL);
        CREATE TABLE recorded (
            one BIGINT PRIMARY KEY NOT NULL CHECK (one = 1),
            sequence BIGINT NOT NULL CHECK (sequence >= 0));
        INSERT INTO recorded SELECT 1, COALESCE(MAX(sequence), 0) FROM changes;
        """
    );

    private static readonly StoreStep OldestVersion = new("ALTER TABLE schema_version ADD COLUMN oldest BIGINT NOT NULL DEFAULT 0;");

    // Of one action one approval is live: of two who ask at once, one asks.
    private static readonly StoreStep Approvals = new(
        """
        CREATE TABLE approvals (
            id TEXT PRIMARY KEY NOT NULL,
            agent TEXT NOT NULL,
            action TEXT NOT NULL,
            state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 6),
            at TEXT NOT NULL,
            ends TEXT NOT NULL,
            body TEXT NOT NULL);
        CREATE UNIQUE INDEX approvals_live ON approvals (action) WHERE state IN (1, 2);
        CREATE INDEX approvals_of_agent ON approvals (agent, state);
        CREATE INDEX approvals_by_time ON approvals (at);
        """
    );

    // How often a person broke glass is counted by it.
    private static readonly StoreStep BrokenGlass = new(
        """
        CREATE TABLE broken_glass (approval TEXT PRIMARY KEY NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL);
        CREATE INDEX broken_glass_by_person ON broken_glass (person, at);
        """
    );

    // Of credentials from before, nothing is known of which agent of its name they were issued to: they hold for the one without a uid.
    private static readonly StoreStep Names = new(
        """
        ALTER TABLE credentials ADD COLUMN name TEXT;
        ALTER TABLE credentials ADD COLUMN agent_uid TEXT;
        CREATE INDEX credentials_of_agent ON credentials (agent, name);
        """
    );

    private static readonly StoreStep Operators = new(
        """
        CREATE TABLE operators (
            name TEXT PRIMARY KEY NOT NULL,
            body TEXT NOT NULL);
        CREATE TABLE operator_keys (
            id TEXT PRIMARY KEY NOT NULL,
            kind BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 3),
            operator TEXT NOT NULL,
            at TEXT NOT NULL,
            ends TEXT NOT NULL,
            body TEXT NOT NULL);
        CREATE INDEX operator_keys_of ON operator_keys (operator, kind);
        """
    );

    // Of a scope or a mode that a newer version has, an older one knows only that something is stopped.
    private static readonly StoreStep Kills = new(
        """
        CREATE TABLE kills (
            id TEXT PRIMARY KEY NOT NULL,
            scope BIGINT NOT NULL CHECK (scope >= 1),
            target TEXT NOT NULL,
            graceful BIGINT NOT NULL,
            author TEXT NOT NULL,
            reason TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (scope, target));
        """
    );

    // What was changed before there were notices isn't told any more.
    private static readonly StoreStep Notices = new(
        """
        CREATE TABLE notices (
            id TEXT PRIMARY KEY NOT NULL,
            channel TEXT NOT NULL,
            state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),
            at TEXT NOT NULL,
            due TEXT NOT NULL,
            ended TEXT,
            body TEXT NOT NULL);
        CREATE INDEX notices_due ON notices (state, channel, due);
        CREATE INDEX notices_by_time ON notices (at);
        CREATE TABLE notices_made (
            one BIGINT PRIMARY KEY NOT NULL CHECK (one = 1),
            sequence BIGINT NOT NULL CHECK (sequence >= 0));
        INSERT INTO notices_made SELECT 1, COALESCE(MAX(sequence), 0) FROM changes;
        """
    );

    // Whose volume a log of the journal lies on. The head is the last that was signed of it, as far as its owner told.
    private static readonly StoreStep Logs = new(
        """
        CREATE TABLE logs (
            log TEXT PRIMARY KEY NOT NULL,
            address TEXT NOT NULL CHECK (length(address) > 0),
            writer TEXT NOT NULL,
            size BIGINT NOT NULL CHECK (size >= 0),
            head TEXT NOT NULL,
            seen TEXT NOT NULL,
            lost TEXT);
        CREATE INDEX logs_by_address ON logs (address);
        """
    );

    public static IReadOnlyList<StoreStep> All { get; } =
    [First, Levels, Objects, Notes, OldestVersion, Names, Approvals, Operators, Kills, Notices, BrokenGlass, Logs];
}
