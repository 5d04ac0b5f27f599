namespace Gateway.Policy.Model;

/// <summary>What a kill stops. One that isn't known, such as a newer version's, stops all of its tenant.</summary>
public enum KillScope
{
    Unknown = 0,
    Agent = 1,
    Connector = 2,
    Operation = 3,
    Tenant = 4,

    /// <summary>All tenants.</summary>
    Everything = 5,
}

/// <summary>That something is stopped until somebody lifts it. Made without a scope it stops all of its tenant, and at once.</summary>
public sealed record Kill
{
    /// <value><c>kill_</c> and 26 letters and digits; of one that a document makes, the document's name.</value>
    public required string Id { get; init; }

    public KillScope Scope { get; init; }

    /// <value>The agent's or the connector's name, <c>connector/operation</c>, or nothing for all of a tenant and for everything.</value>
    public string Target { get; init; } = "";

    /// <summary>Whether what runs may finish. Otherwise it ends at once.</summary>
    public bool IsGraceful { get; init; }

    public string By { get; init; } = "";

    public string Reason { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>What is stopped and by which kill, for whoever is refused: nothing of who did it, or why.</summary>
    public string Said =>
        Scope switch
        {
            KillScope.Agent => $"The agent '{Target}' is killed: {Id}.",
            KillScope.Connector => $"The connector '{Target}' is killed: {Id}.",
            KillScope.Operation => $"The operation '{Target}' is killed: {Id}.",
            KillScope.Everything => $"Everything is killed: {Id}.",
            _ => $"All of the tenant is killed: {Id}.",
        };

    /// <summary>How an operation is named as a kill's target.</summary>
    public static string TargetOf(Id<Connector> connector, Id<Operation> operation) => $"{connector}/{operation}";

    /// <summary>The two names in an operation's; false where the text is none.</summary>
    public static bool TryParseOperation(string? text, out Id<Connector> connector, out Id<Operation> operation)
    {
        (connector, operation) = (default, default);
        return text?.IndexOf('/', StringComparison.Ordinal) is > 0 and var at
            && Id<Connector>.TryParse(text[..at], out connector)
            && Id<Operation>.TryParse(text[(at + 1)..], out operation);
    }
}

/// <summary>A kill that holds as long as its document is there.</summary>
public sealed record DocumentedKill(Id<Tenant> Tenant, Kill Kill);
