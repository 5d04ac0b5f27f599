namespace Gateway.Connectors.Keys;

/// <summary>What an agent's key text is for, told by its first letters.</summary>
public enum AgentKeyKind
{
    Unknown = 0,

    /// <summary><c>gwk_</c>: sent with each request as it is.</summary>
    Bearer = 1,

    /// <summary><c>gws_</c>: stays with the agent, whose requests are signed with a key derived from it.</summary>
    RuntimeSecret = 2,
}
