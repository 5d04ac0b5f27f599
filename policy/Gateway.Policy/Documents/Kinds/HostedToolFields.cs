using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads a model connector's <c>hostedTools</c>: what the provider itself would run for an agent. Each becomes an operation, since asking
/// for it is an action of its own, whatever the model call around it is.
/// </summary>
internal static class HostedToolFields
{
    private const int MaxTools = 64;

    /// <summary>Nothing is sent to it by itself, so no method fits it, and its path is never joined.</summary>
    private static readonly PathTemplate Nowhere = PathTemplate.TryParse("/", out var path)
        ? path!
        : throw new InvalidOperationException("'/' is no path.");

    public static IReadOnlyList<Operation> ReadAll(MappingReader spec, ConnectorType type)
    {
        if (!spec.Has("hostedTools"))
        {
            return [];
        }

        var tools = spec.Sections("hostedTools", Read, least: 0, MaxTools);
        var taken = ModelApi.Operations(type).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < tools.Count; i++)
        {
            if (!tools[i].Id.IsEmpty && !taken.Add(tools[i].Id.ToString()))
            {
                spec.Fail($"hostedTools[{i}].name", $"There are two operations '{tools[i].Id}'.", "Remove one.", tools[i].Source);
            }
        }

        return tools;
    }

    private static Operation Read(MappingReader section) =>
        new()
        {
            Id = section.Required("name", Formats.Id<Operation>()),
            Action = section.Required("action", Vocabulary.Action.Format),
            Risk = section.Required("risk", Vocabulary.Risk.Format),
            Data = OperationFields.ReadData(section),
            Methods = [],
            Path = Nowhere,
            Sends = SendsFields.ReadHosted(section),
            Source = section.Position,
        };
}
