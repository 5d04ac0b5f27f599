namespace Gateway.Connectors.Contracts;

/// <summary>What a person or a program may do with Gateway itself. Roles add up; none contains another. Nothing is no role.</summary>
[Flags]
public enum OperatorRoles
{
    None = 0,

    /// <summary>Sees what there is.</summary>
    Viewer = 1,

    /// <summary>Sees whatever is kept as evidence.</summary>
    Auditor = 2,

    /// <summary>Votes on actions that people must approve, where documents name the person too.</summary>
    Approver = 4,

    /// <summary>Stops what runs.</summary>
    Operator = 8,

    /// <summary>Stops what runs, and lets it go on again.</summary>
    SecurityAdmin = 16,

    /// <summary>Appoints the tenant's operators.</summary>
    TenantAdmin = 32,

    /// <summary>Stops everything, of all tenants.</summary>
    PlatformAdmin = 64,

    /// <summary>Lets an action go ahead in an emergency. Held for a day at most.</summary>
    BreakGlass = 128,
}

/// <summary>A person, or a program, that works with Gateway itself for one tenant.</summary>
public sealed record OperatorRecord
{
    /// <value>What is typed to sign in: a name of 1 to 64 of <c>a-z 0-9 . _ -</c>.</value>
    public required string Name { get; init; }

    /// <value>Who it is, as governance documents name the person; <see cref="Gateway.Policy.Model.PersonName"/> compares. One operator a
    /// person: with two, one person would have two votes.</value>
    public required string Person { get; init; }

    public required OperatorRoles Roles { get; init; }

    /// <value>What <see cref="Keys.PasswordHash"/> made; null where there is none to sign in with.</value>
    public string? Password { get; init; }

    public bool Suspended { get; init; }

    /// <value>When <see cref="OperatorRoles.BreakGlass"/> ends; null for a role that isn't held.</value>
    public DateTimeOffset? BreakGlassUntil { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <value>From 1; each change adds one.</value>
    public long Version { get; init; } = 1;

    /// <summary>What the operator may do at a moment. One who is suspended may do nothing.</summary>
    public OperatorRoles RolesAt(DateTimeOffset now) =>
        Suspended ? OperatorRoles.None
        : BreakGlassUntil > now ? Roles
        : Roles & ~OperatorRoles.BreakGlass;
}

/// <summary>What an operator's key opens, and how. None opens nothing.</summary>
public enum OperatorKeyKind
{
    Unknown = 0,

    /// <summary>A named token for programs.</summary>
    Token = 1,

    /// <summary>A browser's, or a command's, after a sign-in.</summary>
    Session = 2,

    /// <summary>Makes a tenant's first operator, once.</summary>
    Setup = 3,
}

/// <summary>What an operator proves themselves with after the first time. Only the secret's hash is kept.</summary>
public sealed record OperatorKey
{
    /// <value>The key's public id.</value>
    public required string Id { get; init; }

    public required OperatorKeyKind Kind { get; init; }

    /// <value>Whose it is; empty for one that makes the first operator.</value>
    public required string Operator { get; init; }

    /// <value>A token's, unique among the operator's.</value>
    public string Name { get; init; } = "";

    /// <value>A token may do less than its operator, never more; a setup key says what the first operator will be.</value>
    public required OperatorRoles Roles { get; init; }

    /// <value>As <see cref="Keys.BearerHash"/> makes it.</value>
    public required string Hash { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Ends { get; init; }

    /// <value>A session's: when it was used last, to the minute.</value>
    public DateTimeOffset Seen { get; init; }

    /// <value>A session's: when its operator last proved who they are.</value>
    public DateTimeOffset Proven { get; init; }

    /// <value>A session's: what each of its changes must carry beside it, so that no foreign page can make one.</value>
    public string Csrf { get; init; } = "";
}

/// <summary>What came of a change to an operator.</summary>
public enum OperatorOutcome
{
    /// <summary>There is no such operator, or no such key.</summary>
    Unknown = 0,
    Done = 1,

    /// <summary>It isn't what it was when it was looked at.</summary>
    Stale = 2,

    /// <summary>There is one of that name.</summary>
    NameTaken = 3,

    /// <summary>There is another operator for that person.</summary>
    PersonTaken = 4,
}
