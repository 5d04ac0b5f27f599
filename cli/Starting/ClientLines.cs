using Gateway.Policy.Model;

namespace Gateway.Cli.Starting;

/// <summary>What each client is told so that it calls through Gateway.</summary>
internal static class ClientLines
{
    /// <summary>The variables that the provider's own clients read.</summary>
    /// <param name="gateway">Where Gateway is, without a slash at the end.</param>
    /// <param name="key">The agent's.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(ConnectorType type, string gateway, string key) =>
        type == ConnectorType.Anthropic
            ? [("ANTHROPIC_BASE_URL", gateway), ("ANTHROPIC_API_KEY", key)]
            : [("OPENAI_BASE_URL", gateway + "/v1"), ("OPENAI_API_KEY", key)];

    /// <summary>For people: the lines, and what a client needs beside them.</summary>
    public static IEnumerable<string> Explain(ConnectorType type, string gateway, string key)
    {
        yield return type == ConnectorType.Anthropic
            ? "For Anthropic's SDKs and Claude Code:"
            : "For OpenAI's SDKs, and what is made with them:";
        foreach (var (name, value) in Of(type, gateway, key))
        {
            yield return $"  export {name}={value}";
        }

        if (type == ConnectorType.OpenAi)
        {
            yield return "For Codex, in ~/.codex/config.toml, with OPENAI_API_KEY as above:";
            yield return "  model_provider = \"gateway\"";
            yield return "  web_search = \"disabled\"";
            yield return "  [model_providers.gateway]";
            yield return "  name = \"Gateway\"";
            yield return $"  base_url = \"{gateway}/v1\"";
            yield return "  env_key = \"OPENAI_API_KEY\"";
            yield return "  wire_api = \"responses\"";
        }
    }
}
