using System.Globalization;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Gaps;

/// <summary>A tool's name that the protocol allows and models or clients may not take.</summary>
/// <param name="Source">Its operation's.</param>
public sealed record LongToolName(SourcePosition Source, string Name)
{
    /// <value>Characters. Providers of models take up to as many.</value>
    public const int Most = 64;

    /// <summary>One sentence with its place, and what to do.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Source}: The tool '{Name}' has {Name.Length} characters, and many models and ")
        + string.Create(CultureInfo.InvariantCulture, $"clients take {Most} at most. Where one refuses it, rename the tool at its server.");

    /// <summary>In the order of tenants, connectors and their operations.</summary>
    public static IEnumerable<LongToolName> Of(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return from tenant in snapshot.Tenants
            from connector in snapshot.Find(tenant)!.Connectors.Values.OrderBy(c => c.Id.ToString(), StringComparer.Ordinal)
            from operation in connector.Operations
            let name = operation.Mcp is { Kind: McpKind.Tool } tool ? tool.Name : ""
            where name.Length > Most
            select new LongToolName(operation.Source, name);
    }
}
