using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads what only an MCP connector has beside its operations.</summary>
internal static class McpFields
{
    private const string Hosts = "elicitationHosts";
    private const string Data = "dataClasses";

    private static readonly FieldFormat<TimeSpan> Age = Quantities.Duration(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));

    /// <summary>Its operations, and the built-in ones behind them.</summary>
    public static IReadOnlyList<Operation> ReadOperations(MappingReader spec, ServerRequests requests)
    {
        var answers = ReadAnswers(spec, requests);
        var operations = OperationFields.ReadAll(spec, null, ConnectorType.Mcp);
        return [.. operations, .. McpBuiltIns.Of(requests, answers, spec.Position)];
    }

    /// <summary>Refuses a credential in a header of the protocol: one of the two would be lost.</summary>
    public static void CheckCredential(MappingReader credential, CredentialUse use)
    {
        if (
            CredentialFields.HeaderOf(use) is { } header
            && (header.StartsWith("mcp-", StringComparison.Ordinal) || McpSurface.RequestHeaders.Contains(header))
        )
        {
            credential.Fail("name", $"The header '{header}' is the protocol's own.", "Name another one, such as x-api-key.");
        }
    }

    public static ServerRequests ReadRequests(MappingReader spec) =>
        spec.List("serverRequests", ServerRequestWords.All.Format, []).Aggregate(ServerRequests.None, (all, one) => all | one);

    /// <param name="operations">All of them; where they have errors there is none.</param>
    /// <param name="before">How many errors there were before the operations were read.</param>
    public static McpSurface? Read(MappingReader spec, IReadOnlyList<Operation> operations, ServerRequests requests, int before)
    {
        var sound = spec.Context.Errors.Count == before;
        var hosts = spec.List(Hosts, McpFormats.Host, []);
        if (hosts.Count > 0 && (requests & ServerRequests.Elicitation) == 0)
        {
            spec.Fail(Hosts, "The server may not elicit, so no host is asked for.", "Add elicitation to serverRequests, or remove them.");
        }

        var extensions = spec.List("extensions", McpFormats.Extension, []);
        var age = spec.Optional("definitions", Age, McpSurface.UsualAge);
        var pin = spec.Section("instructions", section => new Pinned(section.Required("pin", McpFormats.Pin)));
        return sound
            ? new McpSurface(operations)
            {
                ServerRequests = requests,
                ElicitationHosts = hosts.ToFrozenSet(StringComparer.Ordinal),
                Extensions = extensions.ToFrozenSet(StringComparer.Ordinal),
                DefinitionsAge = age,
                InstructionsPin = pin?.Digest,
            }
            : null;
    }

    /// <summary>The classes of what a client may answer a server's requests with.</summary>
    private static DataClasses ReadAnswers(MappingReader spec, ServerRequests requests)
    {
        if (!spec.Has(Data))
        {
            return DataClasses.None;
        }

        if (requests == ServerRequests.None)
        {
            spec.Fail(
                Data,
                "The server may ask for nothing, so nothing is answered.",
                "Put them on the operations, or allow serverRequests."
            );
        }

        return OperationFields.ReadData(spec);
    }

    private sealed record Pinned(Sha256Digest Digest);
}
