using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Reads the JSON body of a tool call: any value, as long as it can be read in one way only. Bodies of other types go through as bytes and
/// need no reader.
/// </summary>
public sealed class HttpBodyReader : IIntentReader
{
    /// <summary>
    /// Whether a media type (lower case, without parameters) is JSON: <c>application/json</c>, <c>text/json</c> or <c>…+json</c> (RFC 6839
    /// section 3.1).
    /// </summary>
    public static bool IsJson(ReadOnlySpan<char> mediaType) =>
        mediaType is "application/json" or "text/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        reading = BodyReading.Empty;
        refusal = null;
        if (StrictJson.IsValue(body))
        {
            return true;
        }

        refusal = new Refusal(
            ReasonCode.MalformedRequest,
            "The body must be JSON that can be read in one way only: valid UTF-8, no name twice in an object."
        );
        return false;
    }
}
