using System.Text;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>Reads one listed object and looks at it by itself; what stands beside it in the list is <see cref="ListedNames"/>'s
/// matter.</summary>
public static class DefinitionReader
{
    /// <param name="listed">One item of a list.</param>
    /// <returns>What it is. Never throws on any bytes: what can't be read is a finding.</returns>
    public static Definition Read(ListKind kind, ReadOnlySpan<byte> listed)
    {
        if (!StrictJson.IsObject(listed) || !HasPlainMembers(listed))
        {
            return new Definition { Finding = DefinitionFinding.IllFormed };
        }

        var name = TextOf(listed, ListShape.NameOf(kind)) ?? "";
        var definition = new Definition { Finding = DefinitionFinding.IllFormed, Name = name };
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > Definition.MaxNameLength)
        {
            return definition with { Name = "" };
        }

        if (!DefinitionDigest.TryOfListed(listed, out var digest))
        {
            return definition with { Finding = DefinitionFinding.NotCanonical };
        }

        definition = definition with { Finding = DefinitionCheck.Look(kind, listed), Digest = digest };
        return kind == ListKind.Tools ? OfTool(definition, listed) : definition;
    }

    private static Definition OfTool(Definition definition, ReadOnlySpan<byte> listed)
    {
        if (ValueOf(listed, "inputSchema"u8) is not [(byte)'{', ..] schema)
        {
            return definition with { Finding = DefinitionFinding.IllFormed };
        }

        var isGood = HeaderParameters.TryRead(schema, out var headers);
        return definition with
        {
            Finding = isGood || definition.Finding != DefinitionFinding.Sound ? definition.Finding : DefinitionFinding.InvalidHeader,
            InputSchema = schema.ToArray(),
            HasOutputSchema = ValueOf(listed, "outputSchema"u8) is not ([] or [(byte)'n', ..]),
            Claims = ClaimsOf(ValueOf(listed, "annotations"u8)),
            Headers = headers ?? [],
        };
    }

    private static ToolClaims ClaimsOf(ReadOnlySpan<byte> annotations) =>
        annotations is [(byte)'{', ..]
            ? new ToolClaims(
                Claim(annotations, "readOnlyHint"u8),
                Claim(annotations, "destructiveHint"u8),
                Claim(annotations, "idempotentHint"u8),
                Claim(annotations, "openWorldHint"u8)
            )
            : default;

    private static bool? Claim(ReadOnlySpan<byte> annotations, ReadOnlySpan<byte> name) =>
        ValueOf(annotations, name) switch
        {
            [(byte)'t', ..] => true,
            [(byte)'f', ..] => false,
            _ => null,
        };

    /// <summary>
    /// Whether no two members are alike: some clients read <c>Name</c> where there is no other, or for <c>name</c>, and would show another
    /// definition than the one that was looked at.
    /// </summary>
    private static bool HasPlainMembers(ReadOnlySpan<byte> listed)
    {
        var seen = new HashSet<ulong>();
        var members = new JsonParts(listed, listed.IndexOf((byte)'{'));
        while (members.MoveNext())
        {
            if (!seen.Add(KeyHash.ComputeLoose(members.Name)))
            {
                return false;
            }
        }

        return true;
    }

    private static string? TextOf(ReadOnlySpan<byte> listed, ReadOnlySpan<byte> name) => JsonTexts.Of(ValueOf(listed, name));

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => JsonSplice.Get(json, name);
}
