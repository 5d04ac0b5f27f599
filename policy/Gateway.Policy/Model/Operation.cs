namespace Gateway.Policy.Model;

/// <summary>One thing that a connector can do. What isn't declared here can't be sent.</summary>
public sealed record Operation
{
    /// <value>1 MiB.</value>
    public const long DefaultRequestBytes = 1024 * 1024;

    /// <value>16 MiB.</value>
    public const long DefaultResponseBytes = 16 * 1024 * 1024;

    public required Id<Operation> Id { get; init; }
    public required ActionType Action { get; init; }
    public required RiskTier Risk { get; init; }
    public DataClasses Data { get; init; }

    /// <summary>Upper-case HTTP methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    public required PathTemplate Path { get; init; }

    /// <summary>
    /// Whether sending it twice does no more than sending it once, so that a request without a body may go out again where its connection
    /// is lost before an answer.
    /// </summary>
    public bool SafeToRepeat { get; init; }

    /// <summary>Whether what it did can be undone.</summary>
    public bool Reversible { get; init; }

    /// <value>Bytes; from 0 to 64 MiB.</value>
    public long RequestBytes { get; init; } = DefaultRequestBytes;

    /// <value>Bytes; from 0 to 1 GiB.</value>
    public long ResponseBytes { get; init; } = DefaultResponseBytes;

    /// <summary>Media types that a request body may have, in lower case, without parameters. A request without a body needs none.</summary>
    public IReadOnlyList<string> RequestTypes { get; init; } = ["application/json"];

    /// <summary>Query parameters and form fields that may be there more than once, by their exact names: lists.</summary>
    public IReadOnlyList<string> Repeated { get; init; } = [];

    /// <summary>
    /// Headers of the agent's that go on, in lower case. Part of what is judged and, in a signed request, of what is signed.
    /// </summary>
    public IReadOnlyList<string> RequestHeaders { get; init; } = [];

    /// <summary>
    /// Headers of the system's that come back, in lower case, beside <c>content-type</c>, <c>content-encoding</c> and
    /// <c>content-length</c>.
    /// </summary>
    public IReadOnlyList<string> ResponseHeaders { get; init; } = [];

    /// <summary>What it serves; empty for any purpose.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>The most that one call of it may move; null for any amount.</summary>
    public TransactionLimit? Transaction { get; init; }

    /// <summary>
    /// The operation of the same connector that only reads what this one changes: sent in its place where an obligation says so. Null for
    /// none.
    /// </summary>
    public Id<Operation>? ReadVariant { get; init; }

    /// <summary>What a request of it carries out; null where its document doesn't say, and it may be anything.</summary>
    public Sends? Sends { get; init; }

    /// <summary>What it is to an MCP server; null for every other connector's.</summary>
    public McpTarget? Mcp { get; init; }

    public required SourcePosition Source { get; init; }
}
