namespace Gateway.Policy.Model;

/// <summary>
/// The action asked for, the same whichever door it came through. Made by the reader of the body, judged by policy, and bound by the
/// decision token. Immutable: an obligation that changes the action makes another intent.
/// </summary>
public sealed record Intent
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Workspace { get; init; }
    public required Id<Agent> Agent { get; init; }
    public required AuthStrength Strength { get; init; }
    public required Door Door { get; init; }
    public required Id<Connector> Connector { get; init; }
    public required Id<Operation> Operation { get; init; }

    /// <summary>Null for anything but a model call.</summary>
    public string? Model { get; init; }

    /// <summary>The tools that the provider is asked to run: each an operation of the same connector, judged as itself.</summary>
    public IReadOnlyList<Id<Operation>> HostedTools { get; init; } = [];

    /// <summary>The run that the agent says this belongs to; it subdivides limits and never lifts one. Null when it doesn't say.</summary>
    public string? Session { get; init; }

    /// <summary>The operation's classes and those that the agent claims on top; a claim can only add.</summary>
    public DataClasses Data { get; init; }

    /// <summary>The stricter of the workspace's and the connector's.</summary>
    public DeploymentEnvironment Environment { get; init; }

    public required IntentTarget Target { get; init; }

    /// <summary>
    /// The request's JSON body, read strictly; empty where there is none. Not part of what a token is bound to: the target's content digest
    /// binds the same bytes. Borrowed from the request: not to be read once it has ended.
    /// </summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>
    /// What is known of the arguments and of the target's query, for an action that was read from its record. Null for a live one, of which
    /// everything is.
    /// </summary>
    public ActionParts? Known { get; init; }
}
