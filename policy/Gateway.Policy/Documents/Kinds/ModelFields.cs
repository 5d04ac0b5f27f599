using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads what only a model connector has. Its operations come from its type: a document can't invent one.</summary>
internal static class ModelFields
{
    /// <value>32 MiB, which is what the providers take: a long conversation with its pictures.</value>
    public const long DefaultRequestBytes = 32L << 20;

    public static IReadOnlyList<Operation> ReadOperations(MappingReader spec, ConnectorType type)
    {
        var risk = spec.Optional("risk", Vocabulary.Risk.Format, RiskTier.Low);
        var data = OperationFields.ReadData(spec);
        var request = spec.Optional("requestBytes", Quantities.Size(OperationFields.MaxRequestBytes), DefaultRequestBytes);
        var response = spec.Optional("responseBytes", Quantities.Size(OperationFields.MaxResponseBytes), Operation.DefaultResponseBytes);
        if (spec.Has("operations"))
        {
            spec.Ignore("operations");
            spec.Fail("operations", "A model connector's operations come from its type.", "Remove them.");
        }

        return
        [
            .. ModelApi
                .Operations(type)
                .Select(o => new Operation
                {
                    Id = Id<Operation>.Parse(o.Name),
                    Action = ActionType.Read, // What it changes at the provider is the agent's own.
                    Risk = risk,
                    Data = data,
                    Methods = [o.Method],
                    Path = PathTemplate.TryParse(o.Path, out var path)
                        ? path!
                        : throw new InvalidOperationException($"'{o.Path}' is no path."),
                    RequestBytes = request,
                    ResponseBytes = response,
                    RequestHeaders = ModelApi.RequestHeaders(type),
                    ResponseHeaders = ModelApi.ResponseHeaders,
                    Source = spec.Position,
                }),
        ];
    }
}
