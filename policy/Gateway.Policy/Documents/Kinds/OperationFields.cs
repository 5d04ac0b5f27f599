using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads the <c>operations</c> of a connector that isn't a model provider, and each of an HTTP system's.</summary>
internal static class OperationFields
{
    public const int MaxOperations = 500;

    /// <value>64 MiB.</value>
    public const long MaxRequestBytes = 64L << 20;

    /// <value>1 GiB.</value>
    public const long MaxResponseBytes = 1L << 30;

    public static IReadOnlyList<Operation> ReadAll(MappingReader spec, CredentialUse? credential, ConnectorType type)
    {
        var isMcp = type == ConnectorType.Mcp;
        var operations = spec.Sections(
            "operations",
            section => isMcp ? McpOperationFields.Read(section) : Read(section, credential, type),
            least: 1,
            MaxOperations
        );
        var seen = new HashSet<Id<Operation>>();
        for (var i = 0; i < operations.Count; i++)
        {
            if (!operations[i].Id.IsEmpty && !seen.Add(operations[i].Id))
            {
                spec.Fail($"operations[{i}].name", $"There are two operations '{operations[i].Id}'.", "Rename one.", operations[i].Source);
            }
        }

        if (isMcp)
        {
            McpOverlap.Check(spec, operations);
            return operations;
        }

        OperationOverlap.Check(spec, operations);
        ReadVariantFields.Check(spec, operations);
        SendsFields.Check(spec, operations);
        return operations;
    }

    /// <summary>The classes of data of an operation or a model connector.</summary>
    public static DataClasses ReadData(MappingReader reader, bool required = false) =>
        reader
            .List("dataClasses", Vocabulary.Data.Format, required ? null : [], required ? 1 : 0)
            .Aggregate(DataClasses.None, (all, one) => all | one);

    private static Operation Read(MappingReader section, CredentialUse? credential, ConnectorType type)
    {
        ForeignFields.CheckOperation(section, type);
        return new Operation
        {
            Id = section.Required("name", Formats.Id<Operation>()),
            Action = section.Required("action", Vocabulary.Action.Format),
            Risk = section.Required("risk", Vocabulary.Risk.Format),
            Data = ReadData(section),
            Methods = section.List("methods", WebFormats.Method, fallback: null, least: 1),
            Path = section.Required("path", WebFormats.Path),
            SafeToRepeat = section.Optional("safeToRepeat", Formats.Bool, false),
            Reversible = section.Optional("reversible", Formats.Bool, false),
            RequestBytes = section.Optional("requestBytes", Quantities.Size(MaxRequestBytes), Operation.DefaultRequestBytes),
            ResponseBytes = section.Optional("responseBytes", Quantities.Size(MaxResponseBytes), Operation.DefaultResponseBytes),
            RequestTypes = section.List("requestTypes", WebFormats.MediaType, ["application/json"]),
            Repeated = section.Has("repeated") ? section.List("repeated", Formats.Text(128), []) : [],
            RequestHeaders = ReadHeaders(section, "requestHeaders", credential),
            ResponseHeaders = ReadHeaders(section, "responseHeaders", credential),
            Purposes = section.List("purposes", Formats.Name, []),
            Transaction = TransactionFields.Read(section),
            ReadVariant = section.OptionalValue("read_variant", Formats.Id<Operation>()),
            Sends = section.OptionalValue(SendsFields.Name, Vocabulary.Sends.Format),
            Source = section.Position,
        };
    }

    private static IReadOnlyList<string> ReadHeaders(MappingReader section, string name, CredentialUse? credential)
    {
        var headers = section.List(name, WebFormats.PassedHeader, fallback: []);
        if (CredentialFields.HeaderOf(credential) is { } own && headers.Contains(own))
        {
            section.Fail(name, $"'{own}' carries the connector's credential.", "Remove it: only Gateway sets it, and nobody sees it.");
        }

        return headers;
    }
}
