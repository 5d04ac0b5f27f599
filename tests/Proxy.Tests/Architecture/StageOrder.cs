namespace Gateway.Proxy.Tests.Architecture;

/// <summary>
/// Which folder of the proxy may know which: the stages in the order of the path, the foundations under them, and what stands above.
/// </summary>
/// <param name="root">The namespace whose parts are the stages.</param>
internal sealed class StageOrder(string root)
{
    /// <summary>Use no stage.</summary>
    private static readonly string[] Foundations = ["Configuration", "Telemetry"];

    /// <summary>Each may use those before it. The last one may read all.</summary>
    private static readonly string[] Path =
    [
        "FrontDoor",
        "Identity",
        "Intents",
        "Admission",
        "Decisions",
        "Approvals",
        "Obligations",
        "Credentials",
        "Forwarding",
        "Responses",
        "Evidence",
    ];

    /// <summary>Use all stages, and those before them here. The empty name is the host's own program.</summary>
    private static readonly string[] Above = ["Notices", "Peers", "Pipeline", "Management", "Doors", "Evaluation", ""];

    private static readonly List<string> Order = [.. Foundations, .. Path, .. Above];

    public IEnumerable<string> Offences(IEnumerable<Use> uses)
    {
        foreach (var use in uses)
        {
            if (StageOf(use.User) is { } from && StageOf(use.Type) is { } to && Against(from, to) is { } why)
            {
                yield return $"{use.Place} uses {use.Named}: {why}";
            }
        }
    }

    private static string? Against(string from, string to)
    {
        if (!Order.Contains(from) || !Order.Contains(to))
        {
            return $"'{(Order.Contains(from) ? to : from)}' has no place in the house. Say in StageOrder where it stands.";
        }

        if (Foundations.Contains(from) && Path.Contains(to))
        {
            return $"{from} is a foundation and knows no stage. Let {to} hand over what it needs.";
        }

        return Order.IndexOf(to) > Order.IndexOf(from)
            ? $"{from} comes before {Name(to)}, and so may not know it. Hand the value on, or move the type to where both may know it."
            : null;
    }

    private static string Name(string stage) => stage.Length == 0 ? "the program" : stage;

    /// <summary>Null for what isn't under the root.</summary>
    private string? StageOf(string type)
    {
        if (!Use.IsUnder(type, root))
        {
            return null;
        }

        var rest = type[(root.Length + 1)..].Split('+')[0].Split('.');
        return rest.Length == 1 ? "" : rest[0];
    }
}
