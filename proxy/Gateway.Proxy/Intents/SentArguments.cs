using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Intents;

/// <summary>
/// Holds the arguments of an MCP call against what its operation says that it sends, as <see cref="SentParts"/> holds a path and a query:
/// in a protocol whose every request is a POST, the arguments are what leaves.
/// </summary>
internal static class SentArguments
{
    /// <summary>Why the call may not go out as this operation; null where it may.</summary>
    /// <param name="arguments">JSON that was read strictly; empty for none.</param>
    public static string? ProblemOf(Operation operation, ReadOnlySpan<byte> arguments) =>
        operation.Sends is null or Sends.Content || arguments.IsEmpty ? null
        : operation.Sends == Sends.Identifiers && AreIdentifiers(arguments) ? null
        : operation.Sends == Sends.Identifiers
            ? "The operation sends identifiers only, so each text of its arguments is one: " + SentParts.Identifier + "."
        : new Utf8JsonReader(arguments) is var reader && reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? null
        : "The operation sends nothing, so it has no arguments.";

    private static bool AreIdentifiers(ReadOnlySpan<byte> arguments)
    {
        if (arguments.Length > SentParts.MaxTarget)
        {
            return false;
        }

        var reader = new Utf8JsonReader(arguments);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !SentParts.IsIdentifier(reader.GetString()))
            {
                return false;
            }
        }

        return true;
    }
}
