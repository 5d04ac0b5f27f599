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

    /// <summary>What only an MCP message has, apart, so that no other intent is larger by it.</summary>
    private McpPart? Mcp { get; init; }

    /// <summary>What rules and conditions call an operation.</summary>
    public static string ToolNameOf(Id<Connector> connector, Id<Operation> operation) => $"{connector}/{operation}";

    /// <summary>
    /// The definition that the agent was shown of what it calls, by its digest (<see cref="McpTarget.Pin"/>); null where none was, and for
    /// every door but MCP's.
    /// </summary>
    public Sha256Digest? Definition
    {
        get => Mcp?.Definition;
        init => Mcp = McpPart.Of(value, McpMethod, McpName);
    }

    /// <summary>The MCP method, such as <c>tools/call</c>; null for every other door.</summary>
    public string? McpMethod
    {
        get => Mcp?.Method;
        init => Mcp = McpPart.Of(Definition, value, McpName);
    }

    /// <summary>
    /// The tool's or prompt's name or the resource's address that an MCP message asks for; null where it asks for none. Of an operation
    /// that reads many resources it says which.
    /// </summary>
    public string? McpName
    {
        get => Mcp?.Name;
        init => Mcp = McpPart.Of(Definition, McpMethod, value);
    }

    /// <summary>
    /// The request's JSON body, read strictly, of an MCP message its <c>params.arguments</c>; empty where there is none. Not part of what a
    /// token is bound to: the target's content digest binds the same bytes. Borrowed from the request: not to be read once it has ended.
    /// </summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>
    /// What is known of the arguments and of the target's query, for an action that was read from its record. Null for a live one, of which
    /// everything is.
    /// </summary>
    public ActionParts? Known { get; init; }

    private sealed record McpPart(Sha256Digest? Definition, string? Method, string? Name)
    {
        /// <summary>Null where there is nothing to hold.</summary>
        public static McpPart? Of(Sha256Digest? definition, string? method, string? name) =>
            definition is null && method is null && name is null ? null : new McpPart(definition, method, name);
    }
}

/// <summary>
/// Exactly what will be sent: it is computed from what was judged, and again from the outgoing request just before the credential goes in.
/// </summary>
/// <param name="Method">Upper case.</param>
/// <param name="Authority">Scheme, host and port: <c>https://api.example.com:443</c>.</param>
/// <param name="PathAndQuery">As it goes on the wire.</param>
/// <param name="Headers">Digest of the forwarded headers (<c>name:value\n</c>, lower-case names in order), the empty digest for
/// none.</param>
/// <param name="Content">Digest of the body's exact bytes, of no bytes for none.</param>
public readonly record struct IntentTarget(
    string Method,
    string Authority,
    string PathAndQuery,
    Sha256Digest Headers,
    Sha256Digest Content
);

/// <summary>The way an action came in; it fixes the shape of answers and nothing else about the path.</summary>
public enum Door
{
    None = 0,
    OpenAi = 1,
    Anthropic = 2,
    Tool = 3,
    Mcp = 4,
}

/// <summary>How an agent proved who it is. A bearer key can be copied and replayed, so it opens less than a signature.</summary>
public enum AuthStrength
{
    None = 0,
    Bearer = 1,
    Signed = 2,
}

/// <summary>What the evaluator can't read from documents: the run-time state at the moment of judging.</summary>
/// <param name="Status">The agent's lifecycle status in the durable store; null where it says nothing beyond the document. The stricter
/// counts.</param>
/// <param name="Now">The moment of judging. The zero value is no moment: whatever depends on the time then fails.</param>
/// <param name="Level">The level that the agent was demoted to at run time; null for no demotion. It can only lower.</param>
/// <param name="Approval">An approval of exactly this action that can be used; null for none.</param>
public readonly record struct Facts(
    LifecycleStatus? Status,
    DateTimeOffset Now = default,
    AtfLevel? Level = null,
    ApprovalFact? Approval = null
)
{
    /// <summary>
    /// Whether it was judged when reads weren't judged by what they send yet. Only of a decision whose record says so, to derive it again
    /// as it was made; never of a live one.
    /// </summary>
    public bool BeforeSends { get; init; }
}

/// <summary>That people approved exactly this action. An input to the decision, never a pass: all else is judged again.</summary>
/// <param name="Id">The approval's.</param>
/// <param name="People">Who said yes, each once.</param>
/// <param name="BreakGlass">Whether one of them let it go ahead in an emergency, alone.</param>
public sealed record ApprovalFact(string Id, TermSet<string> People, bool BreakGlass = false);
