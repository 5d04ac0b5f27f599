using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Refuses a <c>read_variant</c> that could not be sent in its operation's place.</summary>
internal static class ReadVariantFields
{
    private const string Get = "GET";

    public static void Check(MappingReader spec, IReadOnlyList<Operation> operations)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            if (
                operations[i].ReadVariant is { } name
                && Problem(operations[i], operations.FirstOrDefault(o => o.Id == name)) is var (problem, remedy)
            )
            {
                spec.Fail($"operations[{i}].read_variant", problem, remedy, operations[i].Source);
            }
        }
    }

    private static (string Problem, string Remedy)? Problem(Operation operation, Operation? variant)
    {
        if (variant is null)
        {
            return ($"The connector has no operation '{operation.ReadVariant}'.", "Declare it, or correct the name.");
        }

        if (variant.Action != ActionType.Read)
        {
            return ($"The operation '{variant.Id}' is no read.", "Name one whose action is read.");
        }

        if (operation.Action == ActionType.Read)
        {
            return ($"The operation '{operation.Id}' is a read itself.", "Remove read_variant.");
        }

        if (operation.Path is null || variant.Path is null)
        {
            return null; // What is wrong with a path is reported where it stands.
        }

        var holes = operation.Path.Holes.ToList();
        if (
            holes.Distinct(StringComparer.Ordinal).Count() != holes.Count
            || !holes.ToHashSet(StringComparer.Ordinal).SetEquals(variant.Path.Holes)
        )
        {
            return (
                $"The paths of '{operation.Id}' and '{variant.Id}' don't have the same parameters.",
                "Name one whose path has the same, each once."
            );
        }

        return TakesTheSame(operation, variant) || variant.Methods.Contains(Get)
            ? null
            : (
                $"The operation '{variant.Id}' neither is a GET nor takes the methods and request types of '{operation.Id}'.",
                "Name one that does."
            );
    }

    /// <summary>Whether the whole request can go there: what a GET leaves of it is its path, and so what sends no content.</summary>
    private static bool TakesTheSame(Operation operation, Operation variant) =>
        variant.Sends is null or Sends.Content
        && operation.Methods.All(variant.Methods.Contains)
        && operation.RequestTypes.All(variant.RequestTypes.Contains)
        && variant.RequestBytes >= operation.RequestBytes;
}
