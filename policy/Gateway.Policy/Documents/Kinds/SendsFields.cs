using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Refuses a <c>sends</c> that an operation could not keep: what is promised is held against each request.</summary>
internal static class SendsFields
{
    public const string Name = "sends";

    public static void Check(MappingReader spec, IReadOnlyList<Operation> operations)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            if (Problem(operations[i]) is var (problem, remedy))
            {
                spec.Fail($"operations[{i}].{Name}", problem, remedy, operations[i].Source);
            }
        }
    }

    /// <summary>Of a tool that its provider runs: nobody here sees what that one sends, so a promise of nothing can't be held.</summary>
    public static Sends? ReadHosted(MappingReader section)
    {
        var sends = section.OptionalValue(Name, Vocabulary.Sends.Format);
        if (sends == Sends.Nothing)
        {
            section.Fail(Name, "What a provider's own tool sends isn't seen here.", "Use content or identifiers.");
        }

        return sends;
    }

    private static (string Problem, string Remedy)? Problem(Operation operation) =>
        operation.Sends is null or Sends.Content ? null
        : operation.RequestHeaders.Count > 0 ? ("Its requestHeaders can carry anything.", "Remove them, or use content.")
        : operation.Sends == Sends.Nothing && operation.Path is { } path && path.Holes.Any()
            ? ("Its path has parameters, which are sent.", "Use identifiers, or a path without any.")
        : null;
}
