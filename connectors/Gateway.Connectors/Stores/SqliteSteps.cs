namespace Gateway.Connectors.Stores;

/// <summary>The tables of one tenant's file, as the steps that lead to them. Steps are only ever added at the end.</summary>
internal static class SqliteSteps
{
    private const string First = """
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
        """;

    private const string Levels = """
        CREATE TABLE levels (
            agent TEXT PRIMARY KEY NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
            at TEXT NOT NULL) WITHOUT ROWID;
        """;

    // The number is the order of making: the providers' lists have it, and their clocks are too coarse for it.
    private const string Objects = """
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
        """;

    // What was changed before there were notes isn't put on record any more.
    private const string Notes = """
        ALTER TABLE changes ADD COLUMN note TEXT CHECK (note IS NULL OR json_valid(note));
        CREATE TABLE recorded (
            one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
            sequence INTEGER NOT NULL CHECK (sequence >= 0));
        INSERT INTO recorded SELECT 1, COALESCE(MAX(sequence), 0) FROM changes;
        """;

    public static IReadOnlyList<string> All { get; } = [First, Levels, Objects, Notes];
}
