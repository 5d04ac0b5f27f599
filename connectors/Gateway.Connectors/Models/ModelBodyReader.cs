using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads one dialect's requests in one strict pass: what the dialect's table says of each field is all that is understood, and a field that
/// it doesn't have must not go out, since a provider might understand it. Made by <see cref="ModelOperations"/>.
/// </summary>
internal sealed class ModelBodyReader(ModelDialect dialect) : IIntentReader
{
    public ModelDialect Dialect { get; } = dialect;

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal)
    {
        reading = BodyReading.Empty;
        var draft = new BodyDraft();
        scoped StrictJsonReader json = default;
        try
        {
            json = new StrictJsonReader(body, stackalloc ulong[StrictJsonReader.ScratchLength]);
            if (!ReadBody(ref json, ref draft))
            {
                refusal = draft.Refusal ?? new Refusal(ReasonCode.InternalError);
                return false;
            }
        }
        catch (JsonException)
        {
            refusal = new Refusal(
                ReasonCode.MalformedRequest,
                "The body must be one JSON object that can be read in one way only: valid UTF-8, no name twice."
            );
            return false;
        }
        finally
        {
            json.Dispose();
        }

        reading = draft.ToReading(Dialect);
        refusal = null;
        return true;
    }

    private bool ReadBody(ref StrictJsonReader json, ref BodyDraft draft)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return draft.Refuse(ReasonCode.MalformedRequest, "The body must be a JSON object.");
        }

        while (json.ReadName())
        {
            if (!Dialect.Fields.TryFind(json.Name, json.NameHash, out var meaning, out var field))
            {
                if (!UnknownFields.Note(json.Name, ref draft))
                {
                    return false;
                }

                json.SkipValue();
                continue;
            }

            if (!FieldReader.Read(ref json, ref draft, Dialect, meaning, field))
            {
                return false;
            }
        }

        json.Read(); // Throws where something follows.
        draft.Model ??= Dialect.DefaultModel;
        if (draft.Model is null && !Dialect.IsOnlyKept)
        {
            return draft.Refuse(ReasonCode.MalformedRequest, "model: name the model.");
        }

        if ((Dialect.IsOnlyKept || draft.JoinsConversation) && !draft.ReferToGivenIds())
        {
            return false;
        }

        return draft.Model is null || !SearchingModels.Contain(draft.Model) || draft.AddHostedTool(SearchingModels.Tool);
    }
}
