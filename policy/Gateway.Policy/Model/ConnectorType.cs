namespace Gateway.Policy.Model;

/// <summary>What language a connector's system speaks, and so which door leads to it.</summary>
public enum ConnectorType
{
    Unspecified = 0,
    OpenAi = 1,
    Anthropic = 2,
    Http = 3,
}
