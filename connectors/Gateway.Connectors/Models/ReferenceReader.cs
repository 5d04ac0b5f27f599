using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads the id of something that the provider keeps: a text, or an object with nothing but its <c>id</c>. Whether the agent was given it,
/// is for whoever knows the agent to say.
/// </summary>
internal static class ReferenceReader
{
    /// <value>Bytes of an id with its seal.</value>
    public const int Longest = 512;

    public static bool Read(ref StrictJsonReader json, ref BodyDraft draft, string field)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return Add(ref json, ref draft, field);
        }

        if (json.TokenType != JsonTokenType.StartObject)
        {
            return FieldReader.Malformed(ref draft, field, "must be an id");
        }

        var isFound = false;
        while (json.ReadName())
        {
            var isId = json.Name.SequenceEqual("id"u8);
            json.Read();
            if (!isId || json.TokenType != JsonTokenType.String || !Add(ref json, ref draft, field))
            {
                return draft.Refusal is null && FieldReader.Malformed(ref draft, field, "must have its id and nothing else");
            }

            isFound = true;
        }

        return isFound || FieldReader.Malformed(ref draft, field, "must have its id");
    }

    private static bool Add(ref StrictJsonReader json, ref BodyDraft draft, string field) =>
        json.ValueLength is > 0 and <= Longest
            ? draft.AddReference(json.GetString())
            : FieldReader.Malformed(ref draft, field, $"must be an id of 1 to {Longest} characters");
}
