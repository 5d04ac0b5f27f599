using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads a connector's <c>bodies</c>: what is kept of the bodies of its calls.</summary>
internal static class BodyFields
{
    private const string Section = "bodies";

    /// <param name="operations">Of the connector: what they take must be redactable where it is to be kept redacted.</param>
    public static BodyRetention Read(MappingReader spec, IReadOnlyList<Operation> operations)
    {
        // Where it isn't there the canonical form says nothing of it either: documents from before it keep their digest.
        var bodies = spec.Section(Section, ReadSection) ?? BodyRetention.Nothing;
        if (bodies.Form == BodyForm.Redacted && operations.FirstOrDefault(TakesMoreThanJson) is { } operation)
        {
            // Found when a call comes, it would be too late: what can't be redacted can't be kept, and is then refused.
            spec.Fail(
                Section,
                $"The operation '{operation.Id}' takes bodies that aren't JSON, which can't be redacted.",
                "Keep them 'digest' or 'full', or let it take application/json only."
            );
        }

        return bodies;
    }

    private static BodyRetention ReadSection(MappingReader section)
    {
        var form = section.Required("keep", Vocabulary.Bodies.Format);
        return form == BodyForm.Digest
            ? BodyRetention.Nothing
            : new(
                form,
                section.Optional(
                    "retention",
                    Quantities.Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(3650)),
                    BodyRetention.DefaultRetention
                )
            );
    }

    private static bool TakesMoreThanJson(Operation operation) =>
        operation.RequestTypes.Any(type =>
            type is not ("application/json" or "text/json") && !type.EndsWith("+json", StringComparison.Ordinal)
        );
}
