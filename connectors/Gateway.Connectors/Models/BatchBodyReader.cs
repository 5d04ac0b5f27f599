using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads a batch of Anthropic's: <c>{"requests": [{"custom_id": "…", "params": {…}}]}</c>, each <c>params</c> as the body of a message.
/// </summary>
/// <param name="requests">Reads each request.</param>
/// <param name="endpoint">The path that each would have by itself.</param>
internal sealed class BatchBodyReader(IIntentReader requests, string endpoint) : IIntentReader
{
    private const string Entries = "requests: must be a list of objects with a custom_id and params, and nothing else.";

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        reading = BodyReading.Empty;
        var draft = new BatchDraft();
        var top = new BodyDraft(); // Of the members beside the requests.
        scoped StrictJsonReader json = default;
        try
        {
            json = new StrictJsonReader(body, stackalloc ulong[StrictJsonReader.ScratchLength]);
            refusal = Read(ref json, body, draft, ref top);
        }
        catch (JsonException)
        {
            refusal = BatchDraft.NotStrict("The body");
        }
        finally
        {
            json.Dispose();
        }

        return refusal is null && draft.TryEnd(endpoint, top.Unknown, out reading, out refusal);
    }

    private Refusal? Read(ref StrictJsonReader json, ReadOnlySpan<byte> body, BatchDraft draft, ref BodyDraft top)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return BatchDraft.NotStrict("The body");
        }

        while (json.ReadName())
        {
            if (json.Name.SequenceEqual("requests"u8))
            {
                json.Read();
                if (ReadRequests(ref json, body, draft) is { } refusal)
                {
                    return refusal;
                }

                continue;
            }

            if (!UnknownFields.Note(json.Name, ref top))
            {
                return top.Refusal;
            }

            json.SkipValue();
        }

        json.Read(); // Throws where something follows.
        return null;
    }

    private Refusal? ReadRequests(ref StrictJsonReader json, ReadOnlySpan<byte> body, BatchDraft draft)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return new Refusal(ReasonCode.MalformedRequest, Entries);
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject || ReadRequest(ref json) is not { } place)
            {
                return new Refusal(ReasonCode.MalformedRequest, Entries);
            }

            if (!draft.TryAdd(requests, body[place], out var refusal))
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Where its parameters are; null where it isn't as it must be.</summary>
    private static Range? ReadRequest(ref StrictJsonReader json)
    {
        Range? place = null;
        var isNamed = false;
        while (json.ReadName())
        {
            var isParameters = json.Name.SequenceEqual("params"u8);
            var isName = json.Name.SequenceEqual("custom_id"u8);
            json.Read();
            var start = json.TokenStart;
            if (isName ? json.TokenType != JsonTokenType.String : !isParameters || json.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            json.SkipValue();
            isNamed |= isName;
            place = isParameters ? start..json.TokenEnd : place;
        }

        return isNamed ? place : null;
    }
}
