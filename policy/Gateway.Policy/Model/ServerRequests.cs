namespace Gateway.Policy.Model;

/// <summary>What an MCP server may ask of its client. Unset lets it ask for nothing.</summary>
[Flags]
public enum ServerRequests
{
    None = 0,

    /// <summary><c>sampling/createMessage</c>: an answer of the client's model.</summary>
    Sampling = 1,

    /// <summary><c>elicitation/create</c>: an answer of the person in front of the client.</summary>
    Elicitation = 2,

    /// <summary><c>roots/list</c>: which folders the client works in.</summary>
    Roots = 4,
}

/// <summary>What documents call them.</summary>
public static class ServerRequestWords
{
    public static WordList<ServerRequests> All { get; } =
        new(
            "what a server may ask for",
            ("sampling", ServerRequests.Sampling),
            ("elicitation", ServerRequests.Elicitation),
            ("roots", ServerRequests.Roots)
        );
}
