using System.Collections.Frozen;

namespace Gateway.Connectors.Models;

/// <summary>
/// Which of the features that <c>anthropic-beta</c> asks for go on. A feature that changes how the model answers does. One that lets the
/// provider reach further does where the connector lists the tool that it is for. What we don't know does not: nobody has judged it, and
/// what its fields could open is refused or left out by itself.
/// </summary>
public static class AnthropicBetas
{
    public const string Header = "anthropic-beta";

    /// <value>Characters of the header, all together.</value>
    private const int Longest = 2048;

    // Those of the official client's types (@anthropic-ai/sdk 1.12, November 2026) and of Claude Code, without their dates.
    private static readonly FrozenSet<string> Plain = (
        "advanced-tool-use cache-diagnosis claude-code compact computer-use context-1m context-management dev-full-thinking "
        + "extended-cache-ttl fast-mode fine-grained-tool-streaming interleaved-thinking message-batches "
        + "mid-conversation-output-config model-context-window-exceeded output-128k output-300k pdfs prompt-caching "
        + "structured-outputs task-budgets thinking-binding-controls thinking-display-updates thinking-token-count token-counting "
        + "token-efficient-tools"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How the tools' types begin that a feature is for.</summary>
    private static readonly FrozenDictionary<string, string> Powers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mcp-client"] = "mcp_",
        ["code-execution"] = "code_execution",
        ["web-fetch"] = "web_fetch",
        ["advisor-tool"] = "advisor",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What goes on of the features asked for.</summary>
    /// <param name="asked">The header's values, each a list with commas.</param>
    /// <param name="listed">Types of hosted tools that the connector lists.</param>
    /// <param name="dropped">Gets the others' names, without their dates.</param>
    /// <returns>Parted by commas, in their order; empty for none.</returns>
    public static string Passed(string asked, IReadOnlyList<string> listed, List<string> dropped)
    {
        var passed = new List<string>();
        foreach (var part in asked[..Math.Min(asked.Length, Longest)].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var feature = part.Trim(' ', '\t');
            var name = WithoutDate(feature);
            if (Plain.Contains(name) || (Powers.TryGetValue(name, out var tool) && Lists(listed, tool)))
            {
                passed.Add(feature);
            }
            else if (name.Length > 0)
            {
                dropped.Add(name);
            }
        }

        return string.Join(',', passed);
    }

    private static bool Lists(IReadOnlyList<string> listed, string beginning)
    {
        foreach (var tool in listed)
        {
            if (tool.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>name</c> of <c>name-2025-06-27</c> and of <c>name-20250627</c>; the whole where no date ends it.</summary>
    private static string WithoutDate(string feature) =>
        feature.Length > 11 && IsDate(feature.AsSpan(feature.Length - 11), "-0000-00-00") ? feature[..^11]
        : feature.Length > 9 && IsDate(feature.AsSpan(feature.Length - 9), "-00000000") ? feature[..^9]
        : feature;

    private static bool IsDate(ReadOnlySpan<char> end, ReadOnlySpan<char> form)
    {
        for (var i = 0; i < form.Length; i++)
        {
            if (form[i] == '-' ? end[i] != '-' : !char.IsAsciiDigit(end[i]))
            {
                return false;
            }
        }

        return true;
    }
}
