namespace Gateway.Policy.Model;

/// <summary>A governed connection to an outside system. Only what its operations declare can be done with it.</summary>
public sealed record Connector
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Connector> Id { get; init; }
    public required ConnectorType Type { get; init; }

    /// <summary>Scheme, host, port and path prefix, without query or user information. <c>http</c> or <c>https</c>.</summary>
    public required Uri BaseAddress { get; init; }

    public TargetScope Scope { get; init; }

    /// <summary>The system's name, which approval gates match; the connector's own name unless the document says otherwise.</summary>
    public required string TargetSystem { get; init; }

    public DeploymentEnvironment Environment { get; init; }

    /// <summary>
    /// The only hosts that a connection may go to, as <c>host:port</c>; the base address' own unless the document lists more.
    /// </summary>
    public required IReadOnlyList<string> Egress { get; init; }

    /// <summary>Null for a system that takes no credential.</summary>
    public CredentialUse? Credential { get; init; }

    /// <summary>In the order of the document. A model connector's come from its type, with its hosted tools behind them.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>Empty for a connector that is no model provider. The first that matches counts.</summary>
    public IReadOnlyList<ModelOffer> Models { get; init; } = [];

    /// <summary>
    /// Tools that the provider itself would run (such as <c>web_search</c>) which may be asked for; nothing unless listed. Each is one of
    /// <see cref="Operations"/> too, without a method: it is judged as itself, and can't be sent by itself.
    /// </summary>
    public IReadOnlyList<string> HostedTools { get; init; } = [];

    public RateLimit? Rate { get; init; }
    public int? Concurrency { get; init; }
    public required ConnectorTimeouts Timeouts { get; init; }
    public required CircuitBreaker Breaker { get; init; }
    public BodyKeeping Bodies { get; init; } = BodyKeeping.Nothing;
    public required SourcePosition Source { get; init; }
}
